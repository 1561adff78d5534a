import * as Type from 'typebox'

/** Milliseconds since 1970-01-01T00:00Z, by the server's clock unless said otherwise. */
export type UnixMs = number

/** A length of time in milliseconds. */
export type DurationMs = number

/** `now`, or `earliest` where the clock has been set back since: what is recorded stays in order. */
export function notBefore(now: UnixMs, earliest: UnixMs): UnixMs {
  return Math.max(now, earliest)
}

export const UnixMsSchema = Type.Integer({ minimum: 0 })
