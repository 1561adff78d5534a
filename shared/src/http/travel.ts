import * as Type from 'typebox'
import { MAX_TRAVEL_KM, MAX_TRAVEL_MINUTES } from '../travel/travel.ts'
import { closedObject } from '../wire/envelope.ts'

/** The way to a citizen and back; null where nobody has said it. */
export const TravelValueSchema = Type.Union([
  closedObject({
    minutes: Type.Integer({ minimum: 0, maximum: MAX_TRAVEL_MINUTES }),
    km: Type.Integer({ minimum: 0, maximum: MAX_TRAVEL_KM }),
  }),
  Type.Null(),
])

/** Body and answer of `/api/citizens/:citizenId/travel`, and body of the leader's. */
export const TravelSchema = closedObject({ travel: TravelValueSchema })
export type TravelBody = Type.Static<typeof TravelSchema>
