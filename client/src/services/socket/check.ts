import type { Check } from '@naervaer/shared'
import type { Static, TSchema } from 'typebox'
import { Check as checkSchema } from 'typebox/schema'

/** Interprets a schema: no code is generated, so a strict Content-Security-Policy allows it. */
export function makeCheck<S extends TSchema>(schema: S): Check<Static<S>> {
  return (value): value is Static<S> => checkSchema(schema, value)
}
