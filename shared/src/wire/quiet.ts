import * as Type from 'typebox'
import { PersonIdSchema } from '../ids.ts'
import { QuietHoursSchema } from '../quiet/hours.ts'
import { closedObject } from './envelope.ts'

/** When a citizen does not want to be rung; null for those who have said nothing of it. */
export const QuietSchema = Type.Union([QuietHoursSchema, Type.Null()])

/** Sent to the citizen's own connections and to the workers who are assigned at this moment. */
export const QuietChangedSchema = closedObject({
  type: Type.Literal('quiet.changed'),
  citizenId: PersonIdSchema,
  quiet: QuietSchema,
})
