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
 * All strangers together: under one name coturn grants what one side of a call may have (`user-quota` in
 * `coturn.conf`), and never so much that it is missing for those who can call by a relay only.
 */
const STRANGERS_NAME = 'test'

/**
 * Credentials for checks of TURN. Under their names coturn counts what has been allocated, however many
 * credentials are asked for: strangers share one name, and those who are signed in one for each place.
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
    return this.#turn.makeIceServers(this.#nameOwn(address), OWN_LIFE_SECONDS)
  }

  /** For whoever asks. @throws NaervaerError RATE_LIMITED when too many strangers have asked */
  giveStranger(): IceServer[] {
    const now = this.#clock.now()
    if (now - this.#windowAt >= STRANGERS_WINDOW_MS) {
      this.#windowAt = now
      this.#given = 0
    }
    if (this.#given >= MAX_STRANGERS) throw new NaervaerError('RATE_LIMITED')
    this.#given += 1
    return this.#turn.makeIceServers(STRANGERS_NAME, STRANGER_LIFE_SECONDS)
  }

  #nameOwn(address: string): string {
    const group = toAddressGroup(address)
    const mark = createHmac('sha256', this.#key).update(group).digest('base64url').slice(0, 16)
    return `own-${mark}`
  }
}
