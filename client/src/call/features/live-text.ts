import type { DurationMs } from '@naervaer/shared'
import { Store } from '../../services/store.ts'
import type { TextChannel } from '../link/text-channel.ts'
import type { SideMessageOf } from '../link/side-message.ts'
import type { Feature, FeatureContext } from './features.ts'
import { cleanText, cutToLength, encodeChange, NEW_LINE, T140Reader } from './t140.ts'
import { MAX_LINE_CHARS, TextLines, type TextLine } from './text-lines.ts'
import { TextLog } from './text-log.ts'

/** How long what is typed waits for more: EN 301 549 § 6.2.4 asks for 500 ms, T.140 for 300 at most. */
export const SEND_AFTER_MS: DurationMs = 100

/** How long after the last of it the other still counts as writing. */
const WRITING_MS: DurationMs = 3_000

/** How long what has arrived waits until it is confirmed. */
const CONFIRM_AFTER_MS: DurationMs = 1_000

/** How often the other side is asked to go on, until it does. */
const ASK_INTERVAL_MS: DurationMs = 1_000

/** How long the own text may stay here, though the two are linked, before it is said. */
const HELD_AFTER_MS: DurationMs = 1_000

/** What the two have written. It lives as long as the call, in this window's memory and nowhere else. */
export interface LiveTextState {
  /** The finished lines of both, the oldest first. */
  readonly lines: readonly TextLine[]
  /** The line that is being written here. */
  readonly own: string
  /** The line that the other is writing. */
  readonly other: string
  /** The other is writing at this moment. */
  readonly isOtherWriting: boolean
  /** Some of the own text has not left, because the connection is away. */
  readonly isWaiting: boolean
  /** The same for some time, though the two are linked: the other side has not said that it can take it. */
  readonly isHeld: boolean
  /** There was no room for all that was put in last. */
  readonly isFull: boolean
  /** The other has written something since the text was last on the screen here. */
  readonly hasNews: boolean
}

const NOTHING: LiveTextState = {
  lines: [],
  own: '',
  other: '',
  isOtherWriting: false,
  isWaiting: false,
  isHeld: false,
  isFull: false,
  hasNews: false,
}

/**
 * Real-time text beside sound and picture (EN 301 549 § 6.2): each sees what the other writes while it
 * is written. It goes as T.140 over the `t140` channel of the peer connection that is up (RFC 8865).
 *
 * Each side counts what it has got. Over a new peer connection it says how far it has come, and the
 * other goes on from there; what cannot be had any more is marked as missing.
 */
export class LiveText implements Feature {
  readonly state = new Store<LiveTextState>(NOTHING)
  readonly #line: FeatureContext['line']
  readonly #log = new TextLog()
  readonly #lines = new TextLines()
  readonly #reader = new T140Reader()
  #own = ''
  #isStarted = false
  #isOpen = false
  /** The generation in use, and its channel. */
  #number = 0
  #channel: TextChannel | null = null
  /** Over this generation: the other has said where it goes on, and been told where this side does. */
  #isReading = false
  #sendsFrom: number | null = null
  /** What the other has asked over a generation that is not up here yet. */
  #asked: SideMessageOf<'text-have'> | null = null
  /** Whose text has been received, and how much of it, in UTF-16 units. */
  #theirs: { readonly name: string; count: number } | null = null
  #sendTimer: ReturnType<typeof setTimeout> | undefined
  #writingTimer: ReturnType<typeof setTimeout> | undefined
  #sayTimer: ReturnType<typeof setTimeout> | undefined
  #heldTimer: ReturnType<typeof setTimeout> | undefined
  #isHeldLong = false

  constructor({ line }: Pick<FeatureContext, 'line'>) {
    this.#line = line
    line.on('text-have', (message) => {
      this.#onHave(message)
    })
    line.on('text-from', (message) => {
      this.#onFrom(message)
    })
    line.onUp(() => {
      this.#onUp()
    })
  }

  start(): void {
    this.#isStarted = true
    this.#onUp()
  }

