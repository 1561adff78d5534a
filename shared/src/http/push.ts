import * as Type from 'typebox'
import { PushLanguageSchema, PushLevelSchema } from '../push/level.ts'
import { NOTICE_STATES, NoticeTokenSchema, type NoticeState } from '../push/message.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** An uncompressed point of P-256 in base64url (RFC 8291 § 2.1). */
const PointSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{87}$', maxLength: 87 })

/** `GET /api/push`: whether this device is notified while the app is closed, and how it can be. */
export const PushReplySchema = closedObject({
  /** What the browser subscribes with (RFC 8292); null where the municipality does not notify. */
  publicKey: orNull(PointSchema),
  /** How this device is notified; null where it is not. */
  own: orNull(
    closedObject({
      level: PushLevelSchema,
      language: PushLanguageSchema,
      /** When a notice last arrived here; null before the first. */
      provenAt: orNull(UnixMsSchema),
      /** Its address was made for a key that the server has no more: it is told of nothing until it has another. */
      isLost: Type.Optional(Type.Literal(true)),
    }),
  ),
})
export type PushReply = Type.Static<typeof PushReplySchema>

/** What the browser gives for a subscription (Push API, `PushSubscription.toJSON`). */
export const PushSubscriptionSchema = closedObject({
  endpoint: Type.String({ minLength: 1, maxLength: 1_000 }),
  p256dh: PointSchema,
  auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$', maxLength: 22 }),
})
export type PushSubscriptionBody = Type.Static<typeof PushSubscriptionSchema>

/** `PUT /api/push/subscription`. `level` null keeps what was chosen before. */
export const PushWishSchema = closedObject({
  subscription: PushSubscriptionSchema,
  level: orNull(PushLevelSchema),
  language: PushLanguageSchema,
})
export type PushWish = Type.Static<typeof PushWishSchema>

/** `POST /api/push/notice` and `POST /api/push/receipt`: what a device says of a notice, by its token. */
export const NoticeTokenBodySchema = closedObject({ token: NoticeTokenSchema })

/** What it is told: how the call stands now. */
export const NoticeStateReplySchema = closedObject({
  state: Type.Unsafe<NoticeState>(Type.Enum([...NOTICE_STATES])),
})

/** `POST /api/push/trial`: whether the push service has taken it. */
export const PushTrialReplySchema = closedObject({ isSent: Type.Boolean() })
