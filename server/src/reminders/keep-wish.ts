import type { AuditActor, PersonId } from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import { makeRemindersRepository } from './repository.ts'

export interface KeepWishOptions {
  readonly database: Database
  readonly audit: Pick<Audit, 'record'>
}

/**
 * Whether a citizen would like a reminder the day before as well, with its line in the audit log.
 *
 * @returns whether it was otherwise before
 */
export function keepWish(
  { audit, database }: KeepWishOptions,
  citizenId: PersonId,
  isWanted: boolean,
  actor: AuditActor,
): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    const isNews = await makeRemindersRepository(transaction).setWish(citizenId, isWanted)
    const action = isWanted ? 'reminder.dayBeforeOn' : 'reminder.dayBeforeOff'
    if (isNews) await audit.record({ action, actor, subjectId: citizenId }, transaction)
    return isNews
  })
}
