import {
  MAX_GENERATION,
  type CallId,
  type Path,
  type Side,
  type SignalMessage,
} from '@naervaer/shared'
import { Generation, type GenerationOptions, type IceConfig } from './generation.ts'
import type { LocalMedia } from './local-media.ts'
import type { MakeLink } from './peer-link.ts'

/** How long the citizen's side waits for a first offer, and between its requests for one. */
const OFFER_WAIT_MS = 2_000

/** A short wait before a new attempt: most often the link is down because the call is ending. */
const REBUILD_DELAY_MS = 300

export interface TalkOptions {
  readonly call: CallId
  readonly side: Side
  /** The highest generation of before this page took part; what comes must be above it. */
  readonly generation: number
  readonly media: LocalMedia
  readonly send: (message: SignalMessage) => void
  readonly fetchIceConfig: () => Promise<IceConfig>
  readonly loadLink: () => Promise<MakeLink>
  readonly onRemoteStream: (stream: MediaStream) => void
  readonly onLinked: (generation: number, path: Path) => void
  readonly onUnlinked: (generation: number) => void
}

/**
 * This window's part in an answered call: brings the two together, generation after generation,
 * until it is closed. The worker's side begins every generation; the citizen's asks for one.
 */
export class Talk {
  readonly #options: TalkOptions
  #highest: number
  #generation: Generation | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #unsubscribe: () => void

  constructor(options: TalkOptions) {
    this.#options = options
    this.#highest = options.generation
    this.#unsubscribe = options.media.tracks.subscribe(() => {
      this.#applyTracks()
    })
    if (options.side === 'worker') this.#begin(this.#highest + 1)
    else this.#askForOffer(options.generation > 0 ? 0 : OFFER_WAIT_MS)
  }

  /** The connection to the server is back: says again whatever may have been lost. */
  resume(): void {
    const generation = this.#generation
    void generation?.resume()
    const path = generation?.path ?? null
    if (path !== null) this.#options.onLinked(this.#highest, path)
    // The news of the loss may have been lost itself, and a call counted as connected never ends.
    else if (this.#highest > 0) this.#options.onUnlinked(this.#highest)
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
        if (this.#options.side === 'worker' && message.generation >= this.#highest) {
          this.#begin(message.generation + 1)
        }
        break
    }
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#unsubscribe()
    this.#generation?.close()
    this.#generation = null
  }

  #take(number: number, seq: number, signal: Parameters<Generation['receive']>[0]['signal']): void {
    if (this.#options.side === 'citizen' && number > this.#highest) this.#begin(number)
    if (number === this.#highest) this.#generation?.receive({ seq, signal })
  }

  #begin(number: number): void {
    // Whatever the other side wishes: beyond this the server would take us for a flood of nonsense.
    if (number > MAX_GENERATION) return
    clearTimeout(this.#timer)
    this.#generation?.close()
    this.#highest = number
    this.#generation = new Generation(this.#getGenerationOptions(number))
    this.#applyTracks()
    void this.#generation.resume()
  }

  #getGenerationOptions(number: number): GenerationOptions {
    const { call, side, send, fetchIceConfig, loadLink, onRemoteStream } = this.#options
    return {
      call,
      number,
      isOfferer: side === 'worker',
      send,
      fetchIceConfig,
      loadLink,
      onRemoteStream,
      onUp: (path) => {
        this.#options.onLinked(number, path)
      },
      onDown: () => {
        this.#onDown(number)
      },
    }
  }

  #onDown(number: number): void {
    if (number !== this.#highest) return
    this.#timer = setTimeout(() => {
      this.#options.onUnlinked(number)
      if (this.#options.side === 'worker') this.#begin(number + 1)
      else this.#askForOffer(0)
    }, REBUILD_DELAY_MS)
  }

  /** Asks until an offer above the present generation comes; `#begin` ends the asking. */
  #askForOffer(delayMs: number): void {
    this.#timer = setTimeout(() => {
      const { call, send } = this.#options
      send({ type: 'signal.please', call, generation: this.#highest })
      this.#askForOffer(OFFER_WAIT_MS)
    }, delayMs)
  }

  #applyTracks(): void {
    const { audio, video } = this.#options.media.tracks.value
    this.#generation?.setTrack('audio', audio)
    this.#generation?.setTrack('video', video)
  }
}
