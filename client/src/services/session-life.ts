import {
  NaervaerError,
  type DurationMs,
  type SessionLifeReply,
  type UnixMs,
} from '@naervaer/shared'
import { Store } from './store.ts'

/** How long before the end the page warns: time to read, and to finish a sentence. */
export const WARN_BEFORE_MS: DurationMs = 5 * 60_000

/** Signs of somebody being there are told to the server no more often than this. */
export const REPORT_STEP_MS: DurationMs = 3 * 60_000

/** While it warns, and after a question without an answer, the server is asked this often. */
const ASK_AGAIN_MS: DurationMs = 30_000

/**
 * When the reader's session ends.
 *
 * @param isUse - true to say that somebody is there, which puts the end off; false only to look
 */
export type AskLife = (isUse: boolean) => Promise<SessionLifeReply>

/**
 * How the session stands: `idle` will end it for want of use unless somebody says that they are there,
 * `age` whatever happens; `at` is by this machine's clock.
 */
export type LifeState =
  | { readonly kind: 'calm' }
  | { readonly kind: 'over' }
  | { readonly kind: 'idle' | 'age'; readonly at: UnixMs }

const CALM: LifeState = { kind: 'calm' }

/**
 * Keeps a session of staff alive for as long as somebody is there, reading and typing included, and
 * knows when it is about to end.
 */
export class SessionLife {
  readonly state = new Store<LifeState>(CALM)
  readonly #ask: AskLife
  #timer: ReturnType<typeof setTimeout> | undefined
  #activeAt = -Infinity
  #reportedAt = -Infinity
  /** Whether what was to be told has not come through. */
  #isReportDue = false
  /** The end by age of which the person has been told and has put it aside. */
  #isAgeSeen = false
  #isStopped = false

  constructor(ask: AskLife) {
    this.#ask = ask
  }

  start(): void {
    // The page has just been asked for, which was use.
    this.#reportedAt = Date.now()
    void this.#look()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  /** Somebody has touched, typed, or moved the pointer. A warning is answered by its button. */
  noteActivity(): void {
    const now = Date.now()
    this.#activeAt = now
    const isWarning = this.state.value.kind !== 'calm'
    if (!isWarning && now - this.#reportedAt >= REPORT_STEP_MS) void this.#report()
  }

  /** The person wants to stay. */
  async stay(): Promise<void> {
    await this.#report()
  }

  /** The person has read that the end by age is near. */
  putAside(): void {
    if (this.state.value.kind !== 'age') return
    this.#isAgeSeen = true
    this.state.set(CALM)
  }

  /** Timers stand still while a machine sleeps: looked at anew when somebody is back. */
  wake(): void {
    void this.#look()
  }

  #report(): Promise<void> {
    this.#reportedAt = Date.now()
    return this.#askFor(true)
  }

  #look(): Promise<void> {
    return this.#askFor(false)
  }

  async #askFor(isUse: boolean): Promise<void> {
    if (this.#isStopped || this.state.value.kind === 'over') return
    clearTimeout(this.#timer)
    this.#isReportDue ||= isUse
    try {
      const life = await this.#ask(isUse)
      if (isUse) this.#isReportDue = false
      this.#take(life)
    } catch (error) {
      const isOver = error instanceof NaervaerError && error.code.startsWith('SESSION_')
      if (isOver) this.state.set({ kind: 'over' })
      else this.#later(ASK_AGAIN_MS)
    }
  }

  #take({ serverTime, endsAt, idleEndsAt }: SessionLifeReply): void {
    const isIdle = idleEndsAt !== null && idleEndsAt < endsAt
    const leftMs = (isIdle ? idleEndsAt : endsAt) - serverTime
    if (leftMs > WARN_BEFORE_MS) {
      this.state.set(CALM)
      this.#later(leftMs - WARN_BEFORE_MS)
      return
    }
    const at = Date.now() + leftMs
    if (!isIdle && this.#isAgeSeen) this.state.set(CALM)
    else this.#warn(isIdle ? 'idle' : 'age', at)
    // Another window may say that somebody is there, and the end itself must not be missed.
    this.#later(Math.min(ASK_AGAIN_MS, Math.max(leftMs, 0) + 1_000))
  }

  /** Says it once: the same warning at another second is no news to a screen reader. */
  #warn(kind: 'idle' | 'age', at: UnixMs): void {
    if (this.state.value.kind !== kind) this.state.set({ kind, at })
  }

  #later(delayMs: DurationMs): void {
    clearTimeout(this.#timer)
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      const isNew = this.#activeAt > this.#reportedAt && this.state.value.kind === 'calm'
      void (isNew || this.#isReportDue ? this.#report() : this.#look())
    }, delayMs)
  }
}
