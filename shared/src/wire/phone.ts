import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { closedObject } from './envelope.ts'

/** A citizen's ordinary telephone, as it is dialled; null where nobody has written it down. */
export const PhoneSchema = Type.Union([Type.String({ maxLength: 16 }), Type.Null()])

/** Sent to the citizen's own connections and to the workers who are assigned at this moment. */
export const PhoneChangedSchema = closedObject({
  type: Type.Literal('phone.changed'),
  citizenId: PersonIdSchema,
  phone: PhoneSchema,
})
