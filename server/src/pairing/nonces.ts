import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { DEVICE_NONCE_LIFE_MS, type DeviceId } from '@naervaer/shared'
import type { Clock } from '../plugins/clock.ts'
import { OnceOnly } from './once.ts'

/**
 * Nonces for proofs: only this process can have made them, each serves one device alone, and asking for
 * many costs no memory, because they carry their own end under a seal.
 *
 * One device may use one again: its request may have been lost on the way here, or come late, and what
 * makes a proof good only once is its `jti` (RFC 9449 §§ 8, 11.1).
 */
export class Nonces {
  readonly #clock: Clock
  readonly #key = randomBytes(32)
  readonly #takers: OnceOnly<DeviceId>

  constructor(clock: Clock) {
    this.#clock = clock
    this.#takers = new OnceOnly(clock, DEVICE_NONCE_LIFE_MS)
  }

  make(): string {
    const until = (this.#clock.now() + DEVICE_NONCE_LIFE_MS).toString(36)
    const body = `${until}.${randomBytes(16).toString('base64url')}`
    return `${body}.${this.#seal(body)}`
  }

  /** @returns whether it is one of ours, still good, and no other device has used it before */
  take(nonce: unknown, by: DeviceId): boolean {
    if (typeof nonce !== 'string') return false
    const body = nonce.slice(0, nonce.lastIndexOf('.'))
    const seal = Buffer.from(nonce.slice(body.length + 1))
    const expected = Buffer.from(this.#seal(body))
    if (seal.length !== expected.length || !timingSafeEqual(seal, expected)) return false
    const until = Number.parseInt(body.split('.')[0] ?? '', 36)
    if (until <= this.#clock.now()) return false
    return this.#takers.add(body, by) || this.#takers.find(body) === by
  }

  #seal(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('base64url')
  }
}
