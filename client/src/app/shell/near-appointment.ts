import type { Appointment, DurationMs, UnixMs } from '@naervaer/shared'
import type { AppServices } from '../app-services.ts'
import type { Reason } from './busyness.ts'

/** So long before an appointment nothing may change under the hands of those who wait for it. */
const NEAR_MS: DurationMs = 10 * 60_000

/** Whether one of the person's own appointments begins soon, or runs and is not over yet. */
export const isAppointmentNear =
  ({ directory }: Pick<AppServices, 'directory'>, now: () => UnixMs = Date.now): Reason =>
  () => {
    const { home, citizens } = directory.value ?? { home: null, citizens: [] }
    const own = [...(home?.appointments ?? []), ...citizens.flatMap((each) => each.appointments)]
    return own.some((each) => isNear(each, now()))
  }

function isNear({ startAt, endAt, lateMinutes, calledOff }: Appointment, now: UnixMs): boolean {
  return calledOff === null && now >= startAt - NEAR_MS && now < endAt + lateMinutes * 60_000
}
