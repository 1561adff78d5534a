import type { DeviceId } from '@naervaer/shared'
import type { FastifyBaseLogger } from 'fastify'
import type { Accounts } from '../accounts/service.ts'
import type { LiveCall } from './live-call.ts'
import type { Calls } from './service.ts'

export interface WorkerWatchOptions {
  readonly calls: Pick<Calls, 'isIdle' | 'listLive' | 'happen'>
  readonly accounts: Pick<Accounts, 'filterWorkersDevices' | 'onSignedOut' | 'onSessionEnded'>
  readonly log: FastifyBaseLogger
}

const DONE = Promise.resolve()

/** Sees to calls of workers who are signed out where they talk (criterion S-05). */
export class WorkerWatch {
  readonly #options: WorkerWatchOptions
  /** One at a time: a slow look-up is not asked for again meanwhile. */
  #checking: Promise<void> | null = null

  constructor(options: WorkerWatchOptions) {
    this.#options = options
    options.accounts.onSignedOut((deviceId) => this.#signOut(deviceId))
    options.accounts.onSessionEnded(() => void this.check())
  }

  /**
   * Bars from their calls the workers who are signed out, and lets in again those who have come back.
   * It asks the records, so it does not matter what ended a session, or when.
   */
  check(): Promise<void> {
    if (this.#options.calls.isIdle) return DONE
    this.#checking ??= this.#check()
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'signed-out workers not looked for')
      })
      .finally(() => (this.#checking = null))
    return this.#checking
  }

  async #check(): Promise<void> {
    const { calls, accounts } = this.#options
    const lives = calls.listLive()
    const devices = lives.map(({ call }) => call.worker.deviceId)
    const present = await accounts.filterWorkersDevices(devices)
    for (const live of lives) {
      const isIn = present.has(live.call.worker.deviceId)
      if (isIn === isBarred(live)) {
        await calls.happen(live, { type: isIn ? 'readmitted' : 'barred' })
      }
    }
  }

  /** Whoever signs out has hung up: nobody sits and waits for them. */
  #signOut(deviceId: DeviceId): void {
    const { calls, log } = this.#options
    for (const live of calls.listLive()) {
      calls.happen(live, { type: 'signedOut', deviceId }).catch((error: unknown) => {
        log.error({ err: error, callId: live.call.id }, 'sign-out not taken in')
      })
    }
  }
}

function isBarred({ call }: LiveCall): boolean {
  return call.state === 'connected' && call.barredAt !== null
}
