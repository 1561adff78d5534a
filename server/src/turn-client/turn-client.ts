import {
  ATTRIBUTES,
  decodeMessage,
  encodeMessage,
  encodePeer,
  isAnswer,
  isSuccess,
  makeLongTermKey,
  readAddress,
  readErrorCode,
  TYPES,
  type Attribute,
  type Endpoint,
  type StunMessage,
} from './stun-message.ts'
import { openWire, type TurnPlace, type Wire, type WireOptions } from './wire.ts'

/** A TURN user for a while. */
export interface TurnUser {
  readonly username: string
  readonly credential: string
}

/** What a TURN server said no to, by the number of its answer; 0 where it said nothing. */
export class TurnRefusal extends Error {
  override readonly name = 'TurnRefusal'
  readonly status: number

  constructor(status: number) {
    super(status === 0 ? 'no answer' : `refused with ${status}`)
    this.status = status
  }
}

/** A place on the relay that is ours for a while. */
export interface Allocation {
  /** Where others send to. */
  readonly relayed: Endpoint
  /** From where the server saw us. */
  readonly mapped: Endpoint | null
}

/** What kind of place on the relay is asked for. */
export interface Wish {
  /** Of the address that others send to; the server's own choice, IPv4, where it is left out. */
  readonly family?: keyof typeof FAMILIES
  /** How the relay reaches others; UDP where it is left out, as all media need it. */
  readonly transport?: keyof typeof PROTOCOLS
}

/** How soon a request over UDP is sent anew; doubled each time (RFC 8489 § 6.2.1). */
const FIRST_RETRY_MS = 250
/** Protocol numbers of IANA, as a request for a place names them (RFC 8656 § 18.7, RFC 6062 § 4.1). */
const PROTOCOLS = { udp: 17, tcp: 6 } as const
/** Families of addresses, as a request for a place names them (RFC 8656 § 18.6). */
const FAMILIES = { ipv4: 1, ipv6: 2 } as const
const UNAUTHENTICATED = 401
const STALE_NONCE = 438

/**
 * One end of TURN (RFC 8656) over UDP, TCP or TLS: for finding out whether a server does what it should,
 * and refuses what it should not.
 */
export class TurnClient {
  readonly #wire: Wire
  readonly #user: TurnUser
  readonly #timeoutMs: number
  readonly #waiting = new Map<string, (message: StunMessage | null) => void>()
  #realm = ''
  #nonce = Buffer.alloc(0)
  #key: Buffer | undefined
  #takeData: (data: Buffer, from: Endpoint | null) => void = () => undefined

  private constructor(wire: Wire, user: TurnUser, timeoutMs: number) {
    this.#wire = wire
    this.#user = user
    this.#timeoutMs = timeoutMs
    wire.onMessage((bytes) => this.#take(bytes))
  }

  /** @throws Error where nobody listens there */
  static async connect(place: TurnPlace, user: TurnUser, options: WireOptions) {
    return new TurnClient(await openWire(place, options), user, options.timeoutMs)
  }

  /** @throws TurnRefusal with 440 where the server has no address of the family, 442 where it does not relay so */
  async allocate({ family, transport = 'udp' }: Wish = {}): Promise<Allocation> {
    const wish: Attribute[] = [
      [ATTRIBUTES.requestedTransport, Buffer.from([PROTOCOLS[transport], 0, 0, 0])],
    ]
    if (family !== undefined) {
      wish.push([ATTRIBUTES.requestedAddressFamily, Buffer.from([FAMILIES[family], 0, 0, 0])])
    }
    const answer = await this.#ask(TYPES.allocate, () => wish)
    const relayed = readAddress(answer, ATTRIBUTES.xorRelayedAddress)
    if (relayed === null) throw new TurnRefusal(0)
    return { relayed, mapped: readAddress(answer, ATTRIBUTES.xorMappedAddress) }
  }

  /**
   * Asks to relay from and to an address.
   *
   * @throws TurnRefusal with 403 where the server relays nothing to there
   */
  async permit(address: string, port = 1): Promise<void> {
    await this.#ask(TYPES.createPermission, (id) => [
      [ATTRIBUTES.xorPeerAddress, encodePeer({ address, port }, id)],
    ])
  }

  /** Sends through the relay, to where it has been permitted. */
  send(peer: Endpoint, data: Buffer): void {
    const { bytes } = encodeMessage(TYPES.sendIndication, (id) => [
      [ATTRIBUTES.xorPeerAddress, encodePeer(peer, id)],
      [ATTRIBUTES.data, data],
    ])
    this.#wire.send(bytes)
  }

  /** Called with what comes through the relay. */
  onData(take: (data: Buffer, from: Endpoint | null) => void): void {
    this.#takeData = take
  }

  /** Gives the place on the relay back and closes, whether or not the server answers any more. */
  async close(): Promise<void> {
    const none = Buffer.alloc(4)
    await this.#ask(TYPES.refresh, () => [[ATTRIBUTES.lifetime, none]]).catch(() => undefined)
    this.#wire.onMessage(() => undefined)
    this.#wire.close()
  }

  /** Asks, with the server's nonce where it has said one (RFC 8489 § 9.2). */
  async #ask(type: number, list: (id: Buffer) => readonly Attribute[]): Promise<StunMessage> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#exchange(type, list)
      if (answer === null) throw new TurnRefusal(0)
      if (isSuccess(answer)) return answer
      const status = readErrorCode(answer)
      const isFirst = status === UNAUTHENTICATED && this.#key === undefined
      if (attempt > 1 || !(isFirst || status === STALE_NONCE)) throw new TurnRefusal(status)
      this.#realm = answer.attributes.get(ATTRIBUTES.realm)?.toString() ?? this.#realm
      this.#nonce = Buffer.from(answer.attributes.get(ATTRIBUTES.nonce) ?? '')
      this.#key = makeLongTermKey(this.#user.username, this.#realm, this.#user.credential)
    }
  }

  #exchange(type: number, list: (id: Buffer) => readonly Attribute[]): Promise<StunMessage | null> {
    const signed = (id: Buffer): readonly Attribute[] =>
      this.#key === undefined
        ? list(id)
        : [
            ...list(id),
            [ATTRIBUTES.username, Buffer.from(this.#user.username)],
            [ATTRIBUTES.realm, Buffer.from(this.#realm)],
            [ATTRIBUTES.nonce, this.#nonce],
          ]
    const { id, bytes } = encodeMessage(type, signed, this.#key)
    const name = id.toString('hex')
    return new Promise((resolve) => {
      let retry: NodeJS.Timeout | undefined
      const end = (message: StunMessage | null) => {
        clearTimeout(limit)
        clearTimeout(retry)
        this.#waiting.delete(name)
        resolve(message)
      }
      const limit = setTimeout(() => end(null), this.#timeoutMs)
      this.#waiting.set(name, end)
      const send = (againMs: number) => {
        this.#wire.send(bytes)
        if (this.#wire.kind === 'udp') retry = setTimeout(() => send(againMs * 2), againMs)
      }
      send(FIRST_RETRY_MS)
    })
  }

  #take(bytes: Buffer | null): void {
    if (bytes === null) {
      for (const end of [...this.#waiting.values()]) end(null)
      return
    }
    const message = decodeMessage(bytes)
    if (message === null) return
    if (message.type === TYPES.dataIndication) {
      const data = message.attributes.get(ATTRIBUTES.data)
      if (data !== undefined) this.#takeData(data, readAddress(message, ATTRIBUTES.xorPeerAddress))
    } else if (isAnswer(message)) {
      this.#waiting.get(message.id.toString('hex'))?.(message)
    }
  }
}
