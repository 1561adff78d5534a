import { MISSING } from '../call/link/text-channel.ts'
import type { TextLine } from '../call/features/text-lines.ts'

/** A piece of the other's text that is to be read aloud. */
export interface Spoken {
  readonly words: string
  /** It begins a line, so it should be said whose it is. */
  readonly isFirst: boolean
}

/**
 * Turns text that grows letter by letter into words for a screen reader (EN 301 549 § 6.2.2): a word is
 * told when it is finished, and again when it has been corrected.
 */
export class WordVoice {
  /** Of the line that is being written: as far as it has been told. */
  #told = ''
  #lastId = 0

  /** @param isPaused - nothing more is coming for now, so a word that has been begun is told as well */
  take(lines: readonly TextLine[], current: string, isPaused: boolean): Spoken[] {
    const spoken: Spoken[] = []
    for (const { id, party, text } of lines) {
      if (id <= this.#lastId) continue
      this.#lastId = id
      if (party === 'own') continue
      spoken.push(...this.#tell(text, text.length))
      this.#told = ''
    }
    const end = isPaused ? current.length : findLastEnd(current)
    return [...spoken, ...this.#tell(current, end)]
  }

  #tell(text: string, end: number): Spoken[] {
    const same = countSame(this.#told, text)
    if (same === this.#told.length && end <= same) return []
    const start = findLastEnd(text.slice(0, same))
    const words = text.slice(start, end).trim()
    const isFirst = this.#told === ''
    this.#told = text.slice(0, Math.max(start, end))
    return words === '' ? [] : [{ words, isFirst }]
  }
}

/** Where the last finished word ends: after the last space, or before lost text. */
function findLastEnd(text: string): number {
  return Math.max(text.search(/\s\S*$/) + 1, text.endsWith(MISSING) ? text.length : 0)
}

function countSame(one: string, other: string): number {
  let count = 0
  while (count < one.length && one[count] === other[count]) count += 1
  return count
}
