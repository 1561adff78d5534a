import {
  MAX_GENERATION,
  type CallId,
  type DurationMs,
  type Path,
  type Side,
  type SignalMessage,
} from '@naervaer/shared'
import { Generation, type GenerationOptions, type IceConfig } from './generation.ts'
import type { LocalMedia } from './local-media.ts'
import type { MakeLink, PeerLink } from './peer-link.ts'
import type { SideCarrier } from './side-line.ts'

/** How long the citizen's side waits for a first offer. */
const OFFER_WAIT_MS: DurationMs = 1_500

/** How often the citizen's side asks for a new offer. */
const ASK_INTERVAL_MS: DurationMs = 700

/** A short wait before a new attempt: most often the link is down because the call is ending. */
const REBUILD_DELAY_MS: DurationMs = 300

/** How long a generation may take to come up, longer with each that did not: the network may be slow. */
const PATIENCE_MS: DurationMs = 4_000
const PATIENCE_GROWTH = 1.5
const LONGEST_PATIENCE_MS: DurationMs = 15_000

/** The citizen's side lets the worker's notice first. */
const ANSWERER_EXTRA_MS: DurationMs = 1_000

/** After this many that did not come up, the next ones go through TURN only, then all ways again. */
const FAILURES_BEFORE_RELAY = 3

export interface TalkOptions {
  readonly call: CallId
  readonly side: Side
  /** The highest generation of before this page took part; what comes must be above it. */
  readonly generation: number
  /** The same for all generations, so that both sides know each other again; null makes new ones. */
  readonly certificate: Promise<RTCCertificate | null> | null
  readonly send: (message: SignalMessage) => void
  readonly fetchIceConfig: () => Promise<IceConfig>
  readonly loadLink: () => Promise<MakeLink>
  readonly onRemoteStream: (stream: MediaStream) => void
  readonly onLinked: (generation: number, path: Path) => void
  readonly onUnlinked: (generation: number) => void
  /** Nothing arrives from the other side: perhaps this window's own network is gone. */
  readonly onSilent: () => void
  /** A text of the other side's window; unchecked. */
  readonly onMessage: (text: string) => void
}

/**
 * This window's part in a call: brings the two together, generation after generation, until it is
 * closed. The worker's side begins every generation; the citizen's asks for one.
 *
 * It may begin while it still rings, without anything to send: `useMedia` follows the answer. A
 * generation that is given up is kept until the next one is up, so that nothing is torn down for a
 * false alarm.
 */
export class Talk implements SideCarrier {
  readonly #options: TalkOptions
  #highest: number
  #generation: Generation | null = null
  /** The one before, while the newest is not up. */
  #former: Generation | null = null
  /** The generation that is believed to be up; null while there is none. */
  #linked: { readonly number: number; readonly path: Path } | null = null
  /** Generations in a row that have never been up. */
  #failures = 0
  /** The last of them. */
  #failed = 0
  /** As what the server gave the newest generation its ways; null while it has not. */
  #ice: IceConfig | null = null
  #isAsking = false
  #media: LocalMedia | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #unsubscribe: () => void = () => undefined
  #isClosed = false

  constructor(options: TalkOptions) {
    this.#options = options
    this.#highest = options.generation
    if (options.side === 'worker') this.#begin(this.#highest + 1)
    else this.#askForOffer(options.generation > 0 ? 0 : OFFER_WAIT_MS)
  }

