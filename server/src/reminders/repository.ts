import type { PersonId, Reached, ReminderId, UnixMs } from '@naervaer/shared'
import type { Lead, ReminderState } from '@naervaer/shared/reminders'
import type { Database } from '../database/open.ts'
import type { ReminderRow } from '../database/push-rows.ts'

/** What is to be reminded of, up to when that is known, and who wants it the day before as well. */
export function makeRemindersRepository(database: Database) {
  return {
    async findDoneUntil(): Promise<UnixMs | null> {
      const row = await database
        .selectFrom('reminder_progress')
        .select('done_until')
        .executeTakeFirst()
      return row?.done_until ?? null
    },

    async saveDoneUntil(doneUntil: UnixMs): Promise<void> {
      await database
        .insertInto('reminder_progress')
        .values({ id: 1, done_until: doneUntil })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ done_until: doneUntil }))
        .execute()
    },

    /** What is there already stays as it is: each is once. */
    async add(rows: readonly ReminderRow[]): Promise<void> {
      if (rows.length === 0) return
      await database
        .insertInto('reminders')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    /** What begins after that moment, and is not known to be over. */
    loadLive(after: UnixMs): Promise<ReminderRow[]> {
      return database
        .selectFrom('reminders')
        .selectAll()
        .where('state', '<>', 'dropped')
        .where((row) => row.or([row('start_at', '>', after), row('state', '=', 'due')]))
        .orderBy('start_at')
        .execute()
    },

    async find(id: ReminderId): Promise<ReminderRow | null> {
      const row = await database
        .selectFrom('reminders')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row ?? null
    },

    /** @returns whether it was in one of the states before */
    async saveState(
      id: ReminderId,
      from: readonly ReminderState[],
      to: ReminderState,
      now: UnixMs,
    ): Promise<boolean> {
      const saved = await database
        .updateTable('reminders')
        .set({ state: to, state_at: now })
        .where('id', '=', id)
        .where('state', 'in', [...from])
        .executeTakeFirst()
      return saved.numUpdatedRows === 1n
    },

    /** Of each citizen how the newest one that was sent has fared, of what began after that moment. */
    async loadReached(
      citizenIds: readonly PersonId[],
      after: UnixMs,
    ): Promise<Map<PersonId, NonNullable<Reached>>> {
      if (citizenIds.length === 0) return new Map()
      const rows = await database
        .selectFrom('reminders')
        .select(['citizen_id', 'state', 'state_at'])
        .where('citizen_id', 'in', [...citizenIds])
        .where('start_at', '>', after)
        .where('state', 'in', ['sent', 'arrived', 'failed'])
        .orderBy('state_at')
        .execute()
      return new Map(rows.map((row) => [row.citizen_id, toReached(row.state, row.state_at)]))
    },

    async wants(citizenId: PersonId): Promise<boolean> {
      const row = await database
        .selectFrom('reminder_wishes')
        .select('citizen_id')
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return row !== undefined
    },

    /** @returns whether it was otherwise before */
    async setWish(citizenId: PersonId, isWanted: boolean): Promise<boolean> {
      if (isWanted) {
        const added = await database
          .insertInto('reminder_wishes')
          .values({ citizen_id: citizenId })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
        return added.numInsertedOrUpdatedRows === 1n
      }
      const removed = await database
        .deleteFrom('reminder_wishes')
        .where('citizen_id', '=', citizenId)
        .executeTakeFirst()
      return removed.numDeletedRows === 1n
    },

    async removeBefore(startedBefore: UnixMs): Promise<void> {
      await database.deleteFrom('reminders').where('start_at', '<', startedBefore).execute()
    },
  }
}

function toReached(state: ReminderState, at: UnixMs): NonNullable<Reached> {
  // The query asks for these three.
  return { state: state === 'arrived' || state === 'failed' ? state : 'sent', at }
}

/** As they are written down first. */
export const dueRow = (
  id: ReminderId,
  lead: Lead,
  of: Pick<ReminderRow, 'appointment_id' | 'day' | 'start_at' | 'citizen_id'>,
  now: UnixMs,
): ReminderRow => ({ id, lead, ...of, state: 'due', state_at: now })
