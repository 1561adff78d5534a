import { CHOICE_STATES, type Choice, type ChoiceEvent, type ChoiceState } from '@naervaer/shared'

/** 2 November 2026, 10.00 in Copenhagen. */
export const NOW = Date.UTC(2026, 10, 2, 9)
/** The version that a yes must be to in these tests. */
export const TEXT = 3
/** When the pause of `PAUSED` ends. */
export const UNTIL = NOW + 1_000

const plain = (state: ChoiceState, hasBegun = false): Choice => ({
  state,
  pausedUntil: null,
  hasBegun,
})

/** A choice in each state. */
export const CHOICES: Readonly<Record<ChoiceState, Choice>> = {
  notOffered: plain('notOffered'),
  offered: plain('offered'),
  declined: plain('declined'),
  later: plain('later'),
  accepted: plain('accepted'),
  active: plain('active', true),
  paused: { state: 'paused', pausedUntil: UNTIL, hasBegun: true },
  withdrawn: plain('withdrawn'),
}

/** Of each type one; the compiler asks for what is forgotten. */
export const EVENT_TYPES: Readonly<Record<ChoiceEvent['type'], true>> = {
  offer: true,
  accept: true,
  decline: true,
  later: true,
  pause: true,
  resume: true,
  withdraw: true,
  begin: true,
}

export const STATES = CHOICE_STATES
