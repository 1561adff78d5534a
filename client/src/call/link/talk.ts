import { MAX_GENERATION, type DurationMs, type Path, type SignalMessage } from '@naervaer/shared'
import { Attempts } from './attempts.ts'
import { Generation, type GenerationOptions, type IceConfig } from './generation.ts'
import type { LocalMedia } from '../media/local-media.ts'
import type { PeerLink } from './peer-link.ts'
import type { SideCarrier } from './side-line.ts'
import type { TalkOptions } from './talk-options.ts'
import { toNumberedSignal, type NumberedSignal } from './signal-order.ts'

/** How long the citizen's side waits for a first offer. */
const OFFER_WAIT_MS: DurationMs = 1_500

/** How often the citizen's side asks for a new offer. */
const ASK_INTERVAL_MS: DurationMs = 700

/** A short wait before a new attempt: most often the link is down because the call is ending. */
const REBUILD_DELAY_MS: DurationMs = 300

/**
 * How long both sides must have heard each other again before what had been given up counts: longer than
 * the silence that would be noticed in between, and than a new generation takes where one can be made.
 */
const HEALED_AFTER_MS: DurationMs = 1_500

/** A generation that is up. */
export interface Linked {
  readonly number: number
  readonly path: Path
}

/**
 * This window's part in a call: brings the two together, generation after generation, until it is
 * closed. The worker's side begins every generation; the citizen's asks for one.
 *
 * It may begin while it still rings, without anything to send: `useMedia` follows the answer. A
 * generation that is given up is kept until the next one is up, so that nothing is torn down for a
 * false alarm; where both sides hear each other over it again before that, it is taken back (SI14).
 */
export class Talk implements SideCarrier {
  readonly #options: TalkOptions
  readonly #attempts: Attempts
  /** The highest number that either side has used. */
  #highest: number
  /** The newest that may still come up, or is up. */
  #generation: Generation | null = null
  /** The one before, while the newest is not up. */
  #former: Generation | null = null
  /** The generation that is believed to be up; null while there is none. */
  #linked: Linked | null = null
  /** Up to this number generations may show an address that is protected now: none of them is taken back. */
  #unhidden = 0
  #isAsking = false
  #media: LocalMedia | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #healTimer: ReturnType<typeof setTimeout> | undefined
  #unsubscribe: () => void = () => undefined
  #isClosed = false

