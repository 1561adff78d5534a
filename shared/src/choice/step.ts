import type { UnixMs } from '../time.ts'
import { NO_CHOICE, settle, type Choice, type ChoiceState } from './choice.ts'
import type { ChoiceEvent } from './event.ts'

/** What a step of the history says; one for each event that changed something. */
export const CHOICE_STEPS = [
  'offered',
  'accepted',
  'declined',
  'later',
  'paused',
  'resumed',
  'withdrawn',
  'begun',
] as const
export type ChoiceStepKind = (typeof CHOICE_STEPS)[number]

const KIND_OF_EVENT: Readonly<Record<ChoiceEvent['type'], ChoiceStepKind>> = {
  offer: 'offered',
  accept: 'accepted',
  decline: 'declined',
  later: 'later',
  pause: 'paused',
  resume: 'resumed',
  withdraw: 'withdrawn',
  begin: 'begun',
}

/** The step that is written down for an event that changed the choice. */
export function toStepKind(event: ChoiceEvent): ChoiceStepKind {
  return KIND_OF_EVENT[event.type]
}

/** One line of the history. Lines are only ever added. */
export interface ChoiceStep {
  readonly kind: ChoiceStepKind
  readonly at: UnixMs
  /** When a pause ends; null in every other step. */
  readonly until: UnixMs | null
}

/**
 * The choice that a history makes at `now`.
 *
 * @param steps - all of one citizen and purpose, oldest first
 */
export function deriveChoice(steps: readonly ChoiceStep[], now: UnixMs): Choice {
  return settle(steps.reduce(addStep, NO_CHOICE), now)
}

/** Steps have been checked when they were written: here they are believed. */
function addStep(before: Choice, { kind, at, until }: ChoiceStep): Choice {
  const choice = settle(before, at)
  const { hasBegun } = choice
  const plain = (state: ChoiceState): Choice => ({ state, pausedUntil: null, hasBegun: false })
  switch (kind) {
    case 'offered':
    case 'accepted':
    case 'declined':
    case 'later':
    case 'withdrawn':
      return plain(kind)
    case 'paused':
      return { state: 'paused', pausedUntil: until, hasBegun }
    case 'resumed':
      return { state: hasBegun ? 'active' : 'accepted', pausedUntil: null, hasBegun }
    case 'begun':
      return { state: 'active', pausedUntil: null, hasBegun: true }
  }
}
