import * as Type from 'typebox'

/** Milliseconds since 1970-01-01T00:00Z, by the server's clock unless said otherwise. */
export type UnixMs = number

/** A length of time in milliseconds. */
export type DurationMs = number

export const UnixMsSchema = Type.Integer({ minimum: 0 })
