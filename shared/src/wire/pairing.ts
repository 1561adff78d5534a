import * as Type from 'typebox'
import { PairedKindSchema } from '../device/kind.ts'
import { UUID_PATTERN } from '../ids.ts'
import { closedObject } from './envelope.ts'

declare const brand: unique symbol
/** One try to pair a device, from the code to the worker's answer. */
export type PairingId = string & { readonly [brand]: 'PairingId' }

export const PairingIdSchema = Type.Unsafe<PairingId>(
  Type.String({ pattern: UUID_PATTERN, maxLength: 36 }),
)

/** Sent to the worker whose code a device has just used: the two digits are to be compared. */
export const PairingClaimedSchema = closedObject({
  type: Type.Literal('pairing.claimed'),
  pairing: PairingIdSchema,
  digits: Type.String({ pattern: '^[0-9]{2}$' }),
  kind: PairedKindSchema,
})
