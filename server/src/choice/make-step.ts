import {
  toStepKind,
  type Choice,
  type ChoiceAnswerBody,
  type ChoiceEvent,
  type DeviceId,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { StoredStep } from './repository.ts'

/** Where a step comes from: the citizen's own device, a member of staff, or a conversation. */
export type Source =
  | { readonly type: 'citizen'; readonly deviceId: DeviceId }
  | { readonly type: 'staff'; readonly personId: PersonId }
  | { readonly type: 'system' }

/** What is known when a step is written down. */
export interface StepFacts {
  readonly citizenId: PersonId
  readonly steps: readonly StoredStep[]
  readonly before: Choice
  readonly event: ChoiceEvent
  readonly source: Source
  readonly text: Pick<ChoiceAnswerBody, 'textVersion' | 'language'> | null
  readonly now: UnixMs
}

/** The line of the history for an event that has changed the choice. */
export function makeStep(facts: StepFacts): StoredStep {
  const { event, source, text, now } = facts
  return {
    kind: toStepKind(event),
    at: now,
    until: event.type === 'pause' ? event.until : null,
    textVersion: text?.textVersion ?? null,
    language: text?.language ?? null,
    ...findAsker(facts),
    saidOnDevice: source.type === 'citizen' ? source.deviceId : null,
    heardBy: source.type === 'staff' && event.type !== 'offer' ? source.personId : null,
  }
}

/** Whose question it was. A yes that answers no open offer is the citizen's own wish. */
function findAsker({
  citizenId,
  steps,
  before,
  event,
  source,
}: StepFacts): Pick<StoredStep, 'askedBy' | 'askedRole'> {
  if (event.type === 'offer' && source.type === 'staff') {
    return { askedBy: source.personId, askedRole: 'worker' }
  }
  if (event.type !== 'accept' && event.type !== 'decline' && event.type !== 'later') {
    return { askedBy: null, askedRole: null }
  }
  const wasAsked = before.state === 'offered' || before.state === 'later'
  const offer = steps.findLast(({ kind }) => kind === 'offered')
  return (event.type === 'accept' && !wasAsked) || offer === undefined
    ? { askedBy: citizenId, askedRole: 'citizen' }
    : { askedBy: offer.askedBy, askedRole: offer.askedRole }
}
