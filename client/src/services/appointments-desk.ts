import type { Appointment, LateMinutes } from '@naervaer/shared'
import {
  SpanReplySchema,
  type Cancellation,
  type Move,
  type NewAppointment,
  type SpanReply,
} from '@naervaer/shared/appointments'
import type { Day } from '@naervaer/shared/wall'
import { read, send } from './http-request.ts'
import { makeCheck } from './socket/check.ts'

const isSpanReply = makeCheck(SpanReplySchema)

/** What a worker plans. What comes of it is told over the socket; every method rejects as `send` does. */
export interface AppointmentsDesk {
  /** What there is with the own citizens on these days, both included. */
  list(span: { readonly from: Day; readonly to: Day }): Promise<SpanReply>
  make(wish: NewAppointment): Promise<void>
  move(which: Appointment, wish: Move): Promise<void>
  cancel(which: Appointment, wish: Cancellation): Promise<void>
  setLate(which: Appointment, minutes: LateMinutes): Promise<void>
  takeOver(which: Appointment): Promise<void>
}

const pathOf = ({ id, day }: Appointment): string => `/api/appointments/${id}/${day}`

/** The real thing, talking to the server this page came from. */
export const appointmentsDesk: AppointmentsDesk = {
  async list({ from, to }) {
    return read(await send('GET', `/api/appointments?from=${from}&to=${to}`), isSpanReply)
  },
  async make(wish) {
    await send('POST', '/api/appointments', wish)
  },
  async move(which, wish) {
    await send('PUT', pathOf(which), wish)
  },
  async cancel(which, wish) {
    await send('POST', `${pathOf(which)}/cancel`, wish)
  },
  async setLate(which, minutes) {
    await send('POST', `${pathOf(which)}/late`, { minutes })
  },
  async takeOver(which) {
    await send('POST', `${pathOf(which)}/take`)
  },
}
