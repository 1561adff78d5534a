import type { PickUp } from '@naervaer/shared'
import { t, type TextKey } from '../texts/text.ts'

const WORDS = {
  step: 'pickup.step',
  outing: 'pickup.outing',
  home: 'pickup.home',
  letter: 'pickup.letter',
  meeting: 'pickup.meeting',
  people: 'pickup.people',
  rest: 'pickup.rest',
  wentWell: 'pickup.wentWell',
} as const satisfies Record<PickUp, TextKey>

/** What was agreed, in words; they come with the text part `beside`. */
export function describePickUp(line: PickUp): string {
  return t(WORDS[line])
}
