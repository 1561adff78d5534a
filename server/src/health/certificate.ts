import { X509Certificate } from 'node:crypto'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Clock } from '../plugins/clock.ts'

/** So long before its end a certificate that nobody has renewed is trouble (criterion O-07). */
const LEAST_LEFT_MS: DurationMs = 7 * 24 * 3_600_000

/** The certificate that people's browsers see, as far as it is known. */
export class Certificate {
  readonly #clock: Pick<Clock, 'now'>
  /** Null where there is none, or nobody has seen it yet. */
  endsAt: UnixMs | null

  constructor({ tls }: Pick<Config, 'tls'>, clock: Pick<Clock, 'now'>) {
    this.#clock = clock
    // Of a chain the first certificate is the server's own.
    this.endsAt = tls === null ? null : new X509Certificate(tls.cert).validToDate.getTime()
  }

  /** Milliseconds; null where nothing is known. */
  get leftMs(): DurationMs | null {
    return this.endsAt === null ? null : this.endsAt - this.#clock.now()
  }

  /** One that nobody has seen is not called bad. */
  get isGood(): boolean {
    return this.leftMs === null || this.leftMs > LEAST_LEFT_MS
  }
}
