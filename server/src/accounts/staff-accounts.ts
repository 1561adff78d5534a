import {
  NaervaerError,
  ROLES,
  type AuditActor,
  type PersonId,
  type Role,
  type StaffRole,
} from '@naervaer/shared'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import type { Clock } from '../plugins/clock.ts'
import { giveRoles } from './give-roles.ts'
import type { Accounts } from './service.ts'

export interface StaffAccount {
  readonly id: PersonId
  readonly name: string
  readonly roles: readonly Role[]
  readonly isDisabled: boolean
}

export interface StaffAccountsOptions {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly accounts: Accounts
}

/** Accounts of staff as whoever runs the machine sees to them: the first of all, and locking out. */
export class StaffAccounts {
  readonly #options: StaffAccountsOptions

  constructor(options: StaffAccountsOptions) {
    this.#options = options
  }

  async add(name: string, roles: readonly StaffRole[], actor: AuditActor): Promise<PersonId> {
    const { database, clock, audit } = this.#options
    const id = newId<PersonId>()
    const person = { id, name, is_demo: 0 as const, created_at: clock.now(), disabled_at: null }
    await database.transaction().execute(async (transaction) => {
      await transaction.insertInto('people').values(person).execute()
      await giveRoles(transaction, id, roles)
      await audit.record({ action: 'staff.created', actor, subjectId: id }, transaction)
    })
    return id
  }

  /** By name. */
  async list(): Promise<StaffAccount[]> {
    const rows = await this.#options.database
      .selectFrom('people')
      .innerJoin('person_roles', 'person_id', 'people.id')
      .select(['people.id', 'name', 'role', 'disabled_at'])
      .where('role', '!=', 'citizen')
      .orderBy('name')
      .orderBy('people.id')
      .limit(10_000)
      .execute()
    const byId = new Map<PersonId, typeof rows>()
    for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), row])
    return [...byId].map(([id, own]) => ({
      id,
      name: own[0]?.name ?? '',
      roles: ROLES.filter((role) => own.some((row) => row.role === role)),
      isDisabled: own[0]?.disabled_at !== null,
    }))
  }

  /**
   * Closes an account: nobody gets in by it, and its sessions end.
   *
   * @returns how many sessions there were
   * @throws NaervaerError PERSON_NOT_FOUND unless it is an open account of staff
   */
  async disable(personId: PersonId, actor: AuditActor): Promise<number> {
    const { database, clock, audit, accounts } = this.#options
    const isStaff = (await this.list()).some(({ id }) => id === personId)
    if (!isStaff) throw new NaervaerError('PERSON_NOT_FOUND')
    await database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('people')
        .set({ disabled_at: clock.now() })
        .where('id', '=', personId)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) throw new NaervaerError('PERSON_NOT_FOUND')
      await audit.record({ action: 'staff.disabled', actor, subjectId: personId }, transaction)
    })
    return accounts.endSessionsOf(personId, undefined, actor)
  }

  /** Whether the id is anybody's, of staff or a citizen. */
  async isThere(id: string): Promise<boolean> {
    const row = await this.#options.database
      .selectFrom('people')
      .select('id')
      // Whatever it is: an id that is nobody's finds nobody.
      .where('id', '=', id as PersonId)
      .executeTakeFirst()
    return row !== undefined
  }

  async loadCitizenIds(): Promise<PersonId[]> {
    const rows = await this.#options.database
      .selectFrom('person_roles')
      .select('person_id')
      .where('role', '=', 'citizen')
      .orderBy('person_id')
      .limit(100_000)
      .execute()
    return rows.map((row) => row.person_id)
  }
}
