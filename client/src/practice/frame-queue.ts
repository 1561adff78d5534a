import type { DurationMs } from '@naervaer/shared'

interface Kept<Frame> {
  readonly frame: Frame
  readonly atMs: number
}

/** Pictures that wait until they are old enough to be shown, and are drawn over afterwards. */
export class FrameQueue<Frame> {
  readonly #delayMs: DurationMs
  #waiting: Kept<Frame>[] = []
  #free: Frame[] = []

  constructor(delayMs: DurationMs) {
    this.#delayMs = delayMs
  }

  /** One that may be drawn over; null where all are waiting. */
  takeFree(): Frame | null {
    return this.#free.pop() ?? null
  }

  put(frame: Frame, atMs: number): void {
    this.#waiting.push({ frame, atMs })
  }

  /**
   * Shows the newest that has become old enough, where one has.
   *
   * @param show - draws it, before it may be drawn over
   */
  showDue(nowMs: number, show: (frame: Frame) => void): void {
    const due = this.#waiting.filter(({ atMs }) => nowMs - atMs >= this.#delayMs)
    const last = due.at(-1)
    if (last === undefined) return
    show(last.frame)
    this.#waiting = this.#waiting.slice(due.length)
    this.#free.push(...due.map(({ frame }) => frame))
  }

  /** Nothing is left of what waited. */
  clear(): void {
    this.#waiting = []
    this.#free = []
  }
}
