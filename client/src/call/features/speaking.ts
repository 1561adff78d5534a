import type { DurationMs } from '@naervaer/shared'

/** From 0 to 1, linear: quiet speech at arm's length is above, a room with a fan below. */
const LOUD = 0.01
const QUIET = 0.005

/** Between syllables the mark stays. */
const HOLD_MS: DurationMs = 600

/** One cough is no speech. */
const ONSET_MS: DurationMs = 150

/** Says from levels whether somebody speaks. */
export class VoiceMeter {
  #loudSinceMs: number | null = null
  #heardAtMs = -Infinity
  #isSpeaking = false

  /** @param level - from 0 to 1; null where there is nothing to listen to */
  take(level: number | null, atMs: number): boolean {
    if (level === null) this.#heardAtMs = -Infinity
    const isLoud = (level ?? 0) >= (this.#isSpeaking ? QUIET : LOUD)
    this.#loudSinceMs = isLoud ? (this.#loudSinceMs ?? atMs) : null
    const isSpeech = this.#loudSinceMs !== null && atMs - this.#loudSinceMs >= ONSET_MS
    if (isSpeech || (isLoud && this.#isSpeaking)) this.#heardAtMs = atMs
    this.#isSpeaking = atMs - this.#heardAtMs < HOLD_MS
    return this.#isSpeaking
  }
}

/** Below the smallest step of 16-bit sound there is none at all. */
const DIGITAL_SILENCE = 1 / 65_536

/** A microphone of which nothing at all has come is spoken of after this long: a room is never that quiet. */
const NEVER_SOUNDED_MS: DurationMs = 5_000

/** One that works: a good headset gives digital silence while nobody speaks, and a person may listen for long. */
const HAS_SOUNDED_MS: DurationMs = 60_000

/**
 * Notices a microphone that is there, and allowed, and gives nothing: muted by its own switch, or broken.
 * Each track has one of its own.
 */
export class SilenceMeter {
  #sinceMs: number | null = null
  #hasSounded = false

  /** @param peak - the loudest sample just now; null where it cannot be known */
  take(peak: number | null, atMs: number): boolean {
    const isNothing = peak !== null && peak < DIGITAL_SILENCE
    if (peak !== null && !isNothing) this.#hasSounded = true
    this.#sinceMs = isNothing ? (this.#sinceMs ?? atMs) : null
    const limitMs = this.#hasSounded ? HAS_SOUNDED_MS : NEVER_SOUNDED_MS
    return this.#sinceMs !== null && atMs - this.#sinceMs >= limitMs
  }
}
