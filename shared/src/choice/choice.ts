import type { DurationMs, UnixMs } from '../time.ts'

/**
 * Where a citizen stands with one kind of contact by video.
 *
 * - `notOffered`: nobody has asked
 * - `offered`: asked, and not answered yet
 * - `declined`, `later`: "Nej tak", "Spørg mig en anden gang"; nobody but a person asks again
 * - `accepted`: "Ja tak"; `active`: and has had a first conversation
 * - `paused`: said yes, and wants a break until a date
 * - `withdrawn`: said yes once, and stopped
 */
export const CHOICE_STATES = [
  'notOffered',
  'offered',
  'declined',
  'later',
  'accepted',
  'active',
  'paused',
  'withdrawn',
] as const
export type ChoiceState = (typeof CHOICE_STATES)[number]

/** What a choice is about: being supported by video, and being notified on a closed app. */
export const CHOICE_PURPOSES = ['video', 'notify'] as const
export type ChoicePurpose = (typeof CHOICE_PURPOSES)[number]

/** A choice as its history makes it. */
export interface Choice {
  readonly state: ChoiceState
  /** When the pause ends by itself; null outside a pause. */
  readonly pausedUntil: UnixMs | null
  /** Whether there has been a conversation since the yes: what a pause goes back to. */
  readonly hasBegun: boolean
}

export const NO_CHOICE: Choice = { state: 'notOffered', pausedUntil: null, hasBegun: false }

/** How long a break may be, in weeks. */
export const PAUSE_WEEKS = [1, 2, 4] as const
export type PauseWeeks = (typeof PAUSE_WEEKS)[number]

const WEEK_MS: DurationMs = 7 * 24 * 3_600_000

/** When a pause of so many weeks that begins now is over. */
export function endOfPause(weeks: PauseWeeks, now: UnixMs): UnixMs {
  return now + weeks * WEEK_MS
}

/** The choice as it is at `now`: a pause ends by itself, and nothing else changes with time. */
export function settle(choice: Choice, now: UnixMs): Choice {
  if (choice.pausedUntil === null || now < choice.pausedUntil) return choice
  return { ...choice, state: choice.hasBegun ? 'active' : 'accepted', pausedUntil: null }
}

/** Whether the citizen may be rung in this state. */
export function mayBeRung(state: ChoiceState): boolean {
  return state === 'accepted' || state === 'active'
}
