import { createHmac } from 'node:crypto'
import type { PersonId, Pseudonym } from '@naervaer/shared'

/** What the key of the pseudonyms is derived for. */
export const PSEUDONYMS = 'pseudonyms'

const SHORTEST = 4
const LONGEST = 16

/**
 * Gives citizens the names under which IT knows them: the first digits of a keyed hash of the id, so
 * the same for ever, and not to be found by whoever has the ids without the key. Four digits, and
 * more for those two who would share them.
 *
 * @param key - 32 bytes, kept outside the database
 */
export function makePseudonyms(ids: readonly PersonId[], key: Buffer): Pseudonym[] {
  const hashed = ids.map((id) => ({
    id,
    whole: createHmac('sha256', key).update(id).digest('hex').toUpperCase(),
  }))
  // Side by side in order, so that only neighbours can share a beginning: people are many.
  const ordered = hashed.map(({ whole }) => whole).sort()
  const digitsOf = new Map(
    ordered.map((whole, at) => {
      const shared = [ordered[at - 1], ordered[at + 1]].map((other) => countShared(whole, other))
      return [whole, Math.min(LONGEST, Math.max(SHORTEST, ...shared.map((count) => count + 1)))]
    }),
  )
  return hashed.map(({ id, whole }) => ({ id, code: whole.slice(0, digitsOf.get(whole)) }))
}

/** How many digits two begin with alike. */
function countShared(one: string, other = ''): number {
  let digits = 0
  while (digits < LONGEST && one[digits] === other[digits]) digits += 1
  return digits
}
