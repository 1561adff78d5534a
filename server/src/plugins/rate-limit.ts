import rateLimit, {
  type FastifyRateLimitStore,
  type FastifyRateLimitStoreCtor,
} from '@fastify/rate-limit'
import fp from 'fastify-plugin'
import { NaervaerError, type DurationMs, type UnixMs } from '@naervaer/shared'
import type { Clock } from './clock.ts'

/** Addresses remembered at a time; beyond that the one that began longest ago is forgotten. */
const MAX_ADDRESSES = 20_000

interface Window {
  count: number
  readonly startedAt: UnixMs
}

/** Counts by our own clock, so that tests can move it. */
class ClockStore implements FastifyRateLimitStore {
  readonly #clock: Clock
  readonly #windows = new Map<string, Window>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  incr(
    key: string,
    callback: (error: Error | null, result?: { current: number; ttl: number }) => void,
    windowMs: DurationMs,
  ): void {
    const now = this.#clock.now()
    const found = this.#windows.get(key)
    const isAlive = found !== undefined && found.startedAt + windowMs > now
    const window = isAlive ? found : { count: 0, startedAt: now }
    window.count += 1
    if (!isAlive) this.#add(key, window)
    callback(null, { current: window.count, ttl: window.startedAt + windowMs - now })
  }

  /** Each route counts for itself. */
  child(): ClockStore {
    return new ClockStore(this.#clock)
  }

  #add(key: string, window: Window): void {
    // Put last again, so that the first of the map is the oldest.
    this.#windows.delete(key)
    this.#windows.set(key, window)
    if (this.#windows.size <= MAX_ADDRESSES) return
    const [oldest] = this.#windows.keys()
    if (oldest !== undefined) this.#windows.delete(oldest)
  }
}

/**
 * Lets routes limit how often one address may ask: `config: { rateLimit: { max, timeWindow } }`,
 * milliseconds. Whoever asks too often gets `RATE_LIMITED` and `Retry-After`. Owns the counts.
 */
export const rateLimitPlugin = fp(
  async (app) => {
    const { clock } = app
    const store = class extends ClockStore {
      constructor() {
        super(clock)
      }
    } satisfies FastifyRateLimitStoreCtor
    await app.register(rateLimit, {
      global: false,
      store,
      errorResponseBuilder: () => new NaervaerError('RATE_LIMITED'),
    })
  },
  { name: 'rate-limit', dependencies: ['clock', 'errors'] },
)
