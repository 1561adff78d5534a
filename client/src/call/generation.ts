import type { CallId, MediaPolicy, IceServer, Path, SignalMessage } from '@naervaer/shared'
import type { MakeLink, PeerLink, PeerLinkListener, TrackKind } from './peer-link.ts'
import { SignalInbox, SignalOutbox, type NumberedSignal, type Signal } from './signal-order.ts'

/** What is not acknowledged is sent again this often, besides after every reconnect. */
const RESEND_INTERVAL_MS = 2_000

/** How long until credentials, or the script, that could not be had are asked for again. */
const FETCH_RETRY_MS = 2_000

/** The oldest first, and well below what the server lets one connection send in that time. */
const RESEND_BATCH = 16

export interface IceConfig {
  readonly iceServers: readonly IceServer[]
  readonly policy: MediaPolicy
}

export interface GenerationOptions {
  readonly call: CallId
  readonly number: number
  readonly isOfferer: boolean
  readonly send: (message: SignalMessage) => void
  /** Fresh for every generation, since TURN credentials run out. */
  readonly fetchIceConfig: () => Promise<IceConfig>
  /** What makes the link, whose script may still be on its way; tests give one without a network. */
  readonly loadLink: () => Promise<MakeLink>
  readonly onRemoteStream: (stream: MediaStream) => void
  readonly onUp: (path: Path) => void
  readonly onDown: () => void
}

/**
 * One numbered attempt at a peer connection: the link, and the signals that belong to it and to
 * no other. Signals may be lost, doubled or late; each is applied once, in order.
 */
export class Generation {
  readonly number: number
  readonly #options: GenerationOptions
  readonly #inbox = new SignalInbox()
  readonly #outbox = new SignalOutbox()
  readonly #tracks = new Map<TrackKind, MediaStreamTrack | null>()
  /** Signals that came before the link could be made. */
  #early: Signal[] = []
  #link: PeerLink | null = null
  #path: Path | null = null
  #isStarting = false
  #isClosed = false
  #resendTimer: ReturnType<typeof setInterval> | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: GenerationOptions) {
    this.number = options.number
    this.#options = options
  }

  /** The path of the link while it is up, otherwise null. */
  get path(): Path | null {
    return this.#path
  }

  /** Makes the link, or, where there is one, says again what the other side has not acknowledged. */
  async resume(): Promise<void> {
    if (this.#link !== null) this.#resend()
    if (this.#link !== null || this.#isStarting || this.#isClosed) return
    this.#isStarting = true
    clearTimeout(this.#retryTimer)
    try {
      const { fetchIceConfig, loadLink } = this.#options
      const [ice, makeLink] = await Promise.all([fetchIceConfig(), loadLink()])
      this.#start(ice, makeLink)
    } catch {
      this.#retryLater()
    } finally {
      this.#isStarting = false
    }
  }

  receive(numbered: NumberedSignal): void {
    if (this.#isClosed) return
    for (const signal of this.#inbox.receive(numbered)) {
      if (this.#link === null) this.#early.push(signal)
      else this.#link.receive(signal)
    }
    if (this.#inbox.appliedSeq < 0) return
    this.#options.send({ type: 'signal.ack', ...this.#position(this.#inbox.appliedSeq) })
  }

  acknowledge(seq: number): void {
    this.#outbox.acknowledge(seq)
  }

  setTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#tracks.set(kind, track)
    this.#link?.setTrack(kind, track)
  }

  close(): void {
    this.#isClosed = true
    this.#path = null
    clearInterval(this.#resendTimer)
    clearTimeout(this.#retryTimer)
    this.#link?.close()
  }

  /** No connection, or a server in trouble: `resume` comes with the connection, or soon by itself. */
  #retryLater(): void {
    if (this.#isClosed) return
    this.#retryTimer = setTimeout(() => void this.resume(), FETCH_RETRY_MS)
  }

  #start(ice: IceConfig, makeLink: MakeLink): void {
    if (this.#isClosed) return
    const link = makeLink({ isOfferer: this.#options.isOfferer, ...ice }, this.#listener)
    this.#link = link
    for (const [kind, track] of this.#tracks) link.setTrack(kind, track)
    for (const signal of this.#early) link.receive(signal)
    this.#early = []
    this.#options.onRemoteStream(link.remoteStream)
    this.#resendTimer = setInterval(() => {
      this.#resend()
    }, RESEND_INTERVAL_MS)
  }

  readonly #listener: PeerLinkListener = {
    onSignal: (signal) => {
      this.#transmit(this.#outbox.add(signal))
    },
    onUp: (path) => {
      this.#path = path
      this.#options.onUp(path)
    },
    onDown: () => {
      this.close()
      this.#options.onDown()
    },
  }

  #resend(): void {
    for (const numbered of this.#outbox.unacknowledged.slice(0, RESEND_BATCH)) {
      this.#transmit(numbered)
    }
  }

  #transmit({ seq, signal }: NumberedSignal): void {
    const position = this.#position(seq)
    this.#options.send(
      signal.type === 'description'
        ? { type: 'signal.description', ...position, description: signal.description }
        : { type: 'signal.candidate', ...position, candidate: signal.candidate },
    )
  }

  #position(seq: number) {
    return { call: this.#options.call, generation: this.number, seq }
  }
}
