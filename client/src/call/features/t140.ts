import { MAX_TEXT_BYTES, MISSING } from '../link/text-channel.ts'

/** Takes back the last character (T.140). Here a character is a code point of Unicode, on both sides. */
export const ERASE = '\b'
/** Begins a line; CR LF, which others may send, means the same (T.140). */
export const NEW_LINE = '\u2028'

/** What belongs to what stands before it: accents, skin colours, flags, joined emoji, half a code point. */
const CONTINUES = /^[\p{M}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cf}\p{Surrogate}]/u
const JOINER = '\u200D'

/** Whether text may be cut here without breaking what is seen as one character. */
const isCut = (text: string, index: number): boolean =>
  index === 0 ||
  index >= text.length ||
  (!CONTINUES.test(text.slice(index, index + 2)) && text[index - 1] !== JOINER)

/** The longest beginning of at most so many UTF-16 units in which no character is cut. */
export function cutToLength(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  let end = maxChars
  while (!isCut(text, end)) end -= 1
  if (end > 0) return text.slice(0, end)
  // A "character" without an end is none of any language; half a code point it must not be either.
  const isHalf = /^[\uDC00-\uDFFF]/.test(text.slice(maxChars))
  return text.slice(0, isHalf ? maxChars - 1 : maxChars)
}

/** The longest beginning that is one message (S-11). */
export function cutToMessage(text: string): string {
  // No UTF-16 unit needs more than three bytes, so what is short in units is short in bytes.
  let message = cutToLength(text, MAX_TEXT_BYTES)
  while (message.length * 3 > MAX_TEXT_BYTES && countBytes(message) > MAX_TEXT_BYTES) {
    message = cutToLength(message, Math.floor(message.length * 0.75))
  }
  return message
}

const countBytes = (text: string): number => new TextEncoder().encode(text).length

/** What makes a line that reads `before` read `after`: what is no longer there is taken back first. */
export function encodeChange(before: string, after: string): string {
  let same = 0
  while (same < before.length && before[same] === after[same]) same += 1
  while (!isCut(before, same) || !isCut(after, same)) same -= 1
  return ERASE.repeat(Array.from(before.slice(same)).length) + after.slice(same)
}

/** What can be written: one kind of line end, and nothing that steers a screen. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/[\0-\x09\x0B-\x1F\x7F-\x9F\uFEFF\p{Surrogate}]/gu, '')
}

type Mode = 'text' | 'escape' | 'sequence' | 'string'

/**
 * Reads T.140 as it arrives, in pieces of any length: what is left is text, `ERASE`, `NEW_LINE` and
 * `MISSING`. Bells, colours and whatever else a terminal could be told are left out.
 */
export class T140Reader {
  #mode: Mode = 'text'
  #isAfterReturn = false

  read(piece: string): string {
    let plain = ''
    for (const character of piece) plain += this.#take(character)
    return plain
  }

  #take(character: string): string {
    const isAfterReturn = this.#isAfterReturn
    this.#isAfterReturn = character === '\r'
    if (character === NEW_LINE || character === '\u2029' || character === '\r') return this.#end()
    if (character === '\n') return isAfterReturn ? '' : this.#end()
    switch (this.#mode) {
      case 'text':
        return this.#takeText(character)
      case 'escape':
        this.#mode = character === '[' ? 'sequence' : character === 'X' ? 'string' : 'text'
        return ''
      case 'sequence':
        if (/[@-~]/.test(character)) this.#mode = 'text'
        return ''
      case 'string':
        if (character === '\x9C') this.#mode = 'text'
        if (character === '\x1B') this.#mode = 'escape'
        return ''
    }
  }

  #takeText(character: string): string {
    if (character === ERASE || character === MISSING) return character
    if (character === '\x1B') this.#mode = 'escape'
    if (character === '\x9B') this.#mode = 'sequence'
    if (character === '\x98') this.#mode = 'string'
    return cleanText(character)
  }

  /** A new line also ends what somebody has begun to tell the screen and not finished. */
  #end(): string {
    this.#mode = 'text'
    return NEW_LINE
  }
}
