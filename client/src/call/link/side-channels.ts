import type { DurationMs } from '@naervaer/shared'
import { TextChannel } from './text-channel.ts'

/** Beats keep an otherwise quiet connection distinguishable from a dead one. */
const BEAT_INTERVAL_MS: DurationMs = 250

/** Negotiated in advance, so that they need no handshake of their own; both sides use the same. */
const BEAT_ID = 10
const CONTROL_ID = 12

/** Longer ones are not ours. */
const MAX_MESSAGE_CHARS = 4_096

/**
 * What the two windows of a call tell each other directly, beside sound and picture: beats, lost
 * without harm, short messages that arrive in order, and what the two people write.
 */
export class SideChannels {
  readonly #beats: RTCDataChannel
  readonly #control: RTCDataChannel
  readonly #timer: ReturnType<typeof setInterval>
  /** What the two people write to each other. */
  readonly text: TextChannel
  /** How many beats have come. */
  beats = 0

  /** @param onMessage - told each text of the other side's, unchecked */
  constructor(connection: RTCPeerConnection, onMessage: (text: string) => void) {
    this.#beats = connection.createDataChannel('beat', {
      negotiated: true,
      id: BEAT_ID,
      ordered: false,
      maxRetransmits: 0,
    })
    this.#control = connection.createDataChannel('control', { negotiated: true, id: CONTROL_ID })
    this.text = new TextChannel(connection)
    this.#beats.addEventListener('message', () => {
      this.beats += 1
    })
    this.#control.addEventListener('message', (event: MessageEvent<unknown>) => {
      const { data } = event
      if (typeof data === 'string' && data.length <= MAX_MESSAGE_CHARS) onMessage(data)
    })
    this.#timer = setInterval(() => {
      // What cannot leave would only arrive as a burst of old beats.
      if (this.#beats.readyState === 'open' && this.#beats.bufferedAmount === 0) {
        this.#beats.send('')
      }
    }, BEAT_INTERVAL_MS)
  }

  /** @returns whether it could be sent: not before the connection is up, nor after its end */
  send(text: string): boolean {
    if (this.#control.readyState !== 'open') return false
    this.#control.send(text)
    return true
  }

  onOpen(listener: () => void): void {
    this.#control.addEventListener('open', listener)
  }

  close(): void {
    clearInterval(this.#timer)
  }
}
