import * as Type from 'typebox'

/** What a device is called in words; it decides nothing. */
export const PAIRED_KINDS = [
  'iphone',
  'ipad',
  'androidPhone',
  'androidTablet',
  'computer',
  'other',
] as const
export type PairedKind = (typeof PAIRED_KINDS)[number]

export const PairedKindSchema = Type.Unsafe<PairedKind>(Type.Enum([...PAIRED_KINDS]))
