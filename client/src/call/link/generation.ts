import type {
  CallId,
  DurationMs,
  IceServer,
  MediaPolicy,
  Path,
  SignalMessage,
} from '@naervaer/shared'
import type { MakeLink, PeerLink, PeerLinkListener, TrackKind } from './peer-link.ts'
import { parseSideMessage, type SideMessage } from './side-message.ts'
import { SignalInbox, SignalOutbox, type NumberedSignal, type Signal } from './signal-order.ts'

/**
 * What is not acknowledged is sent again this often, besides after every reconnect: soon at first,
 * then every 2 s, because nobody may be there to hear it.
 */
const RESEND_DELAYS_MS: readonly DurationMs[] = [500, 500, 1_000]
const LONGEST_RESEND_MS: DurationMs = 2_000

/** How long until credentials, or the script, that could not be had are asked for again. */
const FETCH_RETRY_MS: DurationMs = 1_000

/**
 * The oldest first. Three of them, at worst within one second, are less than the 60 frames that the server
 * takes from one connection at once (FR8); later ones come no faster than it takes them for good.
 */
const RESEND_BATCH = 16

export interface IceConfig {
  readonly iceServers: readonly IceServer[]
  readonly policy: MediaPolicy
}

/** What all generations of a talk have in common. */
export interface GenerationSupplies {
  readonly call: CallId
  /** The same for all generations, so that both sides know each other again; null makes new ones. */
  readonly certificate: Promise<RTCCertificate | null> | null
  readonly send: (message: SignalMessage) => void
  /** Fresh for every generation, since TURN credentials run out. */
  readonly fetchIceConfig: () => Promise<IceConfig>
  /** What makes the link, whose script may still be on its way; tests give one without a network. */
  readonly loadLink: () => Promise<MakeLink>
}

export interface GenerationOptions extends GenerationSupplies {
  readonly number: number
  readonly isOfferer: boolean
  /** From when both sides know of this generation until it counts as failed. */
  readonly patienceMs: DurationMs
  readonly listener: GenerationListener
}

/** What a generation tells the talk it belongs to. After `onDown` or `close` it says nothing more. */
export interface GenerationListener {
  /** Something of the other side's can be seen or heard, or at least the connection is up. */
  onFlowing(stream: MediaStream): void
  onUp(path: Path): void
  /** It was up, and nothing arrives any more. */
  onSilent(): void
  /** Something arrives again. */
  onHeard(): void
  /** What `isMutual` and `isOneSided` say may have changed. */
  onHearing(): void
  /** Its patience has run out. */
  onLate(): void
  onDown(): void
  onMessage(text: string): void
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
  #wasUp = false
  /** Whether anything arrives here, and whether the other side knows that. */
  #isHearing = false
  #toldHearing: boolean | null = null
  /** Whether anything arrives there; null until the other side says so. */
  #isHeard: boolean | null = null
  #mayBeDirect = false
  #isStarting = false
  #isClosed = false
  #resends = 0
  #ackTimer: ReturnType<typeof setTimeout> | undefined
  #resendTimer: ReturnType<typeof setTimeout> | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #lateTimer: ReturnType<typeof setTimeout> | undefined

  constructor(options: GenerationOptions) {
    this.number = options.number
    this.#options = options
  }

  /** The path of the link while it is up, otherwise null. */
  get path(): Path | null {
    return this.#path
  }

  /** Whether it has ever been up, though it may be gone by now. */
  get wasUp(): boolean {
    return this.#wasUp
  }

  /** Both sides hear each other over it, and have said so. */
  get isMutual(): boolean {
    return this.#path !== null && this.#isHearing && this.#isHeard === true
  }

  /** It is up, and at one side nothing arrives. */
  get isOneSided(): boolean {
    return this.#path !== null && (!this.#isHearing || this.#isHeard === false)
  }

  /** Whether it may go past TURN, though there is one to go through. */
  get mayBeDirect(): boolean {
    return this.#mayBeDirect && !this.#isClosed
  }

  get link(): PeerLink | null {
    return this.#link
  }

