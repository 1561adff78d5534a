import type { ErrorCode } from '../errors.ts'
import type { UnixMs } from '../time.ts'
import { settle, type Choice, type ChoiceState } from './choice.ts'
import type { ChoiceEvent } from './event.ts'

/**
 * A choice after an event: `changed` is to be written down and told, `unchanged` was so already, and
 * `refused` does not fit.
 */
export type ChoiceOutcome =
  | { readonly type: 'changed'; readonly choice: Choice }
  | { readonly type: 'unchanged' }
  | { readonly type: 'refused'; readonly code: ErrorCode }

const UNCHANGED: ChoiceOutcome = { type: 'unchanged' }
const refuse = (code: ErrorCode): ChoiceOutcome => ({ type: 'refused', code })
const become = (state: ChoiceState): ChoiceOutcome => ({
  type: 'changed',
  choice: { state, pausedUntil: null, hasBegun: state === 'active' },
})

/**
 * Applies one event to a choice.
 *
 * Pure and total. Nothing in here asks a citizen again: `offer` comes from a person alone, and time
 * does nothing but end a pause.
 *
 * @param currentText - the version of the text that a yes must be to
 * @param now - server time, milliseconds since the Unix epoch
 */
export function changeChoice(
  choice: Choice,
  event: ChoiceEvent,
  currentText: number,
  now: UnixMs,
): ChoiceOutcome {
  const present = settle(choice, now)
  switch (present.state) {
    case 'accepted':
    case 'active':
    case 'paused':
      return whileYes(present, event, now)
    case 'notOffered':
    case 'offered':
    case 'declined':
    case 'later':
    case 'withdrawn':
      return whileNotYes(present, event, currentText)
  }
}

function whileYes(choice: Choice, event: ChoiceEvent, now: UnixMs): ChoiceOutcome {
  switch (event.type) {
    case 'accept':
      return UNCHANGED
    case 'offer':
    case 'decline':
    case 'later':
      return refuse('CHOICE_ALREADY_GIVEN')
    case 'pause':
      return pause(choice, event.until, now)
    case 'resume':
      return choice.state === 'paused' ? become(choice.hasBegun ? 'active' : 'accepted') : UNCHANGED
    case 'withdraw':
      return become('withdrawn')
    // A talk that was going on when the pause began is not the beginning of anything.
    case 'begin':
      return choice.state === 'accepted' ? become('active') : UNCHANGED
  }
}

/** A pause may be made longer or shorter; one that would be over already is none. */
function pause(choice: Choice, until: UnixMs, now: UnixMs): ChoiceOutcome {
  if (until <= now || until === choice.pausedUntil) return UNCHANGED
  return { type: 'changed', choice: { ...choice, state: 'paused', pausedUntil: until } }
}

function whileNotYes(choice: Choice, event: ChoiceEvent, currentText: number): ChoiceOutcome {
  switch (event.type) {
    case 'offer':
      return choice.state === 'offered' ? UNCHANGED : become('offered')
    case 'accept':
      return accept(choice, event, currentText)
    case 'decline':
      return answer(choice, 'declined')
    case 'later':
      return answer(choice, 'later')
    case 'withdraw':
      return choice.state === 'withdrawn' ? UNCHANGED : refuse('CHOICE_NOT_GIVEN')
    case 'pause':
    case 'resume':
      return refuse(choice.state === 'withdrawn' ? 'CHOICE_WITHDRAWN' : 'CHOICE_NOT_GIVEN')
    case 'begin':
      return UNCHANGED
  }
}

/** A citizen may say yes unasked. That staff heard a yes needs an offer that it answers. */
function accept(
  { state }: Choice,
  { by, textVersion }: Extract<ChoiceEvent, { type: 'accept' }>,
  currentText: number,
): ChoiceOutcome {
  const wasAsked = state === 'offered' || state === 'later'
  if (by === 'staff' && !wasAsked) return refuse('CHOICE_NOT_OFFERED')
  return textVersion === currentText ? become('accepted') : refuse('CHOICE_TEXT_OLD')
}

/** A no, or a not now, answers an offer; it may be changed to the other. */
function answer({ state }: Choice, wanted: 'declined' | 'later'): ChoiceOutcome {
  if (state === wanted) return UNCHANGED
  const wasAsked = state === 'offered' || state === 'declined' || state === 'later'
  return wasAsked ? become(wanted) : refuse('CHOICE_NOT_OFFERED')
}
