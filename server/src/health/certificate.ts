import { X509Certificate } from 'node:crypto'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Clock } from '../plugins/clock.ts'

/** So long before its end a certificate that nobody has renewed is trouble (criterion O-07). */
const LEAST_LEFT_MS: DurationMs = 7 * 24 * 3_600_000

/** The certificates that people's browsers see, as far as they are known. */
export class Certificate {
  readonly #clock: Pick<Clock, 'now'>
  /** The page's; null where there is none, or nobody has seen it yet. */
  endsAt: UnixMs | null
  /** TURN's, of the first of `TURN_URLS` over TLS; null as above. */
  turnEndsAt: UnixMs | null = null

  constructor({ tls }: Pick<Config, 'tls'>, clock: Pick<Clock, 'now'>) {
    this.#clock = clock
    // Of a chain the first certificate is the server's own.
    this.endsAt = tls === null ? null : new X509Certificate(tls.cert).validToDate.getTime()
  }

  /** The page's, in milliseconds; null where nothing is known. */
  get leftMs(): DurationMs | null {
    return this.#until(this.endsAt)
  }

  /** TURN's, likewise. */
  get turnLeftMs(): DurationMs | null {
    return this.#until(this.turnEndsAt)
  }

  /** Both of them; one that nobody has seen is not called bad. */
  get isGood(): boolean {
    return [this.leftMs, this.turnLeftMs].every((left) => left === null || left > LEAST_LEFT_MS)
  }

  #until(endsAt: UnixMs | null): DurationMs | null {
    return endsAt === null ? null : endsAt - this.#clock.now()
  }
}
