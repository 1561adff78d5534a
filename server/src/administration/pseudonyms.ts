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
  const whole = ids.map((id) => createHmac('sha256', key).update(id).digest('hex').toUpperCase())
  return ids.map((id, index) => {
    const own = whole[index] ?? ''
    const isShared = (digits: number) =>
      whole.some((other, at) => at !== index && other.startsWith(own.slice(0, digits)))
    let digits = SHORTEST
    while (digits < LONGEST && isShared(digits)) digits += 1
    return { id, code: own.slice(0, digits) }
  })
}
