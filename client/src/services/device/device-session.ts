import { NaervaerError, type DurationMs, type ErrorCode, type SessionReply } from '@naervaer/shared'
import { readMark, writeMark, type DeviceMark, type FormerMark } from './device-mark.ts'
import type { DeviceProver } from './device-prover.ts'
import { proveRequests } from '../http-request.ts'
import type { SocketPass } from '../socket/socket-opener.ts'

type Prover = Pick<DeviceProver, keyof DeviceProver>

/** From the first question to the ticket. */
const SIGN_IN_MS: DurationMs = 10_000

/** Well within the minute that a ticket lives. */
const TICKET_USE_MS: DurationMs = 50_000

/** When a ticket that is kept at hand is exchanged for a new one. */
const TICKET_RENEW_MS: DurationMs = 30_000

/** What is left where the server says that the device is not paired any more. */
const MARK_AFTER: Readonly<Partial<Record<ErrorCode, FormerMark>>> = {
  DEVICE_UNKNOWN: 'lost',
  DEVICE_STOPPED: 'stopped',
  DEVICE_REMOVED: 'removed',
}

interface SignIn {
  /** By `performance.now()`. */
  readonly begunAt: number
  readonly controller: AbortController
  readonly reply: Promise<SessionReply | null>
}

/**
 * This browser as a paired device: it signs in by itself with its key, and gets a ticket for every
 * socket. Where it is none, all of this does nothing and fetches nothing.
 */
export class DeviceSession implements SocketPass {
  readonly #loadProver: () => Promise<Prover | null>
  #prover: Promise<Prover | null> | null = null
  /** Whether the person of this window is the one whose device this is. */
  #isOwn = false
  #ticketAt: DurationMs | null = null
  /** The one that is under way: a second would only stand in its way. */
  #signInNow: SignIn | null = null

  /** @param loadProver - its code comes only where it is needed; null where there is no key */
  constructor(loadProver: () => Promise<Prover | null> = loadProverLate) {
    this.#loadProver = loadProver
    proveRequests(async (method, path) => {
      if (readMark() !== 'paired') return null
      return (await this.#load())?.prove(method, path) ?? null
    })
  }

  /** Whether this browser is a paired device, or was one, and why it is none any more. */
  get mark(): DeviceMark {
    return readMark()
  }

  /**
   * Who is signed in here: for a device by its key, for everybody else as `ask` says.
   *
   * @param ask - asks by the cookie alone
   */
  async findSession(ask: () => Promise<SessionReply>): Promise<SessionReply> {
    if (readMark() === 'paired') {
      const own = await this.#signIn()
      if (own !== null) return own
    }
    const session = await ask()
    if (session.you !== null || readMark() !== null) return session
    // The mark may be gone where the key is not.
    return (await this.#signIn()) ?? session
  }

  /** Before a socket is opened: a fresh ticket where one is needed. */
  async prepare(signal: AbortSignal, aliveAt: number): Promise<void> {
    if (!this.#isOwn || this.#takeTicket()) return
    const stuck = this.#signInNow
    if (stuck !== null && stuck.begunAt < aliveAt) stuck.controller.abort()
    const { controller, reply } = this.#beginSignIn()
    const abort = () => {
      controller.abort()
    }
    signal.addEventListener('abort', abort)
    try {
      await reply
      this.#ticketAt = null
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }

  prepareAhead(): void {
    if (!this.#isOwn || this.#getTicketAge() < TICKET_RENEW_MS) return
    // Without a network there is no ticket ahead; `prepare` gets one when it is needed.
    this.#beginSignIn().reply.catch(() => undefined)
  }

  /** @returns whether there was one that is still good */
  #takeTicket(): boolean {
    const isGood = this.#getTicketAge() <= TICKET_USE_MS
    this.#ticketAt = null
    return isGood
  }

  #getTicketAge(): DurationMs {
    return this.#ticketAt === null ? Infinity : performance.now() - this.#ticketAt
  }

  #signIn(): Promise<SessionReply | null> {
    return this.#beginSignIn().reply
  }

  /** @returns the one under way, where there is one */
  #beginSignIn(): SignIn {
    if (this.#signInNow !== null) return this.#signInNow
    const controller = new AbortController()
    const timer = setTimeout(() => {
      controller.abort()
    }, SIGN_IN_MS)
    const end = () => {
      clearTimeout(timer)
      if (this.#signInNow === signIn) this.#signInNow = null
    }
    // At once, and not when the browser has noticed: the next attempt must not wait for this one.
    controller.signal.addEventListener('abort', end)
    const begunAt = performance.now()
    const signIn = { begunAt, controller, reply: this.#signInWith(controller.signal).finally(end) }
    this.#signInNow = signIn
    return signIn
  }

  async #signInWith(signal: AbortSignal): Promise<SessionReply | null> {
    const prover = await this.#load()
    if (prover === null) {
      if (readMark() === 'paired') writeMark('lost')
      return null
    }
    try {
      const session = await prover.signIn(signal)
      writeMark('paired')
      this.#isOwn = session.you?.id === prover.person.id
      this.#ticketAt = performance.now()
      return session
    } catch (error) {
      if (!(error instanceof NaervaerError)) throw error
      const mark = MARK_AFTER[error.code]
      if (mark === undefined) throw error
      await prover.forget()
      writeMark(mark)
      this.#prover = null
      this.#isOwn = false
      return null
    }
  }

  #load(): Promise<Prover | null> {
    this.#prover ??= this.#loadProver()
    const loading = this.#prover
    // A chunk that did not come, or a key that is not there yet, is looked for again.
    loading.then(
      (found) => {
        if (found === null) this.#prover = null
      },
      () => {
        this.#prover = null
      },
    )
    return loading
  }
}

const loadProverLate = async (): Promise<Prover | null> =>
  (await import('./device-prover.ts')).loadProver()
