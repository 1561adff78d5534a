import { cutToLength, cutToMessage } from './t140.ts'

/** How much may wait for the other side, in UTF-16 units. */
const MAX_WAITING_CHARS = 16_384

/**
 * What has been written here and is not known to have arrived: it is sent again over the next peer
 * connection, so that a change of network loses nothing. What has arrived is forgotten at once.
 */
export class TextLog {
  /** Names this text: another window, also of the same person, writes another. */
  readonly name = makeName()
  /** Of the first unit that is kept, counted from the beginning of the call. */
  #start = 0
  #kept = ''
  /** Up to here it has been sent over the present peer connection. */
  #sent = 0

  /** How much more can be taken in, in UTF-16 units. */
  get room(): number {
    return MAX_WAITING_CHARS - this.#kept.length
  }

  get isEmpty(): boolean {
    return this.#kept === ''
  }

  /** Whether some of it has not been given to the present peer connection. */
  get hasUnsent(): boolean {
    return this.#start + this.#kept.length > this.#sent
  }

  /** @returns what there was room for */
  add(text: string): string {
    const taken = cutToLength(text, this.room)
    this.#kept += taken
    return taken
  }

  /** The other side has everything before this position. */
  confirm(position: number): void {
    if (position <= this.#start || position > this.#sent) return
    this.#kept = this.#kept.slice(position - this.#start)
    this.#start = position
  }

  /**
   * A new peer connection is there, and the other side says what it has.
   *
   * @param name - of the text that it knows; null if none
   * @returns the position of what is sent next
   */
  rewind(name: string | null, position: number): number {
    const end = this.#start + this.#kept.length
    const isKnown = name === this.name && position >= this.#start && position <= end
    this.#sent = isKnown ? position : this.#start
    this.confirm(this.#sent)
    return this.#sent
  }

  /** The next message; empty when all has been sent. */
  take(): string {
    const message = cutToMessage(this.#kept.slice(this.#sent - this.#start))
    this.#sent += message.length
    return message
  }

  clear(): void {
    this.#start += this.#kept.length
    this.#kept = ''
    this.#sent = this.#start
  }
}

function makeName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
