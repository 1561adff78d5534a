/** Negotiated in advance, as the others are; both sides use the same. */
const TEXT_ID = 14

/** S-11: longer messages are not ours. In bytes of UTF-8. */
export const MAX_TEXT_BYTES = 4_096

/** What came before anybody could read it, in UTF-16 units: more than our own side leaves unconfirmed. */
const MAX_EARLY_CHARS = 32_768

/** What waits to leave, in bytes: more would only make the text late. */
const MAX_WAITING_BYTES = 65_536

/** T.140's mark for text that got lost (T.140 Addendum 1). */
export const MISSING = '\uFFFD'

/**
 * The channel for real-time text of one peer connection: T.140 in UTF-8, complete and in order, under
 * the subprotocol `t140` (RFC 8865). It is closed with the connection, and nothing of it is kept.
 */
export class TextChannel {
  readonly #channel: RTCDataChannel
  #listener: ((text: string) => void) | null = null
  #early = ''

  constructor(connection: RTCPeerConnection) {
    this.#channel = connection.createDataChannel('text', {
      negotiated: true,
      id: TEXT_ID,
      ordered: true,
      protocol: 't140',
    })
    this.#channel.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.#receive(isOurs(event.data) ? event.data : MISSING)
    })
  }

  /** Whether text can leave at this moment. */
  get isFree(): boolean {
    return this.#channel.readyState === 'open' && this.#channel.bufferedAmount < MAX_WAITING_BYTES
  }

  /** @param text - at most `MAX_TEXT_BYTES`; to be called while it is free */
  send(text: string): void {
    this.#channel.send(text)
  }

  /** From now on the listener is told all text, beginning with what has come already. */
  read(listener: (text: string) => void): void {
    this.#listener = listener
    const early = this.#early
    this.#early = ''
    if (early !== '') listener(early)
  }

  #receive(text: string): void {
    if (this.#listener !== null) this.#listener(text)
    else if (this.#early.length + text.length <= MAX_EARLY_CHARS) this.#early += text
    else if (!this.#early.endsWith(MISSING)) this.#early += MISSING
  }
}

function isOurs(data: unknown): data is string {
  if (typeof data !== 'string' || data.length > MAX_TEXT_BYTES) return false
  return new TextEncoder().encode(data).length <= MAX_TEXT_BYTES
}
