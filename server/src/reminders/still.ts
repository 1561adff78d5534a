import type { Holder } from '@naervaer/shared/appointments'
import type { Starting } from '../appointments/reading.ts'
import type { ReminderRow } from '../database/push-rows.ts'

/** Whether a reminder is of this very time. */
export const isOf = (
  reminder: ReminderRow,
  { plan, day, startAt }: Starting['occurrence'],
): boolean =>
  plan.id === reminder.appointment_id && day === reminder.day && startAt === reminder.start_at

/** Whether it takes place as it was told. */
export const isStill = (found: Starting | null): boolean =>
  found !== null && found.occurrence.calledOff === null

/** One that somebody is there to hold. */
export interface Held extends Starting {
  readonly holder: Holder
}

/** Whether somebody is there to hold it; otherwise it waits for somebody. */
export const isHeld = (found: Starting | null): found is Held =>
  found !== null && found.holder !== null
