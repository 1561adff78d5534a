import WebSocket, { type ClientOptions } from 'ws'
import {
  SUBPROTOCOL,
  type CallId,
  type CallView,
  type ClientMessage,
  type ClientRequest,
  type ServerMessage,
  type ServerMessageOf,
  type ServerMessageType,
} from '@naervaer/shared'
import { PEOPLE, type PersonName } from './people.ts'

/** Long enough for a busy machine; nothing waits this long when all is well. */
const LIMIT_MS = 5_000

/** Where a server is, and the origin it believes in. */
export interface ServerAddress {
  readonly port: number
  readonly origin: string
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
export type RequestWithoutId = DistributiveOmit<ClientRequest, 'id'>

/** Signs in through HTTP. @returns the cookies, as the browser would send them */
export async function signIn(
  { port, origin }: ServerAddress,
  name: PersonName,
  cookies = '',
): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, cookie: cookies },
    body: JSON.stringify({ personId: PEOPLE[name] }),
  })
  if (answer.status !== 204) throw new Error(`sign-in answered ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** The status with which an upgrade was refused. */
export class UpgradeRefused extends Error {
  readonly status: number
  readonly code: unknown

  constructor(status: number, code: unknown) {
    super(`upgrade refused with ${status} ${String(code)}`)
    this.status = status
    this.code = code
  }
}

/** Opens `/ws` and waits for 101. Rejects with `UpgradeRefused`. */
export function openSocket(
  { port }: ServerAddress,
  headers: Record<string, string>,
  subprotocols: string[] = [SUBPROTOCOL],
  options: ClientOptions = {},
): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const url = `ws://127.0.0.1:${port}/ws`
    const socket = new WebSocket(url, subprotocols, { headers, ...options })
    socket.on('error', reject)
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        // ws itself refuses in plain words.
        const isOurs = /^application\/(problem\+)?json/.test(response.headers['content-type'] ?? '')
        const body = isOurs ? (JSON.parse(text) as { code?: unknown }) : {}
        reject(new UpgradeRefused(response.statusCode ?? 0, body.code))
      })
    })
  })
}

/** One window of one person: a real WebSocket with what has come through it. */
export class WsPerson {
  readonly socket: WebSocket
  readonly cookies: string
  readonly frames: ServerMessage[] = []
  /** The close code, once the socket has closed. */
  readonly closed: Promise<number>
  #nextId = 1
  readonly #watchers = new Set<() => void>()

  constructor(socket: WebSocket, cookies: string) {
    this.socket = socket
    this.cookies = cookies
    socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as ServerMessage)
      for (const watch of this.#watchers) watch()
    })
    this.closed = new Promise((resolve) => socket.on('close', resolve))
  }

  /** Signs in (or takes `cookies`), connects, and waits for the welcome. */
  static async connect(
    server: ServerAddress,
    name: PersonName,
    cookies?: string,
    options: ClientOptions = {},
  ): Promise<WsPerson> {
    const jar = cookies ?? (await signIn(server, name))
    const headers = { cookie: jar, origin: server.origin }
    // Listens from the first tick: the welcome may come in one packet with the 101.
    let person: WsPerson | undefined
    const socket = await new Promise<WebSocket>((resolve, reject) => {
      const opening = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, [SUBPROTOCOL], {
        headers,
        ...options,
      })
      person = new WsPerson(opening, jar)
      opening.on('error', reject)
      opening.on('open', () => resolve(opening))
    })
    const connected = person ?? new WsPerson(socket, jar)
    await connected.waitFor('welcome')
    return connected
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message))
  }

  /** Sends a request and waits for its reply or error. */
  async request(message: RequestWithoutId): Promise<ServerMessage> {
    const id = String(this.#nextId++)
    // The id is what was left out of the type.
    this.send({ ...message, id })
    return this.waitUntil(
      () => this.frames.find((frame) => 'replyTo' in frame && frame.replyTo === id),
      `a reply to ${message.type}`,
    )
  }

  /** Sends a request about a call. @returns the call, or the code of the error */
  async ask(message: RequestWithoutId): Promise<CallView | string> {
    const reply = await this.request(message)
    if (reply.type === 'call.reply') return reply.call
    return reply.type === 'error' ? reply.code : reply.type
  }

  /** As `ask`, where an error would be a surprise. */
  async must(message: RequestWithoutId): Promise<CallView> {
    const answer = await this.ask(message)
    if (typeof answer === 'string') throw new Error(`${message.type} answered ${answer}`)
    return answer
  }

  waitFor<T extends ServerMessageType>(
    type: T,
    isIt: (frame: ServerMessageOf<T>) => boolean = () => true,
  ): Promise<ServerMessageOf<T>> {
    return this.waitUntil(() => {
      for (const frame of this.frames) {
        if (frame.type !== type) continue
        // Of this type, as has just been seen.
        const found = frame as ServerMessageOf<T>
        if (isIt(found)) return found
      }
      return undefined
    }, type)
  }

  /** Waits until a `call.changed` shows the call in `state`. */
  async waitForState(call: CallId, state: CallView['state']): Promise<CallView> {
    const isIt = (frame: { call: CallView }) => frame.call.id === call && frame.call.state === state
    return (await this.waitFor('call.changed', isIt)).call
  }

  waitUntil<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => done(new Error(`${what} did not come`)), LIMIT_MS)
      const watch = () => {
        const found = find()
        if (found !== undefined) done(found)
      }
      const done = (result: T | Error) => {
        clearTimeout(timer)
        this.#watchers.delete(watch)
        this.socket.off('close', onClose)
        if (result instanceof Error) reject(result)
        else resolve(result)
      }
      const onClose = () => done(new Error(`closed before ${what} came`))
      this.#watchers.add(watch)
      this.socket.on('close', onClose)
      watch()
    })
  }

  /** Goes away without a word, as a lost network does after its timeout. */
  async vanish(): Promise<void> {
    this.socket.terminate()
    await this.closed
  }
}
