import type { AppointmentId, PersonId, UnixMs } from '@naervaer/shared'
import type { Exception, Pattern, Plan, WholePlan } from '@naervaer/shared/appointments'
import type { Day, Weekday } from '@naervaer/shared/wall'
import type { Selectable } from 'kysely'
import type { Database } from '../database/open.ts'
import type { AppointmentExceptionRow, AppointmentRow } from '../database/schema.ts'
import { groupBy } from '../group-by.ts'

export type AppointmentsRepository = ReturnType<typeof makeAppointmentsRepository>

/** What has been agreed, and what is otherwise with one time of it: asked of the database every time. */
export function makeAppointmentsRepository(database: Database) {
  const loadWith = async (rows: readonly Selectable<AppointmentRow>[]): Promise<WholePlan[]> => {
    const ids = rows.map(({ id }) => id)
    const exceptions =
      ids.length === 0
        ? []
        : await database
            .selectFrom('appointment_exceptions')
            .selectAll()
            .where('appointment_id', 'in', ids)
            .execute()
    const byPlan = groupBy(exceptions, (row) => row.appointment_id)
    return rows.map((row) => ({
      plan: toPlan(row),
      exceptions: (byPlan.get(row.id) ?? []).map(toException),
    }))
  }

  return {
    /** Whatever may touch the days from one on, of these citizens or of all; with a last day, up to that. */
    async loadFrom(
      from: Day,
      { citizenIds, to }: { readonly citizenIds?: readonly PersonId[]; readonly to?: Day },
    ): Promise<WholePlan[]> {
      if (citizenIds?.length === 0) return []
      const moved = database
        .selectFrom('appointment_exceptions')
        .select('appointment_id')
        .where('moved_day', '>=', from)
      let query = database
        .selectFrom('appointments')
        .selectAll()
        .where((where) => where.or([where('last_day', '>=', from), where('id', 'in', moved)]))
      if (citizenIds !== undefined) query = query.where('citizen_id', 'in', [...citizenIds])
      if (to !== undefined) {
        const movedBefore = moved.where('moved_day', '<=', to)
        query = query.where((where) =>
          where.or([where('first_day', '<=', to), where('id', 'in', movedBefore)]),
        )
      }
      return loadWith(await query.execute())
    },

    async find(id: AppointmentId): Promise<WholePlan | null> {
      const rows = database.selectFrom('appointments').selectAll().where('id', '=', id)
      const [whole] = await loadWith(await rows.execute())
      return whole ?? null
    },

    /** When it was made; null where it is not there. */
    async findMadeAt(id: AppointmentId): Promise<UnixMs | null> {
      const row = await database
        .selectFrom('appointments')
        .select('created_at')
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.created_at ?? null
    },

    /** With all that was said of it. */
    async remove(id: AppointmentId): Promise<void> {
      await database.deleteFrom('appointments').where('id', '=', id).execute()
    },

    async countAhead(citizenId: PersonId, today: Day): Promise<number> {
      const { count } = await database
        .selectFrom('appointments')
        .select((select) => select.fn.countAll<number>().as('count'))
        .where('citizen_id', '=', citizenId)
        .where('last_day', '>=', today)
        .executeTakeFirstOrThrow()
      return count
    },

    async add(plan: Plan, now: UnixMs): Promise<void> {
      const { id, citizenId, workerId, revision } = plan
      const who = { id, citizen_id: citizenId, worker_id: workerId }
      await database
        .insertInto('appointments')
        .values({ ...who, ...toTimes(plan), revision, created_at: now })
        .execute()
    },

    /** A worker has changed something: whoever has an older one learns of it before they change it as well. */
    async raiseRevision({ id, revision }: Plan): Promise<void> {
      await database
        .updateTable('appointments')
        .set({ revision: revision + 1 })
        .where('id', '=', id)
        .execute()
    },

    /** How and when it is from now on. */
    async savePlan(plan: Plan): Promise<void> {
      await database
        .updateTable('appointments')
        .set(toTimes(plan))
        .where('id', '=', plan.id)
        .execute()
    },

    /** What was otherwise on the days from one on goes on elsewhere. */
    async removeExceptions(id: AppointmentId, fromDay: Day): Promise<void> {
      await database
        .deleteFrom('appointment_exceptions')
        .where('appointment_id', '=', id)
        .where('day', '>=', fromDay)
        .execute()
    },

    async saveException(id: AppointmentId, exception: Exception): Promise<void> {
      const { day, moved, workerId, calledOff, lateMinutes, isHeld, answered } = exception
      const values = {
        moved_day: moved?.day ?? null,
        moved_minute: moved?.minute ?? null,
        moved_length: moved?.lengthMinutes ?? null,
        moved_kind: moved?.kind ?? null,
        worker_id: workerId,
        called_off: calledOff,
        late_minutes: lateMinutes,
        is_held: isHeld ? (1 as const) : (0 as const),
        answered,
      }
      await database
        .insertInto('appointment_exceptions')
        .values({ appointment_id: id, day, ...values })
        .onConflict((conflict) => conflict.columns(['appointment_id', 'day']).doUpdateSet(values))
        .execute()
    },

    /** Removes what had its last day before that one, and of what goes on all that was otherwise before. */
    async removeBefore(day: Day): Promise<void> {
      const isMovedLater = database
        .selectFrom('appointment_exceptions')
        .select('appointment_id')
        .where('moved_day', '>=', day)
      await database
        .deleteFrom('appointments')
        .where('last_day', '<', day)
        .where('id', 'not in', isMovedLater)
        .execute()
      await database
        .deleteFrom('appointment_exceptions')
        .where('day', '<', day)
        .where((where) => where.or([where('moved_day', 'is', null), where('moved_day', '<', day)]))
        .execute()
    },
  }
}

function toTimes({ kind, pattern, startMinute, lengthMinutes }: Plan) {
  const { firstDay, lastDay, repeats } = pattern
  return {
    kind,
    first_day: firstDay,
    last_day: lastDay,
    rhythm: repeats?.every ?? null,
    weekdays: repeats?.weekdays.join('') ?? null,
    start_minute: startMinute,
    length_minutes: lengthMinutes,
  }
}

function toPlan(row: Selectable<AppointmentRow>): Plan {
  return {
    id: row.id,
    citizenId: row.citizen_id,
    workerId: row.worker_id,
    kind: row.kind,
    pattern: toPattern(row),
    startMinute: row.start_minute,
    lengthMinutes: row.length_minutes,
    revision: row.revision,
  }
}

function toPattern(row: Selectable<AppointmentRow>): Pattern {
  const { first_day: firstDay, last_day: lastDay, rhythm, weekdays } = row
  if (rhythm === null) return { firstDay, lastDay, repeats: null }
  // Written by `add` above, from digits that the schema of the request has checked.
  const days = Array.from(weekdays ?? '', (digit) => Number(digit) as Weekday)
  return { firstDay, lastDay, repeats: { every: rhythm, weekdays: days } }
}

function toException(row: Selectable<AppointmentExceptionRow>): Exception {
  const { moved_day: day, moved_minute: minute, moved_length: lengthMinutes } = row
  const isMoved = day !== null && minute !== null && lengthMinutes !== null
  const kind = row.moved_kind === null ? {} : { kind: row.moved_kind }
  return {
    day: row.day,
    moved: isMoved ? { day, minute, lengthMinutes, ...kind } : null,
    workerId: row.worker_id,
    calledOff: row.called_off,
    lateMinutes: row.late_minutes,
    isHeld: row.is_held === 1,
    answered: row.answered,
  }
}
