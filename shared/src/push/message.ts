import * as Type from 'typebox'
import { UnixMsSchema, type UnixMs } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { PushLanguageSchema, PushLevelSchema } from './level.ts'
import { NOTICE_KINDS, type NoticeKind } from './words.ts'

/** 256 random bits in base64url: known to one device for one notice, and to nobody else. */
export const NoticeTokenSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 })

/**
 * What is sealed for one device (RFC 8291): words that its level allows, and nothing else of anybody. A
 * later notice of the same call has the same `tag`, and takes the place of the earlier one.
 */
export const PushMessageSchema = closedObject({
  v: Type.Literal(1),
  kind: Type.Unsafe<NoticeKind>(Type.Enum([...NOTICE_KINDS])),
  tag: Type.String({ pattern: '^[A-Za-z0-9_-]{22,32}$', maxLength: 32 }),
  token: NoticeTokenSchema,
  level: PushLevelSchema,
  language: PushLanguageSchema,
  title: Type.String({ minLength: 1, maxLength: 140 }),
  body: Type.String({ maxLength: 140 }),
  /** What it says once the call is over, should nobody tell: told with a ring. */
  missed: closedObject({
    title: Type.String({ minLength: 1, maxLength: 140 }),
    body: Type.String({ maxLength: 140 }),
  }),
  /** Until when it is news, by the server's clock: the end of the ring. */
  until: UnixMsSchema,
  /** Whether it must not make itself heard; missing means that its kind says it. */
  isSilent: Type.Optional(Type.Boolean()),
  /** Whether it can be answered on the notice itself. */
  asks: Type.Optional(Type.Boolean()),
})
export type PushMessage = Type.Static<typeof PushMessageSchema>

/** Declarative Web Push (Push API § "declarative push message"): shown also where no code of ours runs. */
export interface DeclarativePush {
  readonly web_push: 8030
  readonly notification: {
    readonly title: string
    readonly body: string
    readonly lang: string
    readonly tag: string
    readonly navigate: string
    readonly silent: boolean
    readonly timestamp: UnixMs
    readonly data: PushMessage
  }
  /** The service worker may show something truer. */
  readonly mutable: true
}

/**
 * How a call that a notice is about stands, as the device is told.
 *
 * - `ringing`: it rings now
 * - `missed`: it is over, and nobody took it
 * - `elsewhere`: it was answered, here or on another device
 * - `over`: it is over, and the citizen knows
 */
export const NOTICE_STATES = ['ringing', 'missed', 'elsewhere', 'over'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]
