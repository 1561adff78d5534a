import type { Appointment, LateMinutes } from '@naervaer/shared'
import type { Change, NewAppointment } from '@naervaer/shared/appointments'
import { send } from './http-request.ts'

/** What a worker plans. What comes of it is told over the socket; every method rejects as `send` does. */
export interface AppointmentsDesk {
  make(wish: NewAppointment): Promise<void>
  /** Moves it, makes it longer or of another kind, or calls it off: one time, those that follow, or all. */
  change(which: Appointment, change: Omit<Change, 'revision'>): Promise<void>
  setLate(which: Appointment, minutes: LateMinutes): Promise<void>
  takeOver(which: Appointment): Promise<void>
}

const pathOf = ({ id, day }: Appointment): string => `/api/appointments/${id}/${day}`

/** The real thing, talking to the server this page came from. */
export const appointmentsDesk: AppointmentsDesk = {
  async make(wish) {
    await send('POST', '/api/appointments', wish)
  },
  async change(which, change) {
    await send('PUT', pathOf(which), { ...change, revision: which.revision })
  },
  async setLate(which, minutes) {
    await send('POST', `${pathOf(which)}/late`, { minutes })
  },
  async takeOver(which) {
    await send('POST', `${pathOf(which)}/take`)
  },
}
