import type { Appointment, LateMinutes } from '@naervaer/shared'
import {
  ChangeReplySchema,
  CheckReplySchema,
  NewAppointmentReplySchema,
  SpanReplySchema,
  type Change,
  type ChangeReply,
  type NewAppointment,
  type NewAppointmentReply,
  type SpanReply,
  type Warning,
} from '@naervaer/shared/appointments'
import type { Day } from '@naervaer/shared/wall'
import { read, send } from './http-request.ts'
import { makeCheck } from './socket/check.ts'

/** What a worker plans. What comes of it is told over the socket; every method rejects as `send` does. */
export interface AppointmentsDesk {
  /** What there is with the own citizens on these days, both included. */
  list(span: { readonly from: Day; readonly to: Day }): Promise<SpanReply>
  make(wish: NewAppointment): Promise<NewAppointmentReply>
  /** What should be known of a wish, before it is kept. */
  check(wish: NewAppointment): Promise<readonly Warning[]>
  /** Moves it, makes it longer or of another kind, or calls it off: one time, those that follow, or all. */
  change(which: Appointment, change: Omit<Change, 'revision'>): Promise<ChangeReply>
  checkChange(which: Appointment, change: Omit<Change, 'revision'>): Promise<readonly Warning[]>
  /** As if it had never been: only for a moment after it was made. */
  takeBack(id: Appointment['id']): Promise<void>
  setLate(which: Appointment, minutes: LateMinutes): Promise<void>
  takeOver(which: Appointment): Promise<void>
}

const isSpan = makeCheck(SpanReplySchema)
const isMade = makeCheck(NewAppointmentReplySchema)
const isChanged = makeCheck(ChangeReplySchema)
const isChecked = makeCheck(CheckReplySchema)

const pathOf = ({ id, day }: Appointment): string => `/api/appointments/${id}/${day}`

/** The real thing, talking to the server this page came from. */
export const appointmentsDesk: AppointmentsDesk = {
  async list({ from, to }) {
    return read(await send('GET', `/api/appointments?from=${from}&to=${to}`), isSpan)
  },
  async make(wish) {
    return read(await send('POST', '/api/appointments', wish), isMade)
  },
  async check(wish) {
    return (await read(await send('POST', '/api/appointments/check', wish), isChecked)).warnings
  },
  async change(which, change) {
    const body = { ...change, revision: which.revision }
    return read(await send('PUT', pathOf(which), body), isChanged)
  },
  async checkChange(which, change) {
    const body = { ...change, revision: which.revision }
    return (await read(await send('POST', `${pathOf(which)}/check`, body), isChecked)).warnings
  },
  async takeBack(id) {
    await send('DELETE', `/api/appointments/${id}`)
  },
  async setLate(which, minutes) {
    await send('POST', `${pathOf(which)}/late`, { minutes })
  },
  async takeOver(which) {
    await send('POST', `${pathOf(which)}/take`)
  },
}
