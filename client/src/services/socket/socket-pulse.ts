import {
  CLIENT_PING_INTERVAL_MS,
  CLIENT_PING_TIMEOUT_MS,
  type DurationMs,
  type UnixMs,
} from '@naervaer/shared'

/** In haste the server is asked this often whether it is there, and given this long. */
const HASTY_PING_INTERVAL_MS: DurationMs = 1_000
const HASTY_PING_TIMEOUT_MS: DurationMs = 2_000

/** A frame that was lost is sent again after more than one round trip, and may be lost again. */
const PATIENCE_IN_ROUND_TRIPS = 3

/** More has been slept, or waited for a server in trouble, and says nothing of the line. */
const LONGEST_ROUND_TRIP_MS: DurationMs = 1_500

/** A timer that is later than this was not just late: the page has slept, or the whole device. */
const ASLEEP_MS: DurationMs = 2_000

export interface SocketPulseOptions {
  /** Asks the server whether it is there. Rejects where there is no socket, or it was lost meanwhile. */
  readonly ask: () => Promise<unknown>
  /** No answer has come in time. */
  readonly onDead: () => void
  /** The page has slept: the socket may be long gone. */
  readonly onAwake: () => void
  /** In haste: with every question. */
  readonly onHastyBeat: () => void
}

/** Asks again and again whether the server is there, and notices when the page has not been awake to ask. */
export class SocketPulse {
  readonly #options: SocketPulseOptions
  #isHasty = false
  #timer: ReturnType<typeof setInterval> | undefined
  #intervalMs: DurationMs = CLIENT_PING_INTERVAL_MS
  #deadlineTimer: ReturnType<typeof setTimeout> | undefined
  /** When the socket is given up, by `performance.now()`; Infinity while nothing is asked. */
  #deadlineAt = Infinity
  #roundTripMs: DurationMs = 0
  /** When this page was last known to be awake, by the wall clock: the other may stand still in a sleep. */
  #awakeAt: UnixMs = Date.now()

  constructor(options: SocketPulseOptions) {
    this.#options = options
  }

  /** From the last question to its answer; 0 before the first. */
  get roundTripMs(): DurationMs {
    return this.#roundTripMs
  }

  start(isHasty: boolean): void {
    clearInterval(this.#timer)
    this.#isHasty = isHasty
    this.#intervalMs = isHasty ? HASTY_PING_INTERVAL_MS : CLIENT_PING_INTERVAL_MS
    this.#awakeAt = Date.now()
    this.#timer = setInterval(() => {
      this.#beat()
    }, this.#intervalMs)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#endDeadline()
  }

  /** Somebody looks at the page again. @param leastMs - how long the server then has to answer */
  wake(leastMs: DurationMs): void {
    if (this.#noteAwake()) this.#options.onAwake()
    else void this.ask(leastMs)
  }

  /**
   * Several questions may be open: the shortest patience counts, and any answer ends them all.
   *
   * @param leastMs - patience on a quick line
   * @returns whether it was answered
   */
  async ask(leastMs: DurationMs): Promise<boolean> {
    const askedAt = performance.now()
    this.#setDeadline(Math.max(leastMs, PATIENCE_IN_ROUND_TRIPS * this.#roundTripMs))
    try {
      await this.#options.ask()
    } catch {
      return false
    }
    this.#roundTripMs = Math.min(performance.now() - askedAt, LONGEST_ROUND_TRIP_MS)
    this.#endDeadline()
    return true
  }

  #beat(): void {
    // Browsers let timers of a page out of sight go once a minute; those of a talk they leave alone.
    const mayTell = this.#isHasty || document.visibilityState === 'visible'
    if (this.#noteAwake() && mayTell) this.#options.onAwake()
    else void this.ask(this.#isHasty ? HASTY_PING_TIMEOUT_MS : CLIENT_PING_TIMEOUT_MS)
    if (this.#isHasty) this.#options.onHastyBeat()
  }

  /** @returns whether the page has slept until now */
  #noteAwake(): boolean {
    const now = Date.now()
    const isAfterSleep = now - this.#awakeAt > this.#intervalMs + ASLEEP_MS
    this.#awakeAt = now
    return isAfterSleep
  }

  #setDeadline(timeoutMs: DurationMs): void {
    const until = performance.now() + timeoutMs
    if (until >= this.#deadlineAt) return
    clearTimeout(this.#deadlineTimer)
    this.#deadlineAt = until
    this.#deadlineTimer = setTimeout(() => {
      this.#options.onDead()
    }, timeoutMs)
  }

  #endDeadline(): void {
    clearTimeout(this.#deadlineTimer)
    this.#deadlineAt = Infinity
  }
}
