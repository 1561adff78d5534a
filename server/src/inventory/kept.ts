import {
  CALLBACK_MS,
  PICK_UP_MS,
  READY_MS,
  SUPPORT_CODE_LIFE_MS,
  type DurationMs,
} from '@naervaer/shared'
import { NEWS_NEAR_MS } from '@naervaer/shared/reminders'
import { DEFAULT_RETENTION, type RetentionConfig } from '../retention-config.ts'

const MINUTE_MS: DurationMs = 60_000
const HOUR_MS: DurationMs = 60 * MINUTE_MS
const DAY_MS: DurationMs = 24 * HOUR_MS

/**
 * For how long the record of processing says that things are kept of which no operator decides. What rooms keep to themselves is written a second
 * time here, since the command line prints it without them; a test holds the two together.
 */
export const KEPT = {
  absence: 2 * DAY_MS,
  absenceWaited: 2 * DAY_MS + CALLBACK_MS,
  backup: 30 * DAY_MS,
  callback: CALLBACK_MS,
  challenge: 5 * MINUTE_MS,
  citizenSession: 400 * DAY_MS,
  deviceState: 90 * DAY_MS,
  invitation: 15 * MINUTE_MS,
  news: NEWS_NEAR_MS + 2 * DAY_MS,
  notice: 2 * DAY_MS,
  pairing: HOUR_MS,
  pickUp: PICK_UP_MS,
  ready: READY_MS,
  reminder: 2 * DAY_MS,
  report: SUPPORT_CODE_LIFE_MS,
  staffIdle: HOUR_MS,
  staffSession: 12 * HOUR_MS,
} as const satisfies Record<string, DurationMs>

/** For how long all things are kept: beside `KEPT`, what the operator decides. */
export const listKept = (retention: RetentionConfig = DEFAULT_RETENTION) => ({
  ...KEPT,
  appointment: retention.appointmentsMs,
  audit: retention.auditMs,
  call: retention.callsMs,
  choice: retention.choiceMs,
  silentDevice: retention.pushMs,
})
export type AllKept = ReturnType<typeof listKept>

/** In days, hours or minutes: the largest of which it is a whole number, and days from two days on. */
export function sayDuration(durationMs: DurationMs, language: 'da' | 'en'): string {
  const units = [
    { unitMs: DAY_MS, least: 2, da: ['dag', 'dage'], en: ['day', 'days'] },
    { unitMs: HOUR_MS, least: 1, da: ['time', 'timer'], en: ['hour', 'hours'] },
    { unitMs: MINUTE_MS, least: 1, da: ['minut', 'minutter'], en: ['minute', 'minutes'] },
  ] as const
  for (const unit of units) {
    const count = durationMs / unit.unitMs
    if (Number.isInteger(count) && count >= unit.least) {
      return `${String(count)} ${unit[language][count === 1 ? 0 : 1]}`
    }
  }
  throw new RangeError(`${String(durationMs)} ms is no whole number of minutes`)
}
