import {
  NaervaerError,
  type ClientMessageOf,
  type ClientRequest,
  type ErrorFrame,
  type ServerMessageOf,
  type ServerReply,
} from '@naervaer/shared'

/** What the server answers to each kind of request. */
export type ReplyTo<T extends ClientRequest['type']> = T extends 'ping'
  ? ServerMessageOf<'pong'>
  : T extends 'turn.fetch'
    ? ServerMessageOf<'turn.reply'>
    : ServerMessageOf<'call.reply'>

/** A request without the `id` that the client adds. */
export type RequestBody<T extends ClientRequest['type']> = T extends unknown
  ? Omit<ClientMessageOf<T>, 'id'>
  : never

/** The socket closed before the answer came; whether the server acted is not known. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'
}

interface Pending {
  readonly expects: ServerReply['type']
  resolve(reply: ServerReply): void
  reject(error: Error): void
}

/** Requests waiting for their answers: each is settled exactly once. */
export class PendingRequests {
  readonly #pending = new Map<string, Pending>()
  #lastId = 0

  /** @returns the id to send, and a promise of the answer */
  add<T extends ClientRequest['type']>(type: T): { id: string; reply: Promise<ReplyTo<T>> } {
    this.#lastId += 1
    const id = this.#lastId.toString(36)
    const reply = new Promise<ServerReply>((resolve, reject) => {
      this.#pending.set(id, { expects: getReplyType(type), resolve, reject })
    })
    // `settle` lets only the expected type through.
    return { id, reply: reply as Promise<ReplyTo<T>> }
  }

  settle(frame: ServerReply): void {
    if (frame.replyTo === null) return
    const pending = this.#pending.get(frame.replyTo)
    if (pending === undefined) return
    this.#pending.delete(frame.replyTo)
    if (frame.type === 'error') pending.reject(toError(frame))
    else if (frame.type === pending.expects) pending.resolve(frame)
    else pending.reject(new NaervaerError('INTERNAL', { details: `unexpected ${frame.type}` }))
  }

  rejectAll(): void {
    const all = [...this.#pending.values()]
    this.#pending.clear()
    for (const pending of all) pending.reject(new ConnectionLostError())
  }
}

function getReplyType(type: ClientRequest['type']): ServerReply['type'] {
  if (type === 'ping') return 'pong'
  return type === 'turn.fetch' ? 'turn.reply' : 'call.reply'
}

const toError = (frame: ErrorFrame) => new NaervaerError(frame.code)