  constructor(options: TalkOptions) {
    this.#options = options
    this.#attempts = new Attempts(options.side)
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
    this.#former?.suspect()
    void this.#generation?.resume()
    this.tell()
    // The request for an offer may have been lost as well.
    if (this.#isAsking) this.#ask()
  }

  /** Tells anew whether the two are linked: the news may have been lost, or come too early. */
  tell(): void {
    if (this.#linked !== null) this.#options.onLinked(this.#linked.number, this.#linked.path)
    // A call counted as connected never ends by itself. What may be taken back is told of under its number.
    else if (this.#highest > 0) this.#options.onUnlinked(this.#kept?.number ?? this.#highest)
  }

  /** Over which generation sound and picture can flow at this moment, as far as this window knows. */
  get linked(): Linked | null {
    return this.#linked
  }

  get link(): PeerLink | null {
    const { number } = this.#linked ?? {}
    if (number === undefined) return null
    const all = [this.#generation, this.#former]
    return all.find((generation) => generation?.number === number)?.link ?? null
  }

  get linkNumber(): number | null {
    return this.#linked?.number ?? null
  }

  /** Another generation, though this one is up: something that both want does not come through it. */
  renew(): void {
    if (this.#linked !== null && !this.#isClosed) this.#replace(this.#linked.number)
  }

  /**
   * No address is to be shown any more: a generation that may go directly is replaced by one through TURN,
   * whether it is up or on its way. Without TURN there is nothing to replace it by.
   */
  hideAddress(): void {
    const isShown = (generation: Generation | null) =>
      generation?.mayBeDirect === true && generation.number > this.#unhidden
    if (!isShown(this.#generation) && !isShown(this.#former)) return
    this.#unhidden = this.#highest
    this.#replace(this.#highest)
  }

  receive(message: SignalMessage): void {
    if (message.call !== this.#options.call) return
    switch (message.type) {
      case 'signal.description':
      case 'signal.candidate':
        this.#take(message.generation, toNumberedSignal(message))
        break
      case 'signal.ack':
        if (this.#isNewest(message.generation)) this.#generation?.acknowledge(message.seq)
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
    clearTimeout(this.#healTimer)
    this.#unsubscribe()
    this.#former?.close()
    this.#generation?.close()
    this.#former = null
    this.#generation = null
    this.#linked = null
  }

  #onPlease(number: number): void {
    if (this.#options.side !== 'worker') return
    if (number >= this.#highest) {
      // Both hear each other still: the citizen's side wants a better one, or is told of as gone by others.
      if (this.#kept?.isMutual === true) this.#replace(number)
      else this.#renew(number)
    }
    // The citizen's window is there, and has not heard of the newer one.
    else void this.#generation?.resume()
  }

  #take(number: number, signal: NumberedSignal): void {
    if (this.#options.side === 'citizen' && number > this.#highest) {
      // Given up by the other side before it came up: this one must not be less patient than that.
      if (this.#generation !== null) this.#attempts.countFailure(this.#generation)
      // What both hear each other over stays until the new one is up.
      if (this.#kept?.isMutual !== true) this.#lose()
      this.#begin(number)
    }
    if (this.#isNewest(number)) this.#generation?.receive(signal)
  }

  #begin(number: number): void {
    // Whatever the other side wishes: beyond this the server would take us for a flood of nonsense.
    if (number > MAX_GENERATION) return
    this.#stopAsking()
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
    this.#former?.tellHearing()
    this.#healSoon()
  }

  #getGenerationOptions(number: number): GenerationOptions {
    const { call, side, send, loadLink, certificate, onMessage } = this.#options
    return {
      call,
      number,
      isOfferer: side === 'worker',
      patienceMs: this.#attempts.patienceMs,
      certificate,
      send,
      loadLink,
      fetchIceConfig: () => this.#fetchIceConfig(),
      listener: {
        onFlowing: (stream) => {
          if (this.#isNewest(number)) this.#options.onRemoteStream(stream)
        },
        onUp: (path) => {
          this.#onUp(number, path)
        },
        onSilent: () => {
          if (this.#isNewest(number) || number === this.linkNumber) this.#onTrouble(number)
        },
        onHeard: () => {
          this.#options.onHeard()
        },
        onHearing: () => {
          if (number === this.#kept?.number) this.#onHearing(number)
        },
        onLate: () => {
          if (!this.#isNewest(number)) return
          if (this.#generation !== null) this.#attempts.countFailure(this.#generation)
          this.#onTrouble(number)
        },
        onDown: () => {
          this.#onDown(number)
        },
        onMessage,
      },
    }
  }

  async #fetchIceConfig(): Promise<IceConfig> {
    const config = await this.#options.fetchIceConfig()
    const mayRelay = config.iceServers.length > 0
    return this.#attempts.isRelayTurn && mayRelay ? { ...config, policy: 'relay' } : config
  }

  #onUp(number: number, path: Path): void {
    if (!this.#isNewest(number)) return
    this.#stopAsking()
    clearTimeout(this.#healTimer)
    this.#former?.close()
    this.#former = null
    this.#attempts.countSuccess()
    this.#linked = { number, path }
    this.#options.onLinked(number, path)
  }

  #onDown(number: number): void {
    if (this.#isClosed) return
    if (this.#former?.number === number) {
      this.#former = null
      // Most often because the other side has the newest up already, as this one will have in a moment.
      clearTimeout(this.#healTimer)
      this.#healTimer = setTimeout(() => {
        this.#lose(number)
      }, REBUILD_DELAY_MS)
    }
    if (!this.#isNewest(number)) return
    if (this.#generation !== null) this.#attempts.countFailure(this.#generation)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#onTrouble(number)
    }, REBUILD_DELAY_MS)
  }

  /** This generation is of no use: the next one is due, unless it is the one before that flows. */
  #onTrouble(number: number): void {
    const former = this.#former?.number
    if (former !== undefined && former !== number && former === this.linkNumber) {
      this.#goBack()
      return
    }
    this.#options.onSilent()
    // The one that is to replace it is on its way already.
    if (!this.#isNewest(number) && this.#generation !== null) this.#lose(number)
    else this.#renewOrAsk(this.#highest)
  }

  /** Begins another generation, while the present one is seen and heard until that is up. */
  #replace(number: number): void {
    if (this.#options.side === 'worker') {
      this.#begin(Math.max(number, this.#highest) + 1)
    } else {
      this.#kept?.tellHearing()
      this.#askForOffer(0)
    }
  }

  /** What was up once, and may be taken back until the newest is up. */
  get #kept(): Generation | null {
    const { path = null } = this.#generation ?? {}
    return path === null ? this.#former : this.#generation
  }

  /** Over what was up once, a side hears the other again, or does not. */
  #onHearing(number: number): void {
    if (this.#kept?.isOneSided === true) this.#lose(number)
    this.#healSoon()
  }

  #healSoon(): void {
    clearTimeout(this.#healTimer)
    if (this.#linked !== null || this.#kept?.isMutual !== true) return
    this.#healTimer = setTimeout(() => {
      this.#takeBack()
    }, HEALED_AFTER_MS)
  }

  #takeBack(): void {
    const generation = this.#kept
    const { path, link } = generation ?? { path: null, link: null }
    if (this.#linked !== null || generation?.isMutual !== true || path === null) return
    const { number } = generation
    if (number <= this.#unhidden) return
    // Nothing newer is on its way.
    if (this.#isAsking && generation === this.#former) this.#goBack()
    this.#stopAsking()
    this.#linked = { number, path }
    if (link !== null) this.#options.onRemoteStream(link.remoteStream)
    this.#options.onLinked(number, path)
  }

  /** The newest does not come up, and the one before it flows. */
  #goBack(): void {
    this.#generation?.close()
    this.#generation = this.#former
    this.#former = null
    const stream = this.#generation?.link?.remoteStream
    if (stream !== undefined) this.#options.onRemoteStream(stream)
  }

  #renewOrAsk(number: number): void {
    if (this.#options.side === 'worker') {
      this.#renew(number)
    } else {
      this.#lose()
      this.#askForOffer(0)
      this.#kept?.tellHearing()
      this.#healSoon()
    }
  }

  #renew(number: number): void {
    this.#lose()
    this.#begin(Math.max(number, this.#highest) + 1)
  }

  /** @param number - only if it is this one that is linked */
  #lose(number = this.linkNumber): void {
    if (this.#linked === null || this.#linked.number !== number) return
    this.#linked = null
    this.#options.onUnlinked(number)
  }

  #isNewest(number: number): boolean {
    return number === this.#generation?.number
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

  #stopAsking(): void {
    clearTimeout(this.#timer)
    this.#isAsking = false
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
