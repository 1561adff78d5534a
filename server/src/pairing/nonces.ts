import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { DurationMs } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'
import { OnceOnly } from './once.ts'

const LIFE_MS: DurationMs = 2 * 60_000

/**
 * Nonces for proofs: only this process can have made them, each is taken once, and asking for many
 * costs no memory, because they carry their own end under a seal.
 */
export class Nonces {
  readonly #clock: Clock
  readonly #key = randomBytes(32)
  readonly #taken: OnceOnly<true>

  constructor(clock: Clock) {
    this.#clock = clock
    this.#taken = new OnceOnly(clock, LIFE_MS)
  }

  make(): string {
    const until = (this.#clock.now() + LIFE_MS).toString(36)
    const body = `${until}.${randomBytes(16).toString('base64url')}`
    return `${body}.${this.#seal(body)}`
  }

  /** @returns whether it is one of ours, still good, and has not been taken before */
  take(nonce: unknown): boolean {
    if (typeof nonce !== 'string') return false
    const body = nonce.slice(0, nonce.lastIndexOf('.'))
    const seal = Buffer.from(nonce.slice(body.length + 1))
    const expected = Buffer.from(this.#seal(body))
    if (seal.length !== expected.length || !timingSafeEqual(seal, expected)) return false
    const until = Number.parseInt(body.split('.')[0] ?? '', 36)
    return until > this.#clock.now() && this.#taken.add(body, true)
  }

  #seal(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url')
  }
}
