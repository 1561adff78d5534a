import type { Call, CallEffect, CallId, DeviceFault, LegEnd, Path, UnixMs } from '@naervaer/shared'
import { isAnswered } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { newId } from '../new-id.ts'
import type { LegReport } from './note-leg.ts'
import { toRow, toStoredCall, type Beside, type NewRow, type StoredCall } from './row.ts'

/** Looks once more, inside the transaction that writes. */
export type SaveGuard = (transaction: Database) => Promise<void>

export type CallsRepository = ReturnType<typeof makeCallsRepository>

/** Calls and their legs in SQL: metadata only, never descriptions or candidates. */
export function makeCallsRepository(database: Database) {
  return {
    /**
     * Writes what the effects ask to be kept, all or nothing.
     *
     * @param readBeside - asked after the guard, which may change it
     * @param guard - throws, in the same transaction, where it must not be written
     */
    async save(
      call: Call,
      readBeside: () => Beside,
      effects: readonly CallEffect[],
      now: UnixMs,
      guard?: SaveGuard,
    ): Promise<void> {
      await database.transaction().execute(async (transaction) => {
        await guard?.(transaction)
        const { fault, ...beside } = readBeside()
        const row = toRow(call, beside)
        for (const effect of effects) {
          if (effect.type === 'record') await upsertCall(transaction, row)
          if (effect.type === 'openLeg') await openLeg(transaction, call, effect.path, now)
          if (effect.type === 'closeLeg') await closeLegs(transaction, call, now)
        }
        if (fault !== null) await saveFault(transaction, call.id, fault)
      })
    },

    /** So that a page that has lost its own count begins above it, also after a restart of the server. */
    async saveGeneration(id: CallId, generation: number): Promise<void> {
      await database
        .updateTable('calls')
        .set({ generation })
        .where('id', '=', id)
        .where('generation', '<', generation)
        .execute()
    },

    /** The call is held to a protected address from now on. */
    async saveRelayed(id: CallId): Promise<void> {
      await database
        .updateTable('calls')
        .set({ is_relayed: 1 })
        .where('id', '=', id)
        .where('state', '!=', 'ended')
        .execute()
    },

    /** The last word of a side counts. Of a leg that never was there is nothing to keep. */
    async saveLegReport(id: CallId, { side, generation, quality }: LegReport): Promise<void> {
      const leg = await database
        .selectFrom('call_legs')
        .select('id')
        .where('call_id', '=', id)
        .where('generation', '=', generation)
        .orderBy('started_at', 'desc')
        .executeTakeFirst()
      if (leg === undefined) return
      await database
        .updateTable('call_legs')
        .set({
          [`${side}_protocol`]: quality.protocol,
          [`${side}_rtt_ms`]: quality.rttMs,
          [`${side}_loss_percent`]: quality.lossPercent,
          [`${side}_jitter_ms`]: quality.jitterMs,
          [`${side}_freezes`]: quality.freezes,
          [`${side}_steps`]: quality.steps,
        })
        .where('id', '=', leg.id)
        .execute()
    },

    async find(id: CallId): Promise<StoredCall | null> {
      const row = await database
        .selectFrom('calls')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row === undefined ? null : toStoredCall(row)
    },

    async loadLive(): Promise<StoredCall[]> {
      const rows = await database
        .selectFrom('calls')
        .leftJoin('call_legs', (join) =>
          join.onRef('call_id', '=', 'calls.id').on('call_legs.ended_at', 'is', null),
        )
        .selectAll('calls')
        .select('call_legs.generation as linkedGeneration')
        .where('state', '!=', 'ended')
        .orderBy('created_at')
        .execute()
      return rows.map(({ linkedGeneration, ...row }) => {
        const stored = toStoredCall(row)
        const { call } = stored
        if (call.state !== 'connected' || linkedGeneration === null) return stored
        // The sides may have taken an older one back than the highest that was seen.
        return { ...stored, call: { ...call, generation: linkedGeneration } }
      })
    },
  }
}

async function upsertCall(database: Database, row: NewRow): Promise<void> {
  await database
    .insertInto('calls')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** The first fault counts. */
async function saveFault(database: Database, id: CallId, fault: DeviceFault): Promise<void> {
  await database
    .updateTable('calls')
    .set({ fault })
    .where('id', '=', id)
    .where('fault', 'is', null)
    .execute()
}

async function openLeg(database: Database, call: Call, path: Path, now: UnixMs): Promise<void> {
  const { former } = await database
    .selectFrom('call_legs')
    .select(({ fn }) => fn.countAll<number | string>().as('former'))
    .where('call_id', '=', call.id)
    .executeTakeFirstOrThrow()
  await database
    .insertInto('call_legs')
    .values({
      id: newId<string>(),
      call_id: call.id,
      path,
      started_at: now,
      ended_at: null,
      // Not the highest that was seen: the sides may have taken an older one back.
      generation: isAnswered(call) ? call.generation : null,
      recoveries: Number(former),
      ended_by: null,
    })
    .execute()
}

async function closeLegs(database: Database, call: Call, now: UnixMs): Promise<void> {
  const endedBy: LegEnd = call.state === 'ended' ? call.endReason : 'lost'
  await database
    .updateTable('call_legs')
    .set((leg) => ({
      // A clock set back must not end a leg before it began.
      ended_at: leg.case().when('started_at', '>', now).then(leg.ref('started_at')).else(now).end(),
      ended_by: endedBy,
    }))
    .where('call_id', '=', call.id)
    .where('ended_at', 'is', null)
    .execute()
}
