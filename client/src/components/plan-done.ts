import type { Appointment } from '@naervaer/shared'
import type { ChangeReply, Scope } from '@naervaer/shared/appointments'
import { wallTimeAt, type WallTime } from '@naervaer/shared/wall'
import type { AppointmentsDesk } from '../services/appointments-desk.ts'

const MINUTE_MS = 60_000

/** What a worker has just done to an appointment, to be said, and to be undone where that can be. */
export interface Done {
  readonly did: 'made' | 'moved' | 'changed' | 'off'
  /** The citizen's first name. */
  readonly name: string
  /** When it is, or would have been. */
  readonly at: WallTime
  readonly which: Pick<Appointment, 'id' | 'day'>
  /** null where it cannot be undone, as where a series has been cut. */
  readonly undo: (() => Promise<unknown>) | null
}

/** An appointment has been made, changed or called off. */
export class PlannedEvent extends Event {
  readonly done: Done

  constructor(done: Done) {
    super('nv-planned', { bubbles: true, composed: true })
    this.done = done
  }
}

/** Puts one time back as it was; a series has been cut, and what had been called off was not as it is now. */
export function undoChange(
  desk: Pick<AppointmentsDesk, 'change'>,
  before: Appointment,
  scope: Scope,
  { id, day, revision }: ChangeReply,
): Done['undo'] {
  const { kind, startAt, endAt, calledOff } = before
  if (scope !== 'this' || calledOff !== null) return null
  const { day: onDay, minute } = wallTimeAt(startAt)
  const to = { kind, day: onDay, minute, lengthMinutes: (endAt - startAt) / MINUTE_MS }
  return () => desk.change({ ...before, id, day, revision }, { scope, to })
}

declare global {
  interface HTMLElementEventMap {
    'nv-planned': PlannedEvent
  }
}
