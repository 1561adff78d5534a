import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { importJWK, jwtVerify } from 'jose'
import type { Test } from 'tap'
import {
  PushMessageSchema,
  type PushMessage,
  type PushSubscriptionBody,
} from '@naervaer/shared/push'
import { Check } from 'typebox/schema'

/** Long enough for a busy machine; nothing waits this long when all is well. */
const LIMIT_MS = 5_000

/** One message as the push service got it, opened with the device's keys. */
export interface Delivered {
  readonly path: string
  readonly ttl: number
  readonly urgency: string
  readonly topic: string
  /** The claims of a VAPID token whose signature holds (RFC 8292). */
  readonly claims: Readonly<Record<string, unknown>>
  /** Of all header names, to see that there is nothing else of anybody. */
  readonly headerNames: readonly string[]
  /** What was sealed, before any blank is taken away. */
  readonly text: string
  readonly json: unknown
  readonly message: PushMessage
}

/** What the service answers; 201 unless told otherwise. Null hangs up instead. */
export interface Answer {
  readonly status: number | null
  readonly headers?: Record<string, string>
}

interface Reply {
  readonly path: string
  readonly status: number
  readonly headers: Record<string, string> | undefined
  readonly body: Buffer
}

/** The keys of one browser's subscription (RFC 8291 § 3.1). */
export class PushedBrowser {
  readonly #ecdh: ECDH = createECDH('prime256v1')
  readonly #auth = randomBytes(16)
  readonly subscription: PushSubscriptionBody

  constructor(endpoint: string) {
    this.#ecdh.generateKeys()
    this.subscription = {
      endpoint,
      p256dh: this.#ecdh.getPublicKey('base64url'),
      auth: this.#auth.toString('base64url'),
    }
  }

  /** RFC 8291 § 3.4 and RFC 8188 § 2, written from the standards and not from the library under test. */
  open(body: Buffer): string {
    const salt = body.subarray(0, 16)
    const recordSize = body.readUInt32BE(16)
    const idLength = body.readUInt8(20)
    const serverKey = body.subarray(21, 21 + idLength)
    const record = body.subarray(21 + idLength)
    if (record.length > recordSize) throw new Error('more than one record')
    const secret = this.#ecdh.computeSecret(serverKey)
    const keyInfo = Buffer.concat([
      Buffer.from('WebPush: info\0'),
      this.#ecdh.getPublicKey(),
      serverKey,
    ])
    const ikm = Buffer.from(hkdfSync('sha256', secret, this.#auth, keyInfo, 32))
    const derive = (info: string, length: number) =>
      Buffer.from(hkdfSync('sha256', ikm, salt, `Content-Encoding: ${info}\0`, length))
    const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
    decipher.setAuthTag(record.subarray(-16))
    const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
    const end = padded.lastIndexOf(2)
    if (end < 0) throw new Error('no end of the last record')
    return padded.subarray(0, end).toString()
  }
}

/** Stands for Google's, Apple's and the others' push service: takes messages, and opens and checks them. */
export class PushService {
  readonly delivered: Delivered[] = []
  readonly requests: string[] = []
  /** Asked for each request; the path says which browser it is for. */
  answer: (path: string) => Answer = () => ({ status: 201 })
  readonly #browsers = new Map<string, PushedBrowser>()
  readonly #watchers = new Set<() => void>()
  #port = 0

  static async start(t: Pick<Test, 'teardown'>): Promise<PushService> {
    const service = new PushService()
    const server = createServer((request, response) => {
      void service.#take(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    service.#port = address.port
    t.teardown(() => {
      server.closeAllConnections()
      server.close()
    })
    return service
  }

  /** For `PUSH_HOSTS`. */
  get host(): string {
    return `127.0.0.1:${String(this.#port)}`
  }

  makeBrowser(path = `/push/${randomBytes(8).toString('hex')}`): PushedBrowser {
    const browser = new PushedBrowser(`http://${this.host}${path}`)
    this.#browsers.set(path, browser)
    return browser
  }

  /** Waits until so many messages have been taken in all. */
  waitForCount(count: number): Promise<readonly Delivered[]> {
    return this.waitUntil(() => this.delivered.length >= count, `${String(count)} messages`)
  }

  waitForRequests(count: number): Promise<readonly Delivered[]> {
    return this.waitUntil(() => this.requests.length >= count, `${String(count)} requests`)
  }

  waitUntil(isDone: () => boolean, what: string): Promise<readonly Delivered[]> {
    return new Promise((resolve, reject) => {
      const finish = (error?: Error) => {
        clearTimeout(timer)
        this.#watchers.delete(watch)
        if (error === undefined) resolve(this.delivered)
        else reject(error)
      }
      const timer = setTimeout(() => finish(new Error(`${what} did not come`)), LIMIT_MS)
      const watch = () => {
        if (isDone()) finish()
      }
      this.#watchers.add(watch)
      watch()
    })
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { status, headers } = this.answer(path)
    if (status === null) request.socket.destroy()
    else
      await this.#reply(request, response, { path, status, headers, body: Buffer.concat(chunks) })
    this.requests.push(path)
    for (const watch of this.#watchers) watch()
  }

  async #reply(
    request: IncomingMessage,
    response: ServerResponse,
    { path, status, headers, body }: Reply,
  ): Promise<void> {
    try {
      if (status < 300) this.delivered.push(await this.#open(path, request, body))
      response.writeHead(status, headers).end()
    } catch (error) {
      response.writeHead(400).end(String(error))
    }
  }

  async #open(path: string, { method, headers }: IncomingMessage, body: Buffer) {
    const browser = this.#browsers.get(path)
    if (method !== 'POST' || browser === undefined) throw new Error('nobody’s')
    if (headers['content-encoding'] !== 'aes128gcm') throw new Error('not RFC 8188')
    const text = browser.open(body)
    const json: unknown = JSON.parse(text)
    const declared = (json as { notification?: { data: unknown } }).notification?.data
    const message = declared ?? json
    if (!Check(PushMessageSchema, message)) throw new Error('not a message of ours')
    const delivered: Delivered = {
      path,
      ttl: Number(headers['ttl']),
      urgency: String(headers['urgency']),
      topic: String(headers['topic']),
      claims: await verifyVapid(headers.authorization ?? '', `http://${this.host}`),
      headerNames: Object.keys(headers).sort(),
      text,
      json,
      message,
    }
    return delivered
  }
}

/** RFC 8292 §§ 2 and 3: a token by the very key that is told beside it, for this service, not for long. */
async function verifyVapid(authorization: string, audience: string) {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  const point = Buffer.from(key, 'base64url')
  if (point.length !== 65 || point[0] !== 4) throw new Error('no public key')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((each) =>
    each.toString('base64url'),
  )
  const publicKey = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256')
  const { payload } = await jwtVerify(token, publicKey, { algorithms: ['ES256'], audience })
  const lifeSeconds = (payload.exp ?? Infinity) - Date.now() / 1_000
  if (lifeSeconds > 24 * 3_600) throw new Error('valid for too long')
  return { ...payload, key }
}
