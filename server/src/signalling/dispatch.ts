import {
  NaervaerError,
  type ClientMessage,
  type ClientMessageOf,
  type ClientMessageType,
  type ClientRequest,
  type ServerReply,
} from '@naervaer/shared'
import type { Connection } from '../presence/connection.ts'
import { MESSAGES_SERVE } from './message-serves.ts'

/** A checked message, from whom it truly is, and the bytes it came in. */
export interface Incoming<T extends ClientMessageType> {
  readonly message: ClientMessageOf<T>
  readonly sender: Connection
  readonly frame: Buffer
}

type MaybePromise<T> = T | Promise<T>

/** Requests give a reply; signals are answered by the other party and give nothing. */
type Answer<T extends ClientMessageType> = T extends ClientRequest['type']
  ? ServerReply
  : // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what a function without a return gives
    void

/** What a room does with one type of message. Throws `NaervaerError` to refuse it. */
export type Handler<T extends ClientMessageType> = (
  incoming: Incoming<T>,
) => MaybePromise<Answer<T>>

/** One handler for every message there is: forgetting one is a compile error. */
export type Handlers = { readonly [T in ClientMessageType]: Handler<T> }

/** Hands a message to its room. Throws ROLE_REFUSED where it does not serve the sender. */
export function dispatch(
  handlers: Handlers,
  message: ClientMessage,
  sender: Connection,
  frame: Buffer,
): MaybePromise<ServerReply | undefined> {
  const isServed = 'call' in message || MESSAGES_SERVE[message.type].includes(sender.role)
  if (!isServed) throw new NaervaerError('ROLE_REFUSED')
  // TypeScript cannot follow that the handler found under `type` is the one for this message.
  const handler = handlers[message.type] as (
    incoming: Incoming<ClientMessageType>,
  ) => MaybePromise<ServerReply | undefined>
  return handler({ message, sender, frame })
}
