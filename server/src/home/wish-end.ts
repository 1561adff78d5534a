import { CALLBACK_MS, type PersonId, type UnixMs } from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { StoredCallback } from './repository.ts'

type Wish = Pick<StoredCallback, 'askedAt' | 'waitsFor'>

/** When a wish is forgotten that nobody answers: who waits for one worker waits as long as they are away. */
export async function findWishEnd(
  { assignments }: Pick<Accounts, 'assignments'>,
  citizenId: PersonId,
  { askedAt, waitsFor }: Wish,
): Promise<UnixMs> {
  let endsAt = askedAt + CALLBACK_MS
  if (waitsFor === null) return endsAt
  const periods = (await assignments.loadPeriodsOf([citizenId], askedAt)).get(citizenId) ?? []
  const away = periods
    .filter(({ worker }) => worker.id === waitsFor)
    .flatMap((period) => period.away)
    .toSorted((one, other) => one.fromAt - other.fromAt)
  for (const { fromAt, toAt } of away) {
    if (fromAt < endsAt) endsAt = Math.max(endsAt, toAt + CALLBACK_MS)
  }
  return endsAt
}
