import * as Type from 'typebox'
import { PhoneNumberSchema } from '../phone/number.ts'
import { closedObject } from '../wire/envelope.ts'

/** `PUT /api/citizens/:citizenId/phone`, and the leader's: null takes the number out. */
export const PhoneWishSchema = closedObject({
  phone: Type.Union([PhoneNumberSchema, Type.Null()]),
})
