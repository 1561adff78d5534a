import {
  OwnTalksReplySchema,
  PickUpSchema,
  type CallId,
  type OwnTalksReply,
  type PersonId,
  type PickUp,
  type Replaced,
} from '@naervaer/shared'
import { read, send } from './http-request.ts'
import { makeCheck } from './socket/check.ts'

const isPickUp = makeCheck(PickUpSchema)
const isOwnTalks = makeCheck(OwnTalksReplySchema)

/** What is said around calls, over HTTP (AR1 to AR5). Fetched with the parts of pages that use it. */
export const aroundClient = {
  /** What the present talk takes up: the same for both of its sides. */
  async fetchForTalk(): Promise<PickUp | null> {
    return (await read(await send('GET', '/api/own/pick-up'), isPickUp)).line
  },

  /** What a worker has agreed with a citizen of theirs. */
  async fetchAgreed(citizenId: PersonId): Promise<PickUp | null> {
    return (await read(await send('GET', `/api/citizens/${citizenId}/pick-up`), isPickUp)).line
  },

  async agree(citizenId: PersonId, line: PickUp | null): Promise<void> {
    await send('PUT', `/api/citizens/${citizenId}/pick-up`, { line })
  },

  /** Whether a talk stood in for a visit. */
  async sayReplaced(callId: CallId, replaced: Replaced): Promise<void> {
    await send('PUT', `/api/calls/${callId}/replaced`, { replaced })
  },

  /** A worker's own of the last days, and what substitutes have talked in their place. */
  async fetchTalks(): Promise<OwnTalksReply> {
    return read(await send('GET', '/api/own/talks'), isOwnTalks)
  },
}
