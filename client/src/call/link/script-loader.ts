import type { DurationMs } from '@naervaer/shared'

/** Longer than a slow mobile network needs; what hangs longer hangs for good. */
const TIMEOUT_MS: DurationMs = 15_000

/** How long until a script that could not be had is asked for again while nobody waits for it. */
const RETRY_MS: DurationMs = 5_000

/** Fetches a script, at another address in each attempt: a browser remembers a script that failed. */
export type FetchScript<T> = (attempt: number) => Promise<T>

/**
 * A script that is of no use before somebody answers: it comes after the first screen, so that it is
 * there when it rings, and at the latest while it rings.
 */
export class ScriptLoader<T> {
  readonly #fetch: FetchScript<T>
  #attempt = 0
  #loading: Promise<T> | null = null

  constructor(fetch: FetchScript<T>) {
    this.#fetch = fetch
  }

  /** @throws what the browser says where it could not be fetched; the next call tries again */
  readonly load = (): Promise<T> => {
    this.#loading ??= this.#try()
    return this.#loading
  }

  /** In advance, and until it is there. */
  prepare(): void {
    this.load().catch(() => {
      setTimeout(() => {
        this.prepare()
      }, RETRY_MS)
    })
  }

  async #try(): Promise<T> {
    const attempt = this.#attempt
    this.#attempt += 1
    try {
      return await withLimit(this.#fetch(attempt))
    } catch (error) {
      this.#loading = null
      throw error
    }
  }
}

async function withLimit<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), TIMEOUT_MS)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
