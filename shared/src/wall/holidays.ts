import { addDays } from './day.ts'
import type { Day } from './day-schema.ts'

/** The public holidays of Denmark, by stable names. */
export const HOLIDAYS = [
  'newYear',
  'maundyThursday',
  'goodFriday',
  'easter',
  'easterMonday',
  'prayerDay',
  'ascension',
  'whitsun',
  'whitMonday',
  'christmas',
  'secondChristmas',
] as const
export type Holiday = (typeof HOLIDAYS)[number]

/** No holidays by law, and yet days on which many are at home. */
export const OFTEN_OFF = ['constitution', 'christmasEve', 'newYearsEve'] as const
export type OftenOff = (typeof OFTEN_OFF)[number]

/** Store bededag was one for the last time in 2023 (lov nr. 214 of 6 March 2023). */
const LAST_PRAYER_DAY = 2023

const FIXED: Readonly<Record<string, Holiday>> = {
  '01-01': 'newYear',
  '12-25': 'christmas',
  '12-26': 'secondChristmas',
}

/** By days after Easter Sunday. */
const MOVABLE: readonly (readonly [Holiday, number])[] = [
  ['maundyThursday', -3],
  ['goodFriday', -2],
  ['easter', 0],
  ['easterMonday', 1],
  ['prayerDay', 26],
  ['ascension', 39],
  ['whitsun', 49],
  ['whitMonday', 50],
]

const EVES: Readonly<Record<string, OftenOff>> = {
  '06-05': 'constitution',
  '12-24': 'christmasEve',
  '12-31': 'newYearsEve',
}

/**
 * Easter Sunday of a year.
 *
 * @see J. Meeus, Astronomical Algorithms (1991), chapter 8: valid for each year of the Gregorian calendar
 */
export function easterOf(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const leapCenturies = Math.floor(century / 4)
  const moonShift = Math.floor((century + 8) / 25)
  const moonStep = Math.floor((century - moonShift + 1) / 3)
  const epact = (19 * golden + century - leapCenturies - moonStep + 15) % 30
  const leaps = Math.floor(ofCentury / 4)
  const toSunday = (32 + 2 * (century % 4) + 2 * leaps - epact - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  const sum = epact + toSunday - 7 * late + 114
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(Math.floor(sum / 31))}-${two((sum % 31) + 1)}`
}

/** Which public holiday that day is in Denmark; of two that fall together the movable one. */
export function holidayOn(day: Day): Holiday | null {
  const year = Number(day.slice(0, 4))
  const easter = easterOf(year)
  const movable = MOVABLE.find(([, days]) => addDays(easter, days) === day)?.[0]
  if (movable !== undefined && (movable !== 'prayerDay' || year <= LAST_PRAYER_DAY)) return movable
  return FIXED[day.slice(5)] ?? null
}

/** Which day that many have off it is, though no law says so. */
export function oftenOffOn(day: Day): OftenOff | null {
  return EVES[day.slice(5)] ?? null
}
