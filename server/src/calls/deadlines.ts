import { getDeadline, type DurationMs } from '@naervaer/shared'
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../plugins/clock.ts'
import type { LiveCall } from './live-call.ts'

/** How long until a deadline that could not be written down is tried again. */
const RETRY_MS: DurationMs = 1_000

export interface DeadlinesOptions {
  readonly clock: Clock
  readonly log: FastifyBaseLogger
}

/** Each call's one timer: it runs until the machine's next deadline. */
export class Deadlines {
  readonly #options: DeadlinesOptions
  readonly #tick: (live: LiveCall) => Promise<void>

  /** @param tick - takes a deadline that has come into the call */
  constructor(options: DeadlinesOptions, tick: (live: LiveCall) => Promise<void>) {
    this.#options = options
    this.#tick = tick
  }

  /** After every step. */
  arm(live: LiveCall): void {
    const deadline = getDeadline(live.call)
    if (deadline !== null) this.#wait(live, deadline.at)
  }

  #wait(live: LiveCall, at: number): void {
    const { clock, log } = this.#options
    live.cancelTimer = clock.at(at, () => {
      this.#tick(live).catch((error: unknown) => {
        log.error({ err: error, callId: live.call.id }, 'deadline not recorded')
        this.#wait(live, clock.now() + RETRY_MS)
      })
    })
  }
}
