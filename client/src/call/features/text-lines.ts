import { MISSING } from '../link/text-channel.ts'
import { ERASE, NEW_LINE } from './t140.ts'

/** How long a line may be, in UTF-16 units: what is longer goes on in the next. */
export const MAX_LINE_CHARS = 4_000

/** How much stays on the screen, in UTF-16 units: of what is more, the oldest goes. */
const MAX_SHOWN_CHARS = 50_000

export interface TextLine {
  /** Stays the same while the line is on the screen. */
  readonly id: number
  readonly party: 'own' | 'other'
  readonly text: string
}

/** What both have written, line by line, in the order in which the lines were finished. */
export class TextLines {
  /** The finished ones, the oldest first; replaced with every change. */
  finished: readonly TextLine[] = []
  /** What the other has written since. */
  other = ''
  #nextId = 1

  finish(party: TextLine['party'], text: string): void {
    if (text === '') return
    const lines = [...this.finished, { id: this.#nextId, party, text }]
    this.#nextId += 1
    let length = lines.reduce((sum, line) => sum + line.text.length, 0)
    while (length > MAX_SHOWN_CHARS) length -= lines.shift()?.text.length ?? length
    this.finished = lines
  }

  /** @param text - the other's, as `T140Reader` leaves it */
  receive(text: string): void {
    for (const character of text) {
      if (character === NEW_LINE) this.#finishOther()
      else if (character === ERASE) this.#erase()
      // What is missing twice is missing once.
      else if (character !== MISSING || !this.other.endsWith(MISSING)) this.other += character
      if (this.other.length >= MAX_LINE_CHARS) this.#finishOther()
    }
  }

  clear(): void {
    this.finished = []
    this.other = ''
  }

  /** Something of the other's was lost, and what comes now is not what follows: a line of its own. */
  markMissing(): void {
    this.receive(MISSING)
    this.#finishOther()
  }

  #finishOther(): void {
    this.finish('other', this.other)
    this.other = ''
  }

  /** At the beginning of a line it takes back the new line (T.140); what was lost cannot be taken back. */
  #erase(): void {
    if (this.other.endsWith(MISSING)) return
    if (this.other !== '') {
      this.other = Array.from(this.other).slice(0, -1).join('')
      return
    }
    const last = this.finished.findLast(({ party }) => party === 'other')
    if (last === undefined || last.text.endsWith(MISSING)) return
    this.finished = this.finished.filter((line) => line !== last)
    this.other = last.text
  }
}
