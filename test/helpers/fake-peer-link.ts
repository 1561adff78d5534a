import type {
  PeerLink,
  PeerLinkListener,
  PeerLinkOptions,
} from '../../client/src/call/link/peer-link.ts'
import type { Signal } from '../../client/src/call/link/signal-order.ts'

/** How long after the last packet ICE gives up, and simple-peer with it. */
const FAILS_AFTER_MS = 15_000

const nothing = () => undefined

/** What a test decides about the links it has made. */
export interface FakeLinkOptions {
  /** How many addresses each side has to tell of: a laptop at its desk has some two dozen. */
  readonly candidates?: number
  /** It says all that there is to say, and never comes up. */
  readonly isStuck?: boolean
  /** Hands a text to the other side's link. */
  readonly deliver?: (text: string) => void
  /** Tells the other side's link that this one has been closed. */
  readonly sayGoodbye?: () => void
}

/**
 * A peer link without a network: the offerer offers, the other answers, both trickle candidates,
 * and each is up once it has the other's description and every candidate, in the order sent.
 * A signal that comes twice, out of order or from another generation makes it throw.
 *
 * What falls silent fails late, as ICE does, unless it is heard again before.
 */
export class FakePeerLink {
  readonly received: string[] = []
  readonly tracks = new Map<string, unknown>()
  readonly options: PeerLinkOptions
  readonly sent: string[] = []
  suspicions = 0
  isClosed = false
  readonly #listener: PeerLinkListener
  readonly #fake: Required<FakeLinkOptions>
  #failTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: PeerLinkOptions, listener: PeerLinkListener, fake: FakeLinkOptions = {}) {
    this.#fake = { candidates: 5, isStuck: false, deliver: nothing, sayGoodbye: nothing, ...fake }
    this.options = options
    this.#listener = listener
    if (options.isOfferer)
      queueMicrotask(() => {
        this.#describe('offer')
      })
  }

  /** As the real link, for a `Talk` that knows no difference. */
  asPeerLink(): PeerLink {
    return this as unknown as PeerLink
  }

  readonly remoteStream = {}

  setTrack(kind: string, track: unknown): void {
    this.tracks.set(kind, track)
  }

  receive(signal: Signal): void {
    const name = signal.type === 'description' ? signal.description.sdp : signal.candidate.candidate
    if (name !== this.#expected()) throw new Error(`got ${name}, expected ${this.#expected()}`)
    this.received.push(name)
    if (name === 'offer') this.#describe('answer')
    const isComplete = this.received.length === this.#fake.candidates + 1
    if (!this.#fake.isStuck && isComplete) this.#listener.onUp('host')
  }

  suspect(): void {
    this.suspicions += 1
  }

  getSender(): null {
    return null
  }

  readStats(): Promise<null> {
    return Promise.resolve(null)
  }

  readSoundLevel(): null {
    return null
  }

  send(text: string): boolean {
    if (this.isClosed) return false
    this.sent.push(text)
    this.#fake.deliver(text)
    return true
  }

  /** As when the other side has sent a text. */
  hear(text: string): void {
    if (!this.isClosed) this.#listener.onMessage(text)
  }

  /** As when the other side's window says something directly. */
  tell(text: string): void {
    this.#listener.onMessage(text)
  }

  /** As when packets stop and nothing has noticed yet. */
  fallSilent(): void {
    clearTimeout(this.#failTimer)
    this.#failTimer = setTimeout(() => {
      this.fail()
    }, FAILS_AFTER_MS)
    this.#listener.onSilent()
  }

  /** As when packets come again before ICE has given up. */
  hearAgain(): void {
    clearTimeout(this.#failTimer)
    if (!this.isClosed) this.#listener.onHeard()
  }

  close(): void {
    clearTimeout(this.#failTimer)
    if (this.isClosed) return
    this.isClosed = true
    this.#fake.sayGoodbye()
  }

  /** As when ICE gives up or the network is gone. */
  fail(): void {
    clearTimeout(this.#failTimer)
    if (this.isClosed) return
    this.isClosed = true
    this.#listener.onDown()
  }

  #expected(): string {
    const description = this.options.isOfferer ? 'answer' : 'offer'
    const count = this.received.length
    return count === 0 ? description : `${description}-candidate-${String(count)}`
  }

  #describe(type: 'offer' | 'answer'): void {
    if (this.isClosed) return
    this.#listener.onSignal({ type: 'description', description: { type, sdp: type } })
    for (let n = 1; n <= this.#fake.candidates; n += 1) {
      this.#listener.onSignal({
        type: 'candidate',
        candidate: { candidate: `${type}-candidate-${String(n)}`, sdpMid: '0', sdpMLineIndex: 0 },
      })
    }
  }
}
