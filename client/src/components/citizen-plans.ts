import {
  LATE_MINUTES,
  type Appointment,
  type CitizenPresence,
  type LateMinutes,
  type Reached,
} from '@naervaer/shared'

/** How long before the beginning one may say that one is late. */
const LATE_OFFERED_MS = 2 * 3_600_000

/** How long before it the row itself offers that: who drives has one hand and no time to look for it. */
const LATE_NEAR_MS = 30 * 60_000

/** A reminder of the last minutes is sent this long before the beginning, or a moment earlier. */
const REMINDED_MS = 11 * 60_000

/** A receipt takes a moment: until then nothing is wrong. */
const RECEIPT_MS = 60_000

/** How long before it is worth knowing that the last reminder has come. */
const REACHED_MATTERS_MS = 24 * 3_600_000

/** What of a citizen's appointments stands in the row, and what waits behind "Mere". */
export interface Plans {
  /** What happens next, unless somebody calls it off. */
  readonly next: Appointment | null
  /** Called off, by whomever. */
  readonly off: readonly Appointment[]
  /** Those of which a worker must make something: the citizen does not come, or waits for somebody else. */
  readonly open: readonly Appointment[]
  /** Those that stand, to be moved or called off. */
  readonly standing: readonly Appointment[]
  /** Where it may be said that whoever reads this is late for the next one. */
  readonly lateIn: 'row' | 'more' | null
}

/** @param you - whoever reads this: only who holds an appointment can be late for it, and only when it is near */
export function readPlans(appointments: readonly Appointment[], you: string, now: number): Plans {
  const standing = appointments.filter(({ calledOff }) => calledOff === null)
  const off = appointments.filter(({ calledOff }) => calledOff !== null)
  const next = standing[0] ?? null
  return {
    next,
    off,
    open: off.filter(({ calledOff }) => calledOff !== 'worker'),
    standing,
    lateIn: next !== null && next.worker.id === you ? findLateIn(next, now) : null,
  }
}

function findLateIn({ startAt, lateMinutes }: Appointment, now: number): Plans['lateIn'] {
  if (lateMinutes > 0 || startAt - now <= LATE_NEAR_MS) return 'row'
  return startAt - now <= LATE_OFFERED_MS ? 'more' : null
}

/** How late one may say that one is, besides what has been said. */
export const latenessOf = ({ lateMinutes }: Appointment): LateMinutes[] =>
  LATE_MINUTES.filter((each) => each !== 0 && each !== lateMinutes)

/**
 * What the row says of the last reminder. That it came shows that the device can be woken, whichever it was of; that
 * it did not is said of this appointment's own alone, and not of whoever has the app open.
 */
export function readReached(
  { reached = null, availability }: Pick<CitizenPresence, 'reached' | 'availability'>,
  { startAt, answered }: Appointment,
  now: number,
): NonNullable<Reached> | null {
  if (reached === null || answered !== undefined || startAt - now > REACHED_MATTERS_MS) return null
  if (reached.state === 'arrived') return reached
  const isOfThis = reached.at >= startAt - REMINDED_MS
  const isHere = availability === 'open' || availability === 'ready' || availability === 'busy'
  if (!isOfThis || isHere) return null
  return reached.state === 'sent' && now - reached.at < RECEIPT_MS ? null : reached
}
