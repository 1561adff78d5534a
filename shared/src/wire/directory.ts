import * as Type from 'typebox'
import { closedObject } from './envelope.ts'
import { CitizenPresenceSchema, PersonSchema } from './presence.ts'

/** Who is whose has changed: the receiver's people, whole, in place of those known before. */
export const DirectoryChangedSchema = closedObject({
  type: Type.Literal('directory.changed'),
  citizens: Type.Array(CitizenPresenceSchema, { maxItems: 500 }),
  workers: Type.Array(PersonSchema, { maxItems: 50 }),
})
