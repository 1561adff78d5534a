import {
  NaervaerError,
  RINGS_A_DAY,
  RINGS_IN_A_ROW,
  RINGS_IN_A_ROW_MS,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { PastCallsRepository } from './past-calls-repository.ts'

const DAY_MS = 24 * 3_600_000

/**
 * Nobody is rung down: so many rings in vain, by whomever, and then there is peace (criterion W-20).
 *
 * @throws NaervaerError CALL_RUNG_OFTEN, CALL_RUNG_ALL_DAY
 */
export async function checkPatience(
  past: Pick<PastCallsRepository, 'countVainRings'>,
  citizenId: PersonId,
  now: UnixMs,
): Promise<void> {
  const lately = await past.countVainRings(citizenId, now - RINGS_IN_A_ROW_MS)
  if (lately >= RINGS_IN_A_ROW) throw new NaervaerError('CALL_RUNG_OFTEN')
  const today = await past.countVainRings(citizenId, now - DAY_MS)
  if (today >= RINGS_A_DAY) throw new NaervaerError('CALL_RUNG_ALL_DAY')
}
