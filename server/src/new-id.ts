import { v7 } from 'uuid'

/** A new UUIDv7 (RFC 9562 § 5.7) of the kind that is asked for: `newId<CallId>()`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see above
export function newId<Id extends string>(): Id {
  // The brand is given here and nowhere else: the caller says what the id will name.
  return v7() as Id
}
