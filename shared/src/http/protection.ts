import * as Type from 'typebox'
import { closedObject } from '../wire/envelope.ts'

/** `PUT /api/citizens/:citizenId/protection`, and the leader's: "Beskyttet adresse" (criterion S-23). */
export const ProtectionSchema = closedObject({ isAddressProtected: Type.Boolean() })
export type ProtectionBody = Type.Static<typeof ProtectionSchema>
