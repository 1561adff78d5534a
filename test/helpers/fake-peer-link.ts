import type {
  PeerLink,
  PeerLinkListener,
  PeerLinkOptions,
} from '../../client/src/call/peer-link.ts'
import type { Signal } from '../../client/src/call/signal-order.ts'

const CANDIDATES = 5

/**
 * A peer link without a network: the offerer offers, the other answers, both trickle candidates,
 * and each is up once it has the other's description and every candidate, in the order sent.
 * A signal that comes twice, out of order or from another generation makes it throw.
 */
export class FakePeerLink {
  readonly received: string[] = []
  readonly tracks = new Map<string, unknown>()
  readonly options: PeerLinkOptions
  readonly sent: string[] = []
  suspicions = 0
  isClosed = false
  readonly #listener: PeerLinkListener
  readonly #isStuck: boolean

  /** @param isStuck - it says all that there is to say, and never comes up */
  constructor(options: PeerLinkOptions, listener: PeerLinkListener, isStuck = false) {
    this.#isStuck = isStuck
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
    if (!this.#isStuck && this.received.length === CANDIDATES + 1) this.#listener.onUp('host')
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
    this.sent.push(text)
    return !this.isClosed
  }

  /** As when the other side's window says something directly. */
  tell(text: string): void {
    this.#listener.onMessage(text)
  }

  /** As when packets stop and nothing has noticed yet. */
  fallSilent(): void {
    this.#listener.onSilent()
  }

  close(): void {
    this.isClosed = true
  }

  /** As when ICE gives up or the network is gone. */
  fail(): void {
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
    for (let n = 1; n <= CANDIDATES; n += 1) {
      this.#listener.onSignal({
        type: 'candidate',
        candidate: { candidate: `${type}-candidate-${String(n)}`, sdpMid: '0', sdpMLineIndex: 0 },
      })
    }
  }
}