  /** What is sent to the other side from now on, in this and all later generations. */
  useMedia(media: LocalMedia): void {
    if (media === this.#media) return
    this.#media = media
    this.#unsubscribe()
    this.#unsubscribe = media.tracks.subscribe(() => {
      this.#applyTracks()
    })
    this.#applyTracks()
  }

  /** The connection to the server is back: says again whatever may have been lost. */
  resume(): void {
    this.#generation?.suspect()
    void this.#generation?.resume()
    this.tell()
    // The request for an offer may have been lost as well.
    if (this.#isAsking) this.#ask()
  }

  /** Tells anew whether the two are linked: the news may have been lost, or come too early. */
  tell(): void {
    if (this.#linked !== null) this.#options.onLinked(this.#linked.number, this.#linked.path)
    // A call counted as connected never ends by itself.
    else if (this.#highest > 0) this.#options.onUnlinked(this.#highest)
  }

  /** Whether sound and picture can flow at this moment, as far as this window knows. */
  get isLinked(): boolean {
    return this.#linked !== null
  }

  get link(): PeerLink | null {
    return this.#linked === null ? null : (this.#generation?.link ?? null)
  }

  get linkNumber(): number | null {
    return this.#linked?.number ?? null
  }

  /** Another generation, though this one is up: something that both want does not come through it. */
  renew(): void {
    if (this.#linked !== null && !this.#isClosed) this.#renewOrAsk(this.#linked.number)
  }

  /**
   * No address is to be shown any more: a generation that may go directly is replaced by one through TURN,
   * whether it is up or on its way. Without TURN there is nothing to replace it by.
   */
  hideAddress(): void {
    const mayBeDirect = this.#ice?.policy === 'all' && this.#ice.iceServers.length > 0
    if (mayBeDirect && !this.#isClosed) this.#renewOrAsk(this.#highest)
  }

  receive(message: SignalMessage): void {
    if (message.call !== this.#options.call) return
    switch (message.type) {
      case 'signal.description':
        this.#take(message.generation, message.seq, {
          type: 'description',
          description: message.description,
        })
        break
      case 'signal.candidate':
        this.#take(message.generation, message.seq, {
          type: 'candidate',
          candidate: message.candidate,
        })
        break
      case 'signal.ack':
        if (message.generation === this.#highest) this.#generation?.acknowledge(message.seq)
        break
      case 'signal.please':
        this.#onPlease(message.generation)
        break
    }
  }

  /** @returns whether the text could be sent to the other side's window */
  sendText(text: string): boolean {
    return this.#generation?.sendText(text) === true || this.#former?.sendText(text) === true
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#unsubscribe()
    this.#former?.close()
    this.#generation?.close()
    this.#former = null
    this.#generation = null
    this.#linked = null
  }

  #onPlease(number: number): void {
    if (this.#options.side !== 'worker') return
    if (number >= this.#highest) this.#renew(number)
    // The citizen's window is there, and has not heard of the newer one.
    else void this.#generation?.resume()
  }

  #take(number: number, seq: number, signal: Parameters<Generation['receive']>[0]['signal']): void {
    if (this.#options.side === 'citizen' && number > this.#highest) {
      // Given up by the other side before it came up: this one must not be less patient than that.
      if (this.#generation !== null) this.#countFailure(this.#generation)
      this.#lose()
      this.#begin(number)
    }
    if (number === this.#highest) this.#generation?.receive({ seq, signal })
  }

  #begin(number: number): void {
    // Whatever the other side wishes: beyond this the server would take us for a flood of nonsense.
    if (number > MAX_GENERATION) return
    clearTimeout(this.#timer)
    this.#isAsking = false
    this.#ice = null
    const given = this.#generation
    if (given?.path === null || given === null) given?.close()
    else {
      this.#former?.close()
      this.#former = given
    }
    this.#highest = number
    this.#generation = new Generation(this.#getGenerationOptions(number))
    this.#applyTracks()
    void this.#generation.resume()
  }

  #getGenerationOptions(number: number): GenerationOptions {
    const { call, side, send, loadLink, certificate, onMessage } = this.#options
    return {
      call,
      number,
      isOfferer: side === 'worker',
      patienceMs: this.#getPatience(),
      certificate,
      send,
      loadLink,
      fetchIceConfig: () => this.#fetchIceConfig(number),
      listener: {
        onFlowing: (stream) => {
          if (number === this.#highest) this.#options.onRemoteStream(stream)
        },
        onUp: (path) => {
          this.#onUp(number, path)
        },
        onSilent: () => {
          if (number === this.#highest) this.#onTrouble(number)
        },
        onLate: () => {
          if (number !== this.#highest) return
          if (this.#generation !== null) this.#countFailure(this.#generation)
          this.#onTrouble(number)
        },
        onDown: () => {
          this.#onDown(number)
        },
        onMessage,
      },
    }
  }

  /** Each counts once, however often it shows; one that had been up has not failed to come up. */
  #countFailure({ number, wasUp }: Generation): void {
    if (wasUp || number <= this.#failed) return
    this.#failed = number
    this.#failures += 1
  }

  #getPatience(): DurationMs {
    const patienceMs = PATIENCE_MS * PATIENCE_GROWTH ** this.#failures
    const extraMs = this.#options.side === 'citizen' ? ANSWERER_EXTRA_MS : 0
    return Math.min(patienceMs, LONGEST_PATIENCE_MS) + extraMs
  }

  async #fetchIceConfig(number: number): Promise<IceConfig> {
    const config = await this.#options.fetchIceConfig()
    if (number === this.#highest) this.#ice = config
    const isRelayTurn = Math.floor(this.#failures / FAILURES_BEFORE_RELAY) % 2 === 1
    const mayRelay = config.iceServers.length > 0
    return isRelayTurn && mayRelay ? { ...config, policy: 'relay' } : config
  }

  #onUp(number: number, path: Path): void {
    if (number !== this.#highest) return
    clearTimeout(this.#timer)
    this.#former?.close()
    this.#former = null
    this.#failures = 0
    this.#linked = { number, path }
    this.#options.onLinked(number, path)
  }

  #onDown(number: number): void {
    if (this.#former?.number === number) this.#former = null
    if (number !== this.#highest || this.#isClosed) return
    if (this.#generation !== null) this.#countFailure(this.#generation)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#onTrouble(number)
    }, REBUILD_DELAY_MS)
  }

  /** The newest generation is of no use: the next one is due. */
  #onTrouble(number: number): void {
    this.#options.onSilent()
    this.#renewOrAsk(number)
  }

  #renewOrAsk(number: number): void {
    if (this.#options.side === 'worker') {
      this.#renew(number)
    } else {
      this.#lose()
      this.#askForOffer(0)
    }
  }

  #renew(number: number): void {
    this.#lose()
    this.#begin(number + 1)
  }

  #lose(): void {
    if (this.#linked === null) return
    const { number } = this.#linked
    this.#linked = null
    this.#options.onUnlinked(number)
  }

  /** Asks until an offer above the present generation comes; `#begin` ends the asking. */
  #askForOffer(delayMs: DurationMs): void {
    clearTimeout(this.#timer)
    this.#isAsking = true
    this.#timer = setTimeout(() => {
      this.#ask()
      this.#askForOffer(ASK_INTERVAL_MS)
    }, delayMs)
  }

  #ask(): void {
    const { call, send } = this.#options
    send({ type: 'signal.please', call, generation: this.#highest })
  }

  #applyTracks(): void {
    if (this.#media === null) return
    const { audio, video, screen } = this.#media.tracks.value
    for (const generation of [this.#generation, this.#former]) {
      generation?.setTrack('audio', audio)
      generation?.setTrack('video', screen ?? video)
    }
  }
}
