import type { DurationMs } from '@naervaer/shared'
import { PeerLink, type MakeLink, type PeerClass } from './peer-link.ts'

/** Longer than a slow mobile network needs; what hangs longer hangs for good. */
const TIMEOUT_MS: DurationMs = 15_000

/** How long until a script that could not be had is asked for again while nobody waits for it. */
const RETRY_MS: DurationMs = 5_000

/** Fetches the bundle, at another address in each attempt: a browser remembers a script that failed. */
export type FetchPeer = (attempt: number) => Promise<PeerClass>

/**
 * simple-peer is a third of all script and of no use before somebody answers: it comes after the first
 * screen, so that it is there when it rings, and at the latest while it rings.
 */
export class PeerLoader {
  readonly #fetch: FetchPeer
  #attempt = 0
  #loading: Promise<MakeLink> | null = null

  constructor(fetch: FetchPeer) {
    this.#fetch = fetch
  }

  /** @throws what the browser says where it could not be fetched; the next call tries again */
  readonly load = (): Promise<MakeLink> => {
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

  async #try(): Promise<MakeLink> {
    const attempt = this.#attempt
    this.#attempt += 1
    try {
      const SimplePeer = await withLimit(this.#fetch(attempt))
      return (options, listener) => new PeerLink(SimplePeer, options, listener)
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
