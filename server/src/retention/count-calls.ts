import type { UnixMs } from '@naervaer/shared'
import { wallTimeAt } from '@naervaer/shared/wall'
import type { Database } from '../database/open.ts'
import type { CallMonthRow } from '../database/schema.ts'

/** Few enough to be done in some milliseconds, in which nobody else can write. */
const BATCH_ROWS = 200

/** How long was talked: from so many minutes up to the next. */
const BUCKETS = [60, 30, 15, 5, 0] as const

const MINUTE_MS = 60_000

/** Calls that are over and were made before an instant. */
export async function countOldCalls(database: Database, before: UnixMs): Promise<number> {
  const { count } = await database
    .selectFrom('calls')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('state', '=', 'ended')
    .where('created_at', '<', before)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Counts some of the calls that were made before an instant into months, and removes them: both or neither, so
 * that each call is counted once whatever happens in between.
 *
 * @returns how many; 0 when there are no more
 */
export function countAndRemoveCalls(database: Database, before: UnixMs): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    const calls = await loadOld(transaction, before)
    const ids = calls.map(({ id }) => id)
    if (ids.length === 0) return 0
    for (const call of calls) await addToMonth(transaction, toMonth(call))
    await transaction.deleteFrom('push_notices').where('call_id', 'in', ids).execute()
    await transaction.deleteFrom('call_legs').where('call_id', 'in', ids).execute()
    await transaction.deleteFrom('calls').where('id', 'in', ids).execute()
    return ids.length
  })
}

type OldCall = Awaited<ReturnType<typeof loadOld>>[number]

function loadOld(database: Database, before: UnixMs) {
  return (
    database
      .selectFrom('calls')
      .select(['id', 'outcome', 'created_at', 'connected_at', 'ended_at'])
      // A citizen stays in their team when workers change. The oldest of several: a call is counted once.
      .select((call) => [
        call
          .selectFrom('team_members')
          .select((member) => member.fn.min('team_id').as('team'))
          .whereRef('person_id', '=', 'calls.citizen_id')
          .as('citizen_team'),
        call
          .selectFrom('team_members')
          .select((member) => member.fn.min('team_id').as('team'))
          .whereRef('person_id', '=', 'calls.worker_id')
          .as('worker_team'),
      ])
      .where('state', '=', 'ended')
      .where('created_at', '<', before)
      .orderBy('created_at')
      .limit(BATCH_ROWS)
      .execute()
  )
}

function toMonth(call: OldCall): Omit<CallMonthRow, 'count'> {
  const talkedMs =
    call.connected_at === null || call.ended_at === null ? 0 : call.ended_at - call.connected_at
  return {
    month: wallTimeAt(call.created_at).day.slice(0, 7),
    team_id: call.citizen_team ?? call.worker_team ?? '',
    mode: 'video',
    // An ended call has one, which the table holds it to.
    outcome: call.outcome ?? 'failed',
    from_minutes: BUCKETS.find((minutes) => talkedMs >= minutes * MINUTE_MS) ?? 0,
  }
}

async function addToMonth(database: Database, month: Omit<CallMonthRow, 'count'>): Promise<void> {
  await database
    .insertInto('call_months')
    .values({ ...month, count: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['month', 'team_id', 'mode', 'outcome', 'from_minutes'])
        .doUpdateSet((row) => ({ count: row('call_months.count', '+', 1) })),
    )
    .execute()
}
