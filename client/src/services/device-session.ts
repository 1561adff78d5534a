import { NaervaerError, type DurationMs, type ErrorCode, type SessionReply } from '@naervaer/shared'
import { readMark, writeMark, type DeviceMark, type FormerMark } from './device-mark.ts'
import type { DeviceProver } from './device-prover.ts'
import { proveRequests } from './http-request.ts'
import type { SocketPass } from './socket-race.ts'

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

/**
 * This browser as a paired device: it signs in by itself with its key, and gets a ticket for every
 * socket. Where it is none, all of this does nothing and fetches nothing.
 */
export class DeviceSession implements SocketPass {
  #prover: Promise<DeviceProver | null> | null = null
  /** Whether the person of this window is the one whose device this is. */
  #isOwn = false
  #ticketAt: DurationMs | null = null
  #isPreparing = false

  constructor() {
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
  async prepare(): Promise<void> {
    if (this.#isOwn && this.#getTicketAge() > TICKET_USE_MS) await this.#signIn()
  }

  spend(): void {
    this.#ticketAt = null
  }

  prepareAhead(): void {
    if (!this.#isOwn || this.#isPreparing || this.#getTicketAge() < TICKET_RENEW_MS) return
    this.#isPreparing = true
    // Without a network there is no ticket ahead; `prepare` gets one when it is needed.
    const end = () => {
      this.#isPreparing = false
    }
    this.#signIn().then(end, end)
  }

  #getTicketAge(): DurationMs {
    return this.#ticketAt === null ? Infinity : performance.now() - this.#ticketAt
  }

  async #signIn(): Promise<SessionReply | null> {
    const prover = await this.#load()
    if (prover === null) {
      if (readMark() === 'paired') writeMark('lost')
      return null
    }
    try {
      const session = await prover.signIn()
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

  #load(): Promise<DeviceProver | null> {
    this.#prover ??= import('./device-prover.ts').then(({ loadProver }) => loadProver())
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
