import type { AppointmentId, NewsId, PersonId, ReminderId, UnixMs } from '@naervaer/shared'
import type { NewsState } from '@naervaer/shared/reminders'
import type { Day } from '@naervaer/shared/wall'
import type { Database } from '../database/open.ts'
import type { AppointmentNewsRow, ReminderRow } from '../database/push-rows.ts'

/** One time of an appointment, as it was to begin. */
export interface TimeName {
  readonly appointmentId: AppointmentId
  readonly day: Day
  readonly startAt: UnixMs
}

/** What citizens are to be told of appointments that were moved or called off. */
export function makeNewsRepository(database: Database) {
  return {
    async add(row: AppointmentNewsRow): Promise<void> {
      await database.insertInto('appointment_news').values(row).execute()
    },

    /** The newest of one time of an appointment. */
    async findLatest(
      appointmentId: AppointmentId,
      day: Day,
    ): Promise<AppointmentNewsRow | undefined> {
      return database
        .selectFrom('appointment_news')
        .selectAll()
        .where('appointment_id', '=', appointmentId)
        .where('day', '=', day)
        .orderBy('made_at', 'desc')
        .executeTakeFirst()
    },

    /** What is told of has changed once more before it was told. */
    async follow(
      id: NewsId,
      now: Pick<AppointmentNewsRow, 'appointment_id' | 'day' | 'made_at' | 'due_at'>,
    ): Promise<void> {
      await database.updateTable('appointment_news').set(now).where('id', '=', id).execute()
    },

    loadDue(): Promise<AppointmentNewsRow[]> {
      return database
        .selectFrom('appointment_news')
        .selectAll()
        .where('state', '=', 'due')
        .orderBy('made_at')
        .execute()
    },

    async saveState(id: NewsId, state: NewsState): Promise<void> {
      await database
        .updateTable('appointment_news')
        .set({ state })
        .where('id', '=', id)
        .where('state', '=', 'due')
        .execute()
    },

    async removeBefore(madeBefore: UnixMs): Promise<void> {
      await database.deleteFrom('appointment_news').where('made_at', '<', madeBefore).execute()
    },

    async removeOf(citizenId: PersonId): Promise<void> {
      await database.deleteFrom('appointment_news').where('citizen_id', '=', citizenId).execute()
    },

    /** The reminders of one time. */
    loadReminders({ appointmentId, day, startAt }: TimeName): Promise<ReminderRow[]> {
      return database
        .selectFrom('reminders')
        .selectAll()
        .where('appointment_id', '=', appointmentId)
        .where('day', '=', day)
        .where('start_at', '=', startAt)
        .execute()
    },

    async saveReminder(id: ReminderId, state: 'due' | 'dropped', now: UnixMs): Promise<void> {
      await database
        .updateTable('reminders')
        .set({ state, state_at: now })
        .where('id', '=', id)
        .execute()
    },
  }
}
