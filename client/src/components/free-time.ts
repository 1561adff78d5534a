import type { PersonId, QuietHours, UnixMs } from '@naervaer/shared'
import type { SpanReply } from '@naervaer/shared/appointments'
import { isQuiet } from '@naervaer/shared/quiet'
import {
  addDays,
  holidayOn,
  toInstant,
  weekdayOf,
  type Day,
  type WallTime,
} from '@naervaer/shared/wall'

const MINUTE_MS = 60_000
const STEP_MINUTES = 15

/** A citizen has slept by then, and there is still time for another one. */
const LIKED_FROM = 10 * 60
const WORK = { from: 8 * 60, to: 16 * 60 }

/** How far is looked for a free time: whoever has none in two weeks chooses for themselves. */
export const LOOK_DAYS = 14

/** When something stands there already. */
interface Taken {
  readonly startAt: UnixMs
  readonly endAt: UnixMs
}

/** What is wished for. */
export interface FreeTimeWish {
  /** The first day that is looked at. */
  readonly day: Day
  readonly lengthMinutes: number
  /** When the citizen wants no ring; null where nobody rings. */
  readonly quiet: QuietHours | null
}

/** What of a span is in the way of these two: what the worker holds, and whatever the citizen has. */
export function listTaken(
  { appointments }: SpanReply,
  workerId: PersonId,
  withId: PersonId,
): Taken[] {
  return appointments
    .filter(({ citizenId, appointment: { calledOff, worker } }) => {
      const isOfEither = worker.id === workerId || citizenId === withId
      return calledOff === null && isOfEither
    })
    .map(({ appointment: { startAt, endAt, lateMinutes } }) => ({
      startAt,
      endAt: endAt + lateMinutes * MINUTE_MS,
    }))
}

/**
 * The first free time in working hours on a working day: from ten on, or else earlier in the morning.
 *
 * @returns null where there is none in two weeks
 */
export function findFreeTime(taken: readonly Taken[], wish: FreeTimeWish): WallTime | null {
  const minutes = listMinutes(wish.lengthMinutes)
  for (let ahead = 0; ahead < LOOK_DAYS; ahead += 1) {
    const day = addDays(wish.day, ahead)
    if (weekdayOf(day) > 5 || holidayOn(day) !== null) continue
    const minute = minutes.find((each) => isFree({ day, minute: each }, taken, wish))
    if (minute !== undefined) return { day, minute }
  }
  return null
}

/** When something so long may begin, the most liked first. */
function listMinutes(lengthMinutes: number): number[] {
  const count = Math.floor((WORK.to - WORK.from - lengthMinutes) / STEP_MINUTES) + 1
  const all = Array.from({ length: Math.max(0, count) }, (_, n) => WORK.from + n * STEP_MINUTES)
  const isLiked = (minute: number) => minute >= LIKED_FROM
  return [...all.filter(isLiked), ...all.filter((minute) => !isLiked(minute))]
}

function isFree(at: WallTime, taken: readonly Taken[], wish: FreeTimeWish): boolean {
  const startAt = toInstant(at)
  const endAt = startAt + wish.lengthMinutes * MINUTE_MS
  const isTaken = taken.some((each) => startAt < each.endAt && each.startAt < endAt)
  return !isTaken && !isQuiet(wish.quiet, startAt)
}
