import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { closedObject } from './envelope.ts'

/** Sent to the citizen's own connections and to the workers who are assigned at this moment. */
export const ProtectionChangedSchema = closedObject({
  type: Type.Literal('protection.changed'),
  citizenId: PersonIdSchema,
  isAddressProtected: Type.Boolean(),
})
