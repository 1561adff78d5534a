import type { UnixMs } from '@naervaer/shared'
import { listInstants, wallTimeAt } from '@naervaer/shared/wall'

/** Octets of a line, the break not counted (RFC 5545 § 3.1). */
const MOST_OCTETS = 75

const ZONE = 'Europe/Copenhagen'

/** Since 1996 the European Union changes its clocks so; what is older no feed has. */
const VTIMEZONE = [
  'BEGIN:VTIMEZONE',
  `TZID:${ZONE}`,
  'BEGIN:DAYLIGHT',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'END:STANDARD',
  'END:VTIMEZONE',
]

/** One time that a worker is taken, as a calendar program reads it. */
export interface CalendarEvent {
  /** The same at each reading, also once it is moved. */
  readonly uid: string
  readonly startAt: UnixMs
  readonly endAt: UnixMs
  readonly summary: string
  /** Counts what workers have changed. */
  readonly sequence: number
  readonly isCalledOff: boolean
}

export interface CalendarOptions {
  readonly name: string
  /** When anything of it was last another. */
  readonly changedAt: UnixMs
}

/** A calendar to subscribe to (RFC 5545), its times on the wall clock of Denmark. */
export function writeCalendar(
  events: readonly CalendarEvent[],
  { name, changedAt }: CalendarOptions,
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Naervaer//Naervaer//DA',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    // RFC 7986, and what the programs that are older than it read.
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    `X-WR-TIMEZONE:${ZONE}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'X-PUBLISHED-TTL:PT15M',
    ...VTIMEZONE,
    ...events.flatMap((each) => writeEvent(each, changedAt)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${foldLine(line)}\r\n`).join('')
}

function writeEvent(event: CalendarEvent, changedAt: UnixMs): string[] {
  const { uid, startAt, endAt, summary, sequence, isCalledOff } = event
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${toUtc(changedAt)}`,
    `LAST-MODIFIED:${toUtc(changedAt)}`,
    `SEQUENCE:${String(sequence)}`,
    ...writeTime('DTSTART', startAt),
    ...writeTime('DTEND', endAt),
    `SUMMARY:${escapeText(summary)}`,
    `STATUS:${isCalledOff ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${isCalledOff ? 'TRANSPARENT' : 'OPAQUE'}`,
    'CLASS:PRIVATE',
    'END:VEVENT',
  ]
}

/**
 * As the wall shows it. Of the hour that comes twice a time of the zone should mean the first (RFC 5545 § 3.3.5), but
 * programs read it as either: what lies in that hour is told in UTC.
 */
function writeTime(name: string, at: UnixMs): string[] {
  const wall = wallTimeAt(at)
  const { day, minute } = wall
  if (listInstants(wall).length > 1) return [`${name}:${toUtc(at)}`]
  const pad = (value: number) => String(value).padStart(2, '0')
  const time = `${pad(Math.floor(minute / 60))}${pad(minute % 60)}00`
  return [`${name};TZID=${ZONE}:${day.replaceAll('-', '')}T${time}`]
}

const toUtc = (at: UnixMs): string =>
  new Date(at).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')

/** RFC 5545 § 3.3.11. */
function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n')
}

/** Long lines go on in the next one, after a blank; no letter is split (RFC 5545 § 3.1). */
export function foldLine(line: string): string {
  let folded = ''
  let octets = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (octets + size > MOST_OCTETS) {
      folded += '\r\n '
      // The blank at the beginning counts.
      octets = 1
    }
    folded += letter
    octets += size
  }
  return folded
}
