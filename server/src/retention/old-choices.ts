import { sql } from 'kysely'
import type { UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/**
 * Steps that are over: up to and with the last "no" or stop that is older than an instant, and a whole history
 * whose last step is an offer that nobody has answered with yes or no since then. A yes lasts until it is taken
 * back, with all that led to it.
 */
const isOver = (before: UnixMs) => sql<boolean>`(
  choice_steps.number <= (
    select max(ended.number) from choice_steps as ended
    where ended.citizen_id = choice_steps.citizen_id and ended.purpose = choice_steps.purpose
      and ended.kind in ('declined', 'withdrawn') and ended.at < ${before})
  or exists (
    select 1 from choice_steps as last
    where last.citizen_id = choice_steps.citizen_id and last.purpose = choice_steps.purpose
      and last.kind in ('offered', 'later') and last.at < ${before}
      and last.number = (
        select max(step.number) from choice_steps as step
        where step.citizen_id = last.citizen_id and step.purpose = last.purpose)
      and not exists (
        select 1 from choice_steps as yes
        where yes.citizen_id = last.citizen_id and yes.purpose = last.purpose
          and yes.kind = 'accepted' and yes.number > coalesce((
            select max(ended.number) from choice_steps as ended
            where ended.citizen_id = last.citizen_id and ended.purpose = last.purpose
              and ended.kind in ('declined', 'withdrawn')), 0))))`

export async function countOldChoices(database: Database, before: UnixMs): Promise<number> {
  const { count } = await database
    .selectFrom('choice_steps')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where(isOver(before))
    .executeTakeFirstOrThrow()
  return count
}

/** All at once: part of a history would say something else. @returns how many */
export async function removeOldChoices(database: Database, before: UnixMs): Promise<number> {
  const rows = database.selectFrom('choice_steps').select('id').where(isOver(before))
  return database.transaction().execute(async (transaction) => {
    const ids = (await transaction.executeQuery(rows.compile())).rows.map(({ id }) => id)
    if (ids.length === 0) return 0
    await transaction.deleteFrom('choice_steps').where('id', 'in', ids).execute()
    return ids.length
  })
}
