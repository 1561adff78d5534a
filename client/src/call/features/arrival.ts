import type { DurationMs } from '@naervaer/shared'

/** What of the other side's arrives here; null where that cannot be told. */
export interface Arrival {
  readonly sound: boolean | null
  readonly picture: boolean | null
}

export const UNKNOWN: Arrival = { sound: null, picture: null }

/** What one look at a connection, and at the screen, has counted since their beginning. */
export interface ArrivalCount {
  readonly atMs: number
  readonly soundPackets: number
  readonly soundEnergy: number
  /** Frames of the other side that were really shown; null while nobody could see them. */
  readonly shownFrames: number | null
  /** What comes is also played. */
  readonly isPlaying: boolean
}

/** Without anything new for this long it does not arrive. */
const SILENCE_MS: DurationMs = 3_000

/** What has not come this long after a connection is up is missing. */
const START_MS: DurationMs = 4_000

/** Judges one peer connection, sound and picture apart; a new connection is judged anew. */
export class ArrivalWatch {
  readonly #startedAtMs: number
  readonly #hasSounded: boolean
  #sound = { count: 0, atMs: -Infinity }
  #picture = { count: 0, atMs: -Infinity }
  #seenFromMs: number | null = null
  #isSounding = false

  /** @param hasSounded - whether anything but digital silence has been heard of them in this talk */
  constructor(startedAtMs: number, hasSounded: boolean) {
    this.#startedAtMs = startedAtMs
    this.#hasSounded = hasSounded
  }

  /**
   * Whether any sound at all has come. From then on packets are enough: a good headset sends digital
   * silence while nobody speaks (see `SilenceMeter`, which judges the own one).
   */
  get hasSounded(): boolean {
    return this.#hasSounded || this.#isSounding
  }

  look({ atMs, soundPackets, soundEnergy, shownFrames, isPlaying }: ArrivalCount): Arrival {
    const isHeard = isPlaying && soundPackets > this.#sound.count
    if (isHeard) this.#sound = { count: soundPackets, atMs }
    if (soundEnergy > 0) this.#isSounding = true
    if (shownFrames === null) this.#seenFromMs = null
    else {
      this.#seenFromMs ??= atMs
      if (shownFrames !== this.#picture.count) this.#picture = { count: shownFrames, atMs }
    }
    return {
      sound: this.#judgeSound(atMs),
      picture: this.#judge(this.#picture.atMs, this.#seenFromMs, atMs),
    }
  }

  #judgeSound(atMs: number): boolean | null {
    const comes = this.#judge(this.#sound.atMs, this.#startedAtMs, atMs)
    if (comes !== true || this.hasSounded) return comes
    return atMs - this.#startedAtMs < START_MS ? null : false
  }

  #judge(newAtMs: number, fromMs: number | null, atMs: number): boolean | null {
    if (fromMs === null) return null
    if (atMs - newAtMs < SILENCE_MS) return true
    return atMs - Math.max(fromMs, this.#startedAtMs) < START_MS ? null : false
  }
}

/** The own camera or microphone must have been on for this long before its arrival is asked for. */
const ON_FOR_MS: DurationMs = 4_000

/** What does not arrive this long, though both want it, is worth a new connection. */
const RENEW_AFTER_MS: DurationMs = 8_000

/** How often, each time after twice as long: what three new ones do not mend, another does not either. */
const MAX_RENEWALS = 3

/**
 * Compares what this side sends with what the other says arrives there: one of these for sound, and one
 * for the picture.
 */
export class MissWatch {
  #onSinceMs: number | null = null
  #missedSinceMs: number | null = null
  #renewals = 0

  /**
   * @param isSent - the device is on, and something is sent of it on purpose
   * @param told - whether the other side says that it arrives; null where it cannot tell, or has not
   * @param isPlaying - the other's window plays what comes; if not, no other connection mends that
   * @returns whether it is missed, and whether a new connection is due because of it
   */
  look(
    isSent: boolean,
    told: boolean | null,
    atMs: number,
    isPlaying = true,
  ): { readonly isMissed: boolean; readonly isRenewalDue: boolean } {
    this.#onSinceMs = isSent ? (this.#onSinceMs ?? atMs) : null
    if (told === true) this.#renewals = 0
    const isOn = this.#onSinceMs !== null && atMs - this.#onSinceMs >= ON_FOR_MS
    this.#missedSinceMs = isOn && told === false ? (this.#missedSinceMs ?? atMs) : null
    const limitMs = RENEW_AFTER_MS * 2 ** this.#renewals
    const isMissed = this.#missedSinceMs !== null
    const isLong = this.#missedSinceMs !== null && atMs - this.#missedSinceMs >= limitMs
    const isRenewalDue = isLong && isPlaying && this.#renewals < MAX_RENEWALS
    if (isRenewalDue) {
      this.#renewals += 1
      this.#missedSinceMs = null
    }
    return { isMissed, isRenewalDue }
  }
}
