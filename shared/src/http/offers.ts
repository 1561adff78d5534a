import * as Type from 'typebox'
import type { ChoiceState } from '../choice/choice.ts'
import { PersonIdSchema } from '../ids.ts'
import { closedObject } from '../wire/envelope.ts'
import { PersonSchema } from '../wire/presence.ts'

/** How an offer stands, for the authority: neither breaks nor whether there have been calls. */
export const OFFER_STATES = [
  'notOffered',
  'offered',
  'accepted',
  'declined',
  'later',
  'withdrawn',
] as const
export type OfferState = (typeof OFFER_STATES)[number]

/** What of a choice is the answer to the offer; a break is the citizen's own, and still a yes. */
export function toOfferState(state: ChoiceState): OfferState {
  return state === 'active' || state === 'paused' ? 'accepted' : state
}

/** `GET /api/offers?after=`: by name, 100 at a time, from behind the citizen with that id. */
export const OffersQuerySchema = closedObject({ after: Type.Optional(PersonIdSchema) })
export const OffersReplySchema = closedObject({
  citizens: Type.Array(
    closedObject({
      person: PersonSchema,
      state: Type.Unsafe<OfferState>(Type.Enum([...OFFER_STATES])),
    }),
    { maxItems: 100 },
  ),
  /** For `after`, where there are more; null at the end. */
  next: Type.Union([PersonIdSchema, Type.Null()]),
})
export type OffersReply = Type.Static<typeof OffersReplySchema>
