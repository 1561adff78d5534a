import type { DurationMs, UnixMs } from '@naervaer/shared'
import { failure, ok, type Check, type DoctorContext } from '../check.ts'

const ZONE = 'Europe/Copenhagen'
const HOUR_MS: DurationMs = 3_600_000
/** Whole hours before UTC in winter and summer. */
const OFFSETS = [60, 120]

/** Appointments stay at their hour when the clocks change: the machine knows when they do. */
export const timeZoneCheck: Check = {
  number: 16,
  name: { da: 'Sommertid', en: 'Summer time' },
  isFromOutside: false,
  run({ now, findOffset }) {
    const at = now()
    const next = findChange(findOffset, at)
    const isKnown = OFFSETS.includes(findOffset(ZONE, at) ?? 0)
    if (!isKnown || next === null) {
      return Promise.resolve([
        failure(
          'ZONE_MISSING',
          {
            da: `Maskinen kender ikke tiden i ${ZONE}: aftaler ville stå en time forkert.`,
            en: `The machine does not know the time in ${ZONE}: appointments would be an hour wrong.`,
          },
          {
            da: 'Brug det officielle image eller en Node med fulde ICU-data.',
            en: 'Use the official image, or a Node with full ICU data.',
          },
        ),
      ])
    }
    const day = new Date(next).toISOString().slice(0, 10)
    return Promise.resolve([
      ok('ZONE_OK', { da: `Næste skift er ${day}.`, en: `The next change is on ${day}.` }),
    ])
  },
}

function findChange(findOffset: DoctorContext['findOffset'], from: UnixMs): UnixMs | null {
  const begin = findOffset(ZONE, from)
  for (let hour = 1; hour <= 366 * 24; hour += 1) {
    const at = from + hour * HOUR_MS
    if (findOffset(ZONE, at) !== begin) return at
  }
  return null
}
