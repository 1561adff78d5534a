import * as Type from 'typebox'
import type { ErrorCode, Retry } from '../errors.ts'
import { UnixMsSchema } from '../time.ts'

const closed = { additionalProperties: false } as const

/** Every object on the wire is closed: a property nobody declared is an error, not a surprise. */
export function closedObject<T extends Type.TProperties>(properties: T) {
  return Type.Object(properties, closed)
}

/** Chosen by the client, unique among its requests in flight on one connection. */
export const RequestIdSchema = Type.String({ minLength: 1, maxLength: 36 })

/** A frame that was refused. `replyTo` is null when the frame had no readable `id`. */
export const ErrorSchema = closedObject({
  type: Type.Literal('error'),
  replyTo: Type.Union([RequestIdSchema, Type.Null()]),
  code: Type.Unsafe<ErrorCode>(Type.String({ maxLength: 40 })),
  retry: Type.Unsafe<Retry>(Type.String({ maxLength: 20 })),
})
export type ErrorFrame = Type.Static<typeof ErrorSchema>

/** Is the server there? A browser cannot see WebSocket pings, so it asks in a frame of its own. */
export const PingSchema = closedObject({ type: Type.Literal('ping'), id: RequestIdSchema })

export const PongSchema = closedObject({
  type: Type.Literal('pong'),
  replyTo: RequestIdSchema,
  serverTime: UnixMsSchema,
})
