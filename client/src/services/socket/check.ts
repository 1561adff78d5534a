import type { Check } from '@naervaer/shared'
import type { Static, TSchema } from 'typebox'
import { Check as checkSchema } from 'typebox/schema'

/**
 * Interprets a schema: no code is generated, so a strict Content-Security-Policy allows it. What the
 * schema does not name is overlooked, however closed it is: a server of a later version says more.
 */
export function makeCheck<S extends TSchema>(schema: S): Check<Static<S>> {
  let open: TSchema | undefined
  return (value): value is Static<S> => checkSchema((open ??= opened(schema)), value)
}

/** A schema is JSON, and the same without this word checks all the rest. */
const opened = (schema: TSchema): TSchema =>
  JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    name === 'additionalProperties' ? undefined : value,
  ) as TSchema
