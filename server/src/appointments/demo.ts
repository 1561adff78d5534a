import type { FastifyPluginAsync } from 'fastify'
import type { AppointmentId, AppointmentKind, UnixMs } from '@naervaer/shared'
import type { Pattern } from '@naervaer/shared/appointments'
import { addDays, wallTimeAt, weekdayOf } from '@naervaer/shared/wall'
import { makeDemoPeople } from '../accounts/demo-people.ts'
import type { Config } from '../config.ts'
import { newId } from '../new-id.ts'
import type {} from './plugin.ts'
import { makeAppointmentsRepository } from './repository.ts'

interface DemoAppointment {
  readonly citizen: string
  readonly kind: AppointmentKind
  readonly inDays: number
  readonly minute: number
  readonly lengthMinutes: number
  readonly isWeekly: boolean
}

/** Anna has none: the first one is made in front of whoever tries the demo. */
const DEMO: readonly DemoAppointment[] = [
  { citizen: 'Jens', kind: 'video', inDays: 1, minute: 600, lengthMinutes: 20, isWeekly: true },
  { citizen: 'Max', kind: 'visit', inDays: 1, minute: 780, lengthMinutes: 60, isWeekly: false },
  { citizen: 'Liz', kind: 'phone', inDays: 2, minute: 570, lengthMinutes: 15, isWeekly: false },
]

/** With `DEMO` some invented citizens have an appointment, whenever they have none. */
export const demoAppointments: FastifyPluginAsync<{ config: Config }> = async (app, { config }) => {
  if (!config.isDemo) return
  const now = app.clock.now()
  for (const { person } of await makeDemoPeople(app.database).load()) {
    const wish = DEMO.find(({ citizen }) => citizen === person.name)
    const [worker] = await app.accounts.assignments.loadWorkersOf(person.id, now)
    if (wish === undefined || worker === undefined) continue
    if ((await app.appointments.loadUpcoming(person.id)).length > 0) continue
    const who = { id: newId<AppointmentId>(), citizenId: person.id, workerId: worker.id }
    const plan = { ...who, kind: wish.kind, ...toTimes(wish, now), revision: 1 }
    await makeAppointmentsRepository(app.database).add(plan, now)
  }
}

function toTimes({ inDays, minute, lengthMinutes, isWeekly }: DemoAppointment, now: UnixMs) {
  const firstDay = addDays(wallTimeAt(now).day, inDays)
  const lastDay = isWeekly ? addDays(firstDay, 7 * 10) : firstDay
  const weekly: Pattern['repeats'] = { every: 'week', weekdays: [weekdayOf(firstDay)] }
  const pattern: Pattern = { firstDay, lastDay, repeats: isWeekly ? weekly : null }
  return { pattern, startMinute: minute, lengthMinutes }
}
