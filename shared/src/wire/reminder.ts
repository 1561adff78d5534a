import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from './envelope.ts'

/**
 * Whether the last reminder has reached a device of a citizen: `sent` where a push service has taken it and no
 * device has said so yet, `failed` where none could be told.
 */
export const REACHED_STATES = ['sent', 'arrived', 'failed'] as const
export type ReachedState = (typeof REACHED_STATES)[number]

export const ReachedSchema = Type.Union([
  closedObject({
    state: Type.Unsafe<ReachedState>(Type.Enum([...REACHED_STATES])),
    at: UnixMsSchema,
  }),
  Type.Null(),
])
export type Reached = Type.Static<typeof ReachedSchema>

/** To the workers who are assigned at this moment. */
export const ReachedChangedSchema = closedObject({
  type: Type.Literal('reached.changed'),
  citizenId: PersonIdSchema,
  reached: ReachedSchema,
})
