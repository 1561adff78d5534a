import * as Type from 'typebox'
import { PICK_UPS, type PickUp } from '../around/pick-up.ts'
import { MAX_LATEST_TALKS, REPLACED, type Replaced } from '../around/replaced.ts'
import { CallIdSchema } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { PersonSchema } from '../wire/person.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const PickUpLineSchema = orNull(Type.Unsafe<PickUp>(Type.Enum([...PICK_UPS])))

/**
 * What the two have agreed to take up in their next talk; null for nothing. Body and answer of
 * `/api/citizens/:citizenId/pick-up`, and the answer of `GET /api/own/pick-up`.
 */
export const PickUpSchema = closedObject({ line: PickUpLineSchema })
export type PickUpBody = Type.Static<typeof PickUpSchema>

const ReplacedSchema = Type.Unsafe<Replaced>(Type.Enum([...REPLACED]))

/** `PUT /api/calls/:callId/replaced`. */
export const ReplacedBodySchema = closedObject({ replaced: ReplacedSchema })

/** The address of a route about one call. */
export const CallParamsSchema = closedObject({ callId: CallIdSchema })

/** A talk that a worker has had: when and with whom, and nothing of what was said. */
export const OwnTalkSchema = closedObject({
  id: CallIdSchema,
  citizen: PersonSchema,
  connectedAt: UnixMsSchema,
  endedAt: UnixMsSchema,
  replaced: orNull(ReplacedSchema),
  /** The citizen's own worker, in whose place it was; missing where nobody was stood in for. */
  insteadOf: Type.Optional(PersonSchema),
})
export type OwnTalk = Type.Static<typeof OwnTalkSchema>

/** That a substitute has talked with a citizen in the place of whoever reads it: with whom, and when it began. */
export const CoveredTalkSchema = closedObject({
  id: CallIdSchema,
  citizen: PersonSchema,
  worker: PersonSchema,
  connectedAt: UnixMsSchema,
})
export type CoveredTalk = Type.Static<typeof CoveredTalkSchema>

/** `GET /api/own/talks`: the newest first. */
export const OwnTalksReplySchema = closedObject({
  talks: Type.Array(OwnTalkSchema, { maxItems: MAX_LATEST_TALKS }),
  /** Missing from servers that do not tell of them. */
  covered: Type.Optional(Type.Array(CoveredTalkSchema, { maxItems: MAX_LATEST_TALKS })),
})
export type OwnTalksReply = Type.Static<typeof OwnTalksReplySchema>
