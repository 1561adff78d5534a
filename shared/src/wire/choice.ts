import * as Type from 'typebox'
import { CHOICE_STATES } from '../choice/choice.ts'
import { PersonIdSchema } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from './envelope.ts'

/** A citizen's choice about video as the citizen and the assigned workers may see it. */
export const ChoiceViewSchema = closedObject({
  state: Type.Unsafe<(typeof CHOICE_STATES)[number]>(Type.Enum([...CHOICE_STATES])),
  /** When a pause ends by itself; null outside a pause. */
  pausedUntil: Type.Union([UnixMsSchema, Type.Null()]),
})
export type ChoiceView = Type.Static<typeof ChoiceViewSchema>

/** Sent to the citizen's own connections and to the workers who are assigned at this moment. */
export const ChoiceChangedSchema = closedObject({
  type: Type.Literal('choice.changed'),
  citizenId: PersonIdSchema,
  choice: ChoiceViewSchema,
})
