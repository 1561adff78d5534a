import type { Appointment, Person, PersonId, UnixMs } from '@naervaer/shared'
import type { SpanReply } from '@naervaer/shared/appointments'
import { addDays, wallTimeAt, type WallTime } from '@naervaer/shared/wall'
import { beginsAt } from '../texts/when.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** Where something is to be instead, while that is being asked about. */
export interface Draft extends WallTime {
  readonly key: string
}

/** One appointment as the week shows it: whose it is, and what the wall shows at its two ends. */
export interface WeekItem {
  /** Which one it is, also while it is being moved. */
  readonly key: string
  readonly citizen: Person
  readonly appointment: Appointment
  readonly start: WallTime
  readonly end: WallTime
}

/** Names one time of a series as well as a single one. */
export const keyOf = ({ id, day }: Pick<Appointment, 'id' | 'day'>): string => `${id} ${day}`

/**
 * What is told of a span, with the names that the page knows, the earliest first. Of a citizen who is the
 * worker's no more nothing is shown.
 */
export function makeItems(
  appointments: SpanReply['appointments'],
  people: ReadonlyMap<PersonId, Person>,
): WeekItem[] {
  return appointments
    .flatMap(({ citizenId, appointment }) => {
      const citizen = people.get(citizenId)
      return citizen === undefined ? [] : [makeItem(citizen, appointment)]
    })
    .sort((one, other) => one.appointment.startAt - other.appointment.startAt)
}

function makeItem(citizen: Person, appointment: Appointment): WeekItem {
  const { startAt, endAt } = appointment
  const start = wallTimeAt(startAt)
  return {
    key: keyOf(appointment),
    citizen,
    appointment,
    start,
    end: findEnd(start, startAt, endAt),
  }
}

/**
 * What the wall shows at the end. In the night in which the clocks are put back that may be earlier than
 * what it showed at the beginning: then as much later as the appointment is long.
 */
function findEnd(start: WallTime, startAt: UnixMs, endAt: UnixMs): WallTime {
  const end = wallTimeAt(endAt)
  if (toStamp(end) > toStamp(start)) return end
  return addMinutes(start, (endAt - startAt) / MINUTE_MS)
}

/** As much later or earlier on the wall, over midnight too. */
export function addMinutes({ day, minute }: WallTime, minutes: number): WallTime {
  const all = minute + minutes
  const days = Math.floor(all / DAY_MINUTES)
  return { day: addDays(day, days), minute: all - days * DAY_MINUTES }
}

/** How long it is. */
export const lengthOf = ({ startAt, endAt }: Appointment): number => (endAt - startAt) / MINUTE_MS

/**
 * The hours that stand on it, in minutes of the wall: later than planned where the citizen would like five minutes
 * more. Where it is drawn, and what is moved, stays the plan.
 */
export function hoursOf({ appointment, start, end }: WeekItem): { from: number; until: number } {
  const isOn = appointment.calledOff === null
  const minutes = isOn ? (beginsAt(appointment) - appointment.startAt) / MINUTE_MS : 0
  return { from: addMinutes(start, minutes).minute, until: addMinutes(end, minutes).minute }
}

/** As it stands where it is asked whether to move it. */
export function moveTo(item: WeekItem, to: WallTime): WeekItem {
  const start = { day: to.day, minute: to.minute }
  return { ...item, start, end: addMinutes(start, lengthOf(item.appointment)) }
}

/** What the wall shows, without a zone: "2026-11-26T10:00:00". */
export function toStamp({ day, minute }: WallTime): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`
}

/** The other way; what stands behind the minutes, such as a zone, is overlooked. */
export function fromStamp(stamp: string): WallTime {
  const [day = '', clock = ''] = stamp.split('T')
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return { day, minute: hours * 60 + minutes }
}

/** Whether a worker may still do something about it: it is not over, and no worker has called it off. */
export function isOpen({ appointment }: WeekItem, now: UnixMs): boolean {
  const { endAt, lateMinutes, calledOff } = appointment
  return calledOff !== 'worker' && now < endAt + lateMinutes * MINUTE_MS
}

/** The hours that a grid has to show: those of a working day, and whatever lies outside them. */
export function findHours(items: readonly WeekItem[]): { from: number; to: number } {
  const from = Math.min(7, ...items.map(({ start }) => Math.floor(start.minute / 60)))
  const ends = items.map(({ start, end }) =>
    end.day > start.day ? 24 : Math.ceil(end.minute / 60),
  )
  return { from, to: Math.max(17, ...ends) }
}
