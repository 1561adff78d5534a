/** What a kilometre in the worker's own car is paid with, from a day on until the next rate begins. */
export interface MileageRate {
  /** The first day in Denmark on which it holds: "2026-01-01". */
  readonly validFrom: string
  /** In øre, a hundredth of a krone. */
  readonly orePerKm: number
}

/** The highest that makes any sense, so that kroner typed as øre, or one nought too many, are noticed. */
export const MAX_ORE_PER_KM = 2_000
export const MIN_ORE_PER_KM = 10

/** Whether it is a day that exists, written as "2026-01-01". */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (lengths[month - 1] ?? 0)
}

/** The rate that holds on a day; null before the first one. */
export function findRate(rates: readonly MileageRate[], day: string): MileageRate | null {
  // Days written like this stand in the order of their letters.
  const begun = rates.filter(({ validFrom }) => validFrom <= day)
  return begun.reduce<MileageRate | null>(
    (latest, each) => (latest === null || each.validFrom > latest.validFrom ? each : latest),
    null,
  )
}
