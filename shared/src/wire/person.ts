import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { closedObject } from './envelope.ts'

/** A person as the other side may know them: by name only. */
export const PersonSchema = closedObject({
  id: PersonIdSchema,
  name: Type.String({ minLength: 1, maxLength: 100 }),
})
export type Person = Type.Static<typeof PersonSchema>
