import type { FastifyBaseLogger } from 'fastify'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { Audit } from './audit.ts'

const DAY_MS: DurationMs = 24 * 3_600_000

export interface HeadWitnessOptions {
  readonly clock: Clock
  readonly audit: Pick<Audit, 'loadHeadText'>
  readonly log: Pick<FastifyBaseLogger, 'info' | 'error'>
}

/**
 * Writes the head of the audit log to the server's own log, at the start and at the beginning of each
 * day (UTC): whoever keeps that log elsewhere can prove the one inside by it (criterion S-28).
 */
export class HeadWitness {
  readonly #options: HeadWitnessOptions
  #cancel: Cancel = () => undefined

  constructor(options: HeadWitnessOptions) {
    this.#options = options
  }

  /** Resolves when the first head is written. */
  start(): Promise<void> {
    this.#arm()
    return this.#write()
  }

  stop(): void {
    this.#cancel()
  }

  #arm(): void {
    const { clock } = this.#options
    this.#cancel = clock.at(findNextDay(clock.now()), () => {
      this.#arm()
      void this.#write()
    })
  }

  async #write(): Promise<void> {
    const { audit, log } = this.#options
    try {
      const head = await audit.loadHeadText()
      if (head !== null) log.info({ code: 'AUDIT_HEAD', head }, 'audit head')
    } catch (error) {
      log.error({ err: error, code: 'AUDIT_HEAD_UNREADABLE' }, 'audit head not written')
    }
  }
}

function findNextDay(now: UnixMs): UnixMs {
  return (Math.floor(now / DAY_MS) + 1) * DAY_MS
}
