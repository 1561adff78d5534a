import type { Appointment, AppointmentId, Person, PersonId } from '@naervaer/shared'
import { METTE, TEN_O_CLOCK } from './fake-services.ts'

const MINUTE_MS = 60_000

export const SOFIE: Person = {
  id: '00000000-0000-7000-8000-000000000007' as PersonId,
  name: 'Sofie Dam',
}

/** At two in the afternoon of the gallery's day, or as much later or earlier. */
export function appointmentOf(change: Partial<Appointment> = {}, hoursLater = 0): Appointment {
  const startAt = TEN_O_CLOCK + (4 + hoursLater) * 60 * MINUTE_MS
  return {
    id: '00000000-0000-7000-8000-000000000091' as AppointmentId,
    day: new Date(startAt).toISOString().slice(0, 10),
    kind: 'video',
    startAt,
    endAt: startAt + 20 * MINUTE_MS,
    worker: METTE,
    insteadOf: null,
    calledOff: null,
    lateMinutes: 0,
    isSeries: false,
    revision: 1,
    ...change,
  }
}