  /** What the field for writing holds now; each line end in it finishes a line. */
  write(value: string): void {
    const clean = cleanText(value)
    const lines = cutToLength(clean, MAX_LINE_CHARS).split('\n')
    const isAllTaken = lines.every((line, index) => this.#put(line, index < lines.length - 1))
    const isFull = clean.length > MAX_LINE_CHARS || !isAllTaken
    this.#sendLater()
    this.#show({ isFull })
  }

  /** Whether the text is on the screen. */
  setOpen(isOpen: boolean): void {
    this.#isOpen = isOpen
    this.#show({ hasNews: this.state.value.hasNews && !isOpen })
  }

  close(): void {
    clearTimeout(this.#sendTimer)
    clearTimeout(this.#writingTimer)
    clearTimeout(this.#sayTimer)
    this.#watchHeld(false)
    this.#isStarted = false
    this.#channel = null
    this.#log.clear()
    this.#lines.clear()
    this.#own = ''
    this.state.set(NOTHING)
  }

  /** @returns whether there was room for it: nothing of a line is taken in part */
  #put(line: string, isFinished: boolean): boolean {
    const isEnd = isFinished && line !== ''
    const change = encodeChange(this.#own, line) + (isEnd ? NEW_LINE : '')
    if (change.length > this.#log.room) return false
    this.#log.add(change)
    this.#own = isFinished ? '' : line
    if (isEnd) this.#lines.finish('own', line)
    return true
  }

  #sendLater(): void {
    this.#sendTimer ??= setTimeout(() => {
      this.#sendTimer = undefined
      this.#send()
    }, SEND_AFTER_MS)
  }

  #send(): void {
    this.#sendWhatCan()
    this.#show({})
  }

  #sendWhatCan(): void {
    const channel = this.#channel
    // What waits for a connection is sent as soon as the other side has said how far it has come.
    if (channel === null || this.#sendsFrom === null) return
    if (this.#line.linkNumber !== this.#number) return
    while (channel.isFree) {
      const message = this.#log.take()
      if (message === '') return
      channel.send(message)
    }
    this.#sendLater()
  }

  #onUp(): void {
    const { link, linkNumber } = this.#line
    if (!this.#isStarted || link === null || linkNumber === null) return
    if (linkNumber !== this.#number) {
      this.#number = linkNumber
      this.#channel = link.text
      this.#isReading = false
      this.#sendsFrom = null
      this.#say()
    }
    // What was written while the same one counted as gone.
    else this.#sendLater()
    const asked = this.#asked
    if (asked !== null) this.#onHave(asked)
  }

  /** How far this side has come; until the other goes on from there, again and again. */
  #say(): void {
    clearTimeout(this.#sayTimer)
    this.#sayTimer = undefined
    const isAsking = !this.#isReading
    this.#line.send({
      type: 'text-have',
      generation: this.#number,
      of: this.#theirs?.name ?? null,
      count: this.#theirs?.count ?? 0,
      isAsking,
    })
    if (isAsking) this.#sayLater(ASK_INTERVAL_MS)
  }

  #sayLater(delayMs: DurationMs): void {
    this.#sayTimer ??= setTimeout(() => {
      this.#say()
    }, delayMs)
  }

  #onHave(have: SideMessageOf<'text-have'>): void {
    this.#asked = null
    if (have.generation > this.#number || !this.#isStarted) this.#asked = have
    if (have.generation !== this.#number || !this.#isStarted) return
    if (this.#sendsFrom === null) this.#sendsFrom = this.#log.rewind(have.of, have.count)
    else if (have.of === this.#log.name) this.#log.confirm(have.count)
    if (have.isAsking) {
      const { name } = this.#log
      const position = this.#sendsFrom
      this.#line.send({ type: 'text-from', generation: this.#number, of: name, position })
    }
    this.#send()
  }

  #onFrom({ generation, of, position }: SideMessageOf<'text-from'>): void {
    if (generation !== this.#number || this.#isReading || this.#channel === null) return
    this.#isReading = true
    const known = this.#theirs
    const had = known?.count ?? 0
    const isGap = known?.name === of ? position > had : position > 0 || had > 0
    this.#theirs = { name: of, count: position }
    if (isGap) this.#tell(() => this.#lines.markMissing())
    this.#channel.read((text) => {
      if (generation === this.#number) this.#receive(text)
    })
  }

  #receive(text: string): void {
    if (this.#theirs !== null) this.#theirs.count += text.length
    clearTimeout(this.#writingTimer)
    this.#writingTimer = setTimeout(() => {
      this.#show({ isOtherWriting: false })
    }, WRITING_MS)
    this.#tell(() => this.#lines.receive(this.#reader.read(text)), true)
    this.#sayLater(CONFIRM_AFTER_MS)
  }

  #tell(change: () => void, isOtherWriting = false): void {
    change()
    this.#show({ isOtherWriting, hasNews: !this.#isOpen })
  }

  /** @returns whether something has stayed here for too long */
  #watchHeld(isHeld: boolean): boolean {
    if (!isHeld) {
      clearTimeout(this.#heldTimer)
      this.#heldTimer = undefined
      this.#isHeldLong = false
    }
    if (isHeld) this.#heldTimer ??= setTimeout(() => this.#noteHeld(), HELD_AFTER_MS)
    return this.#isHeldLong
  }

  #noteHeld(): void {
    this.#isHeldLong = true
    this.#show({})
  }

  #show(change: Partial<LiveTextState>): void {
    if (!this.#isStarted) return
    const isLinked = this.#line.linkNumber !== null
    this.state.patch({
      lines: this.#lines.finished,
      own: this.#own,
      other: this.#lines.other,
      isWaiting: !this.#log.isEmpty && !isLinked,
      isHeld: this.#watchHeld(isLinked && this.#log.hasUnsent),
      ...change,
    })
  }
}
