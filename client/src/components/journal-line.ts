import type { Person, UnixMs } from '@naervaer/shared'
import { clockTime, t } from '../texts/text.ts'

const MINUTE_MS = 60_000

/** From when to when two have talked. */
export interface TalkTimes {
  readonly connectedAt: UnixMs
  readonly endedAt: UnixMs
  /** In whose place it was; missing where nobody was stood in for. */
  readonly insteadOf?: Person | undefined
}

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** A day as case records have it, whatever the language: "26-11-2026". */
function recordDay(at: UnixMs): string {
  return parts.format(at).split('-').reverse().join('-')
}

/** "19 min.", "under 1 min.", and "1 t. 5 min." of a long one. */
export function describeLength({ connectedAt, endedAt }: TalkTimes): string {
  const minutes = Math.round((endedAt - connectedAt) / MINUTE_MS)
  if (minutes < 1) return t('journal.moment')
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return t('journal.minutes', { n: String(minutes) })
  return t('journal.hours', { h: String(hours), n: String(minutes % 60) })
}

/** When it was, by the clock in Denmark, with the day where it went over midnight. */
export function describeSpan({ connectedAt, endedAt }: TalkTimes): string {
  const [from, to] = [recordDay(connectedAt), recordDay(endedAt)]
  const start = t('journal.at', { day: from, time: clockTime(connectedAt) })
  const end = clockTime(endedAt)
  return from === to ? `${start}–${end}` : `${start} – ${t('journal.at', { day: to, time: end })}`
}

/**
 * The ready line for the case record: when, how long, by video, and between whom by their parts. There is no
 * name and nothing of what was said in it (criterion L-15), so that a clipboard gives nobody away.
 */
export function describeForJournal(times: TalkTimes): string {
  const said = { span: describeSpan(times), length: describeLength(times) }
  return times.insteadOf === undefined ? t('journal.line', said) : t('journal.lineInstead', said)
}
