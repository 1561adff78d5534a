/** The longest way to a citizen's home and back: a day's work, and the length of the country and more. */
export const MAX_TRAVEL_MINUTES = 600
export const MAX_TRAVEL_KM = 1_000

/** What a visit to a citizen costs on the road, there and back: the whole minutes and kilometres. */
export interface Travel {
  readonly minutes: number
  readonly km: number
}
