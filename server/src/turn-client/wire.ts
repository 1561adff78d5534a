import { createSocket } from 'node:dgram'
import { connect as connectTcp, isIPv6, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { HEADER_BYTES } from './stun-message.ts'

export type WireKind = 'udp' | 'tcp' | 'tls'

/** Where a TURN server is, as its URL says (RFC 7065). */
export interface TurnPlace {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly kind: WireKind
}

/** @returns null for what is no `turn:` or `turns:` URL */
export function parseTurnUrl(url: string): TurnPlace | null {
  const [, scheme, host, port, transport] =
    /^(turns?):(\[[^\]]+\]|[^:?]+)(?::([0-9]+))?(?:\?transport=(udp|tcp))?$/.exec(url) ?? []
  if (scheme === undefined || host === undefined) return null
  const isTls = scheme === 'turns'
  return {
    url,
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (isTls ? 5349 : 3478) : Number(port),
    kind: isTls ? 'tls' : transport === 'tcp' ? 'tcp' : 'udp',
  }
}

/** A way to a TURN server on which whole messages go and come. */
export interface Wire {
  readonly kind: WireKind
  send(bytes: Buffer): void
  /** Called with each message, and with null once the other end is gone. */
  onMessage(take: (bytes: Buffer | null) => void): void
  close(): void
}

export interface WireOptions {
  readonly timeoutMs: number
  /** Certificates to trust instead of the usual ones. */
  readonly ca?: string
}

/** @throws Error where nobody listens there within the time */
export function openWire(place: TurnPlace, options: WireOptions): Promise<Wire> {
  return place.kind === 'udp' ? openUdp(place) : openStream(place, options)
}

async function openUdp({ host, port }: TurnPlace): Promise<Wire> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  let take: (bytes: Buffer | null) => void = () => undefined
  socket.on('message', (bytes) => take(bytes))
  socket.on('error', () => take(null))
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.connect(port, host, resolve)
    })
  } catch (error) {
    socket.close()
    throw error
  }
  return {
    kind: 'udp',
    send: (bytes) => socket.send(bytes, () => undefined),
    onMessage: (to) => (take = to),
    close: () => socket.close(),
  }
}

async function openStream(place: TurnPlace, { timeoutMs, ca }: WireOptions): Promise<Wire> {
  const { host, port, kind } = place
  const socket =
    kind === 'tls'
      ? connectTls({ host, port, ...(ca === undefined ? {} : { ca }), ...toServerName(host) })
      : connectTcp({ host, port })
  let take: (bytes: Buffer | null) => void = () => undefined
  const cut = new Cutter((bytes) => take(bytes))
  socket.on('data', (piece: Buffer) => cut.add(piece))
  socket.on('error', () => take(null))
  socket.on('close', () => take(null))
  await waitUntilOpen(socket, kind === 'tls' ? 'secureConnect' : 'connect', timeoutMs)
  return {
    kind,
    send: (bytes) => socket.write(bytes),
    onMessage: (to) => (take = to),
    close: () => socket.destroy(),
  }
}

/** Names are told to the server in the clear; addresses are not (RFC 6066 § 3). */
const toServerName = (host: string) =>
  /[a-z]/i.test(host) && !isIPv6(host) ? { servername: host } : {}

function waitUntilOpen(socket: Socket, event: string, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy()
      reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }))
    }, timeoutMs)
    socket.once(event, () => {
      clearTimeout(timer)
      resolve()
    })
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}

/** Cuts a stream into messages by the length in their header (RFC 8489 § 6.2.2). */
class Cutter {
  readonly #give: (bytes: Buffer) => void
  #rest = Buffer.alloc(0)

  constructor(give: (bytes: Buffer) => void) {
    this.#give = give
  }

  add(piece: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, piece])
    while (this.#rest.length >= HEADER_BYTES) {
      const length = HEADER_BYTES + this.#rest.readUInt16BE(2)
      if (this.#rest.length < length) return
      const message = this.#rest.subarray(0, length)
      this.#rest = this.#rest.subarray(length)
      this.#give(message)
    }
  }
}
