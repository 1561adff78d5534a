import type {
  AttemptResult,
  Call,
  CallEffect,
  CallId,
  DeviceFault,
  LastCallReply,
  LegEnd,
  LiveCall,
  Outcome,
  Path,
  PersonId,
  Seat,
  UnixMs,
} from '@naervaer/shared'
import { getSeat, isAnswered } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { CallRow } from '../database/schema.ts'
import { newId } from '../new-id.ts'
import type { LegReport } from './note-leg.ts'

/** How a ring ends that nobody answered or refused. */
const IN_VAIN: readonly Outcome[] = ['missed', 'cancelled', 'unreachable']

/** Looks once more, inside the transaction that writes. */
export type SaveGuard = (transaction: Database) => Promise<void>

/** What the row holds that the call itself does not. */
export interface Beside {
  /** The highest that was seen. */
  readonly generation: number
  /** What came of the attempt; null while it lives. */
  readonly result: AttemptResult | null
  /** Whether it is held to a protected address. Forgotten at its end. */
  readonly isRelayed: boolean
  /** Whether the worker has said so of this ring. Forgotten at its end. */
  readonly isWorkerAlone: boolean
  /** The first fault of the call, where this step has brought it. */
  readonly fault: DeviceFault | null
}

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

/** A call from its row, with the highest generation that was seen of it. */
export interface StoredCall {
  readonly call: Call
  readonly generation: number
  readonly fault: DeviceFault | null
  readonly isRelayed: boolean
  readonly isWorkerAlone: boolean
}

/** The row but for what is written apart. */
type NewRow = Omit<CallRow, 'fault' | 'replaced'>

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

function toRow(call: Call, beside: Omit<Beside, 'fault'>): NewRow {
  const { generation, result, isRelayed, isWorkerAlone } = beside
  const isEnded = call.state === 'ended'
  const wasLinked = isEnded || call.state === 'connected' || call.state === 'reconnecting'
  return {
    id: call.id,
    worker_id: call.workerId,
    citizen_id: call.citizenId,
    worker_device_id: call.worker.deviceId,
    citizen_device_id: getSeat(call, 'citizen')?.deviceId ?? null,
    state: call.state,
    revision: call.revision,
    generation,
    outcome: isEnded ? call.outcome : null,
    end_reason: isEnded ? call.endReason : null,
    path: wasLinked ? call.path : null,
    created_at: call.createdAt,
    ringing_at: call.state === 'inviting' ? null : call.ringingAt,
    answered_at: isEnded || isAnswered(call) ? call.answeredAt : null,
    connected_at: wasLinked ? call.connectedAt : null,
    lost_at: call.state === 'reconnecting' ? call.lostAt : null,
    barred_at: call.state === 'connected' ? call.barredAt : null,
    ended_at: isEnded ? call.endedAt : null,
    is_relayed: isRelayed && !isEnded ? 1 : 0,
    is_worker_alone: isWorkerAlone && !isEnded ? 1 : 0,
    notice: call.notice,
    noticed_at: call.noticedAt,
    result,
  }
}

function toStoredCall(row: CallRow): StoredCall {
  return {
    call: row.state === 'ended' ? toEndedCall(row) : toLiveCall(row),
    generation: row.generation,
    fault: row.fault,
    isRelayed: row.is_relayed === 1,
    isWorkerAlone: row.is_worker_alone === 1,
  }
}

/** Nobody sits in a seat that comes from storage; who was there may attach again. */
function toSeat(deviceId: Seat['deviceId']): Seat {
  return { deviceId, connectionId: null, vacantSince: null, media: null }
}

function toCore(row: NewRow) {
  return {
    id: row.id,
    workerId: row.worker_id,
    citizenId: row.citizen_id,
    createdAt: row.created_at,
    revision: row.revision,
    worker: toSeat(row.worker_device_id),
    notice: row.notice,
    noticedAt: row.noticed_at,
  }
}

function toEndedCall(row: NewRow): Call {
  return {
    ...toCore(row),
    state: 'ended',
    outcome: need(row, 'outcome'),
    endReason: need(row, 'end_reason'),
    ringingAt: row.ringing_at,
    answeredAt: row.answered_at,
    connectedAt: row.connected_at,
    endedAt: need(row, 'ended_at'),
    path: row.path,
    citizen: row.citizen_device_id === null ? null : toSeat(row.citizen_device_id),
  }
}

function toLiveCall(row: NewRow): LiveCall {
  const core = toCore(row)
  if (row.state === 'inviting') return { ...core, state: 'inviting' }
  if (row.state === 'ringing') {
    return { ...core, state: 'ringing', ringingAt: need(row, 'ringing_at'), windows: [] }
  }
  const answered = {
    ...core,
    ringingAt: row.ringing_at,
    answeredAt: need(row, 'answered_at'),
    citizen: toSeat(need(row, 'citizen_device_id')),
    generation: row.generation,
    linked: { worker: null, citizen: null },
  }
  if (row.state === 'connecting') return { ...answered, state: 'connecting' }
  const connected = { ...answered, connectedAt: need(row, 'connected_at'), path: need(row, 'path') }
  if (row.state === 'reconnecting') {
    return { ...connected, state: 'reconnecting', lostAt: need(row, 'lost_at') }
  }
  // Media goes on without the server: it flows until a page says otherwise.
  const linked = { worker: connected.path, citizen: connected.path }
  return { ...connected, linked, state: 'connected', barredAt: row.barred_at }
}

/** A column that its row's state promises. */
function need<Column extends keyof NewRow>(
  row: NewRow,
  column: Column,
): NonNullable<NewRow[Column]> {
  const value = row[column]
  if (value === null) throw new Error(`call ${row.id} in ${row.state} has no ${column}`)
  return value
}
