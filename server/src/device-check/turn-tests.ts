import { createHmac, randomBytes } from 'node:crypto'
import { NaervaerError, type DurationMs, type IceServer, type UnixMs } from '@naervaer/shared'
import { toAddressGroup } from '../address-group.ts'
import type { Clock } from '../plugins/clock.ts'
import type { Turn } from '../turn/plugin.ts'

/** A whole check asks within seconds; a slow phone takes half a minute. */
const OWN_LIFE_SECONDS = 120
export const STRANGER_LIFE_SECONDS = 60

/** Strangers' credentials of all addresses together. */
export const STRANGERS_WINDOW_MS: DurationMs = 10 * 60_000
export const MAX_STRANGERS = 100

/**
 * Credentials for checks of TURN. Those of one place share one name, under which coturn counts what they
 * have allocated: however many are asked for, they are never more than one side of a call may use
 * (`user-quota` in `coturn.conf`).
 */
export class TurnTests {
  readonly #turn: Turn
  readonly #clock: Clock
  /** Drawn at each start: names in coturn's log tell nobody an address. */
  readonly #key = randomBytes(32)
  #windowAt: UnixMs = 0
  #given = 0

  constructor(turn: Turn, clock: Clock) {
    this.#turn = turn
    this.#clock = clock
  }

  /** For somebody who is signed in. */
  give(address: string): IceServer[] {
    return this.#turn.makeIceServers(this.#name('own', address), OWN_LIFE_SECONDS)
  }

  /** For whoever asks. @throws NaervaerError RATE_LIMITED when too many strangers have asked */
  giveStranger(address: string): IceServer[] {
    const now = this.#clock.now()
    if (now - this.#windowAt >= STRANGERS_WINDOW_MS) {
      this.#windowAt = now
      this.#given = 0
    }
    if (this.#given >= MAX_STRANGERS) throw new NaervaerError('RATE_LIMITED')
    this.#given += 1
    return this.#turn.makeIceServers(this.#name('test', address), STRANGER_LIFE_SECONDS)
  }

  #name(kind: 'own' | 'test', address: string): string {
    const group = toAddressGroup(address)
    const mark = createHmac('sha256', this.#key).update(group).digest('base64url').slice(0, 16)
    return `${kind}-${mark}`
  }
}
