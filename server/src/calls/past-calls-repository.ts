import type { LastCallReply, Outcome, PersonId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** How a ring ends that nobody answered or refused. */
const IN_VAIN: readonly Outcome[] = ['missed', 'cancelled', 'unreachable']

export type PastCallsRepository = ReturnType<typeof makePastCallsRepository>

/** What has come of calls, as the next ring and the first pages of people ask for it. */
export function makePastCallsRepository(database: Database) {
  return {
    /**
     * The last ring after `since` that reached the citizen, or of which their device will say so once it is
     * awake, when nobody answered it: what a notice tells as missed is missed here too.
     */
    async findMissed(
      citizenId: PersonId,
      since: UnixMs,
    ): Promise<{ workerId: PersonId; at: UnixMs } | null> {
      const last = await database
        .selectFrom('calls')
        .select(['worker_id', 'created_at', 'outcome'])
        .where('citizen_id', '=', citizenId)
        .where('created_at', '>', since)
        // What never rang at the citizen's is nothing that they have missed.
        .where((where) =>
          where.or([
            where('ringing_at', 'is not', null),
            where('outcome', '=', 'missed'),
            where('notice', 'in', ['sent', 'arrived']),
          ]),
        )
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      const outcome = last?.outcome ?? null
      if (last === undefined || outcome === null || !IN_VAIN.includes(outcome)) return null
      return { workerId: last.worker_id, at: last.created_at }
    },

    async findLastResult(personId: PersonId, since: UnixMs): Promise<LastCallReply['last']> {
      const last = await database
        .selectFrom('calls')
        .select(['outcome', 'end_reason as endReason'])
        .where((where) =>
          where.or([where('worker_id', '=', personId), where('citizen_id', '=', personId)]),
        )
        .where('ended_at', '>', since)
        .orderBy('ended_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (last === undefined) return null
      const { outcome, endReason } = last
      return outcome === null || endReason === null ? null : { outcome, endReason }
    },

    /** Whether the two have talked, and the last of it was that the citizen hung up after `since`. */
    async hasHungUp(workerId: PersonId, citizenId: PersonId, since: UnixMs): Promise<boolean> {
      const row = await database
        .selectFrom('calls')
        .select('end_reason')
        .where('citizen_id', '=', citizenId)
        .where('worker_id', '=', workerId)
        .where('ended_at', '>', since)
        // "Ikke nu" before an answer is a declined ring, and nothing was hung up.
        .where('answered_at', 'is not', null)
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.end_reason === 'hangup_citizen'
    },

    /** How often the citizen has been rung in vain since then, by whomever. */
    async countVainRings(citizenId: PersonId, since: UnixMs): Promise<number> {
      const { rings } = await database
        .selectFrom('calls')
        .select(({ fn }) => fn.countAll<number | string>().as('rings'))
        .where('citizen_id', '=', citizenId)
        .where('created_at', '>', since)
        .where('answered_at', 'is', null)
        // What nobody has heard rings nobody down; of one that still goes on that is not known yet.
        .where((call) =>
          call.or([
            call('outcome', 'is', null),
            call('ringing_at', 'is not', null),
            call('noticed_at', 'is not', null),
          ]),
        )
        .executeTakeFirstOrThrow()
      return Number(rings)
    },
  }
}