  /** Makes the link, or, where there is one, says again what the other side has not acknowledged. */
  async resume(): Promise<void> {
    if (this.#link !== null) this.#resend()
    if (this.#link !== null || this.#isStarting || this.#isClosed) return
    this.#isStarting = true
    clearTimeout(this.#retryTimer)
    try {
      const { fetchIceConfig, loadLink, certificate } = this.#options
      const [ice, makeLink, own] = await Promise.all([fetchIceConfig(), loadLink(), certificate])
      this.#start(ice, makeLink, own)
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
    this.#acknowledgeSoon()
    this.#beLateUnlessUp()
  }

  acknowledge(seq: number): void {
    if (this.#isClosed) return
    const isNews = this.#outbox.acknowledge(seq)
    this.#beLateUnlessUp()
    if (!isNews || this.#resends === 0) return
    // The first were lost, so the rest was too: the other side is there only now.
    this.#resends = 0
    this.#resend()
    this.#resendLater()
  }

  setTrack(kind: TrackKind, track: MediaStreamTrack | null): void {
    this.#tracks.set(kind, track)
    this.#link?.setTrack(kind, track)
  }

  /** The network may have changed: a short silence is enough to be told of. */
  suspect(): void {
    this.#link?.suspect()
  }

  /** @returns whether the text could be sent to the other side's window */
  sendText(text: string): boolean {
    return this.#link?.send(text) === true
  }

  /** Tells the other side, over this very link, whether anything arrives here, unless it knows. */
  tellHearing(): void {
    if (this.#path === null || this.#toldHearing === this.#isHearing) return
    const message: SideMessage = { type: 'hears', isHearing: this.#isHearing }
    if (this.sendText(JSON.stringify(message))) this.#toldHearing = this.#isHearing
  }

  close(): void {
    this.#isClosed = true
    this.#path = null
    clearTimeout(this.#ackTimer)
    clearTimeout(this.#resendTimer)
    clearTimeout(this.#retryTimer)
    clearTimeout(this.#lateTimer)
    this.#link?.close()
  }

  /** No connection, or a server in trouble: `resume` comes with the connection, or soon by itself. */
  #retryLater(): void {
    if (this.#isClosed) return
    this.#retryTimer = setTimeout(() => void this.resume(), FETCH_RETRY_MS)
  }

  #start(ice: IceConfig, makeLink: MakeLink, certificate: RTCCertificate | null): void {
    if (this.#isClosed) return
    this.#mayBeDirect = ice.policy === 'all' && ice.iceServers.length > 0
    const { isOfferer } = this.#options
    const isRecovery = this.number > 1
    const link = makeLink({ isOfferer, certificate, isRecovery, ...ice }, this.#listener)
    this.#link = link
    for (const [kind, track] of this.#tracks) link.setTrack(kind, track)
    for (const signal of this.#early) link.receive(signal)
    this.#early = []
    this.#resendLater()
  }

  /** One for all that comes at once: acknowledgements are cumulative, and frames are counted. */
  #acknowledgeSoon(): void {
    this.#ackTimer ??= setTimeout(() => {
      this.#ackTimer = undefined
      this.#options.send({ type: 'signal.ack', ...this.#position(this.#inbox.appliedSeq) })
    }, 0)
  }

  /** Patience begins when both sides know: an offer into an outage may wait as long as that lasts. */
  #beLateUnlessUp(): void {
    if (this.#lateTimer !== undefined || this.#path !== null) return
    this.#lateTimer = setTimeout(() => {
      if (this.#path === null) this.#options.listener.onLate()
    }, this.#options.patienceMs)
  }

  readonly #listener: PeerLinkListener = {
    onSignal: (signal) => {
      this.#transmit(this.#outbox.add(signal))
    },
    onFlowing: () => {
      this.#tellFlowing()
    },
    onUp: (path) => {
      this.#path = path
      this.#wasUp = true
      this.#isHearing = true
      clearTimeout(this.#lateTimer)
      this.#tellFlowing()
      this.#options.listener.onUp(path)
    },
    onSilent: () => {
      this.#setHearing(false)
      this.#options.listener.onSilent()
    },
    onHeard: () => {
      this.#setHearing(true)
      this.#options.listener.onHeard()
    },
    onMessage: (text) => {
      const message = parseSideMessage(text)
      if (message?.type === 'hears') this.#setHeard(message.isHearing)
      else this.#options.listener.onMessage(text)
    },
    onDown: () => {
      this.close()
      this.#options.listener.onDown()
    },
  }

  #setHearing(isHearing: boolean): void {
    this.#isHearing = isHearing
    this.tellHearing()
    this.#options.listener.onHearing()
  }

  #setHeard(isHeard: boolean): void {
    this.#isHeard = isHeard
    // Who says so has to know the same of this side.
    this.tellHearing()
    this.#options.listener.onHearing()
  }

  #tellFlowing(): void {
    if (this.#link !== null) this.#options.listener.onFlowing(this.#link.remoteStream)
  }

  #resendLater(): void {
    clearTimeout(this.#resendTimer)
    if (this.#isClosed) return
    this.#resendTimer = setTimeout(() => {
      if (this.#outbox.unacknowledged.length > 0) {
        this.#resend()
        this.#resends += 1
      }
      this.#resendLater()
    }, RESEND_DELAYS_MS[this.#resends] ?? LONGEST_RESEND_MS)
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
