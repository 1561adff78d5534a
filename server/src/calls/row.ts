import type { AttemptResult, Call, DeviceFault, LiveCall, PersonId, Seat } from '@naervaer/shared'
import { getSeat, isAnswered } from '@naervaer/shared'
import type { CallRow } from '../database/schema.ts'

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
  /** In whose place a substitute rang; null where nobody was stood in for. It stays in the record. */
  readonly onBehalfOf: PersonId | null
  /** The first fault of the call, where this step has brought it. */
  readonly fault: DeviceFault | null
}

/** A call from its row, with the highest generation that was seen of it. */
export interface StoredCall {
  readonly call: Call
  readonly generation: number
  readonly fault: DeviceFault | null
  readonly isRelayed: boolean
  readonly isWorkerAlone: boolean
  readonly onBehalfOf: PersonId | null
}

/** The row but for what is written apart. */
export type NewRow = Omit<CallRow, 'fault' | 'replaced'>

/** A call as its row has it. */
export function toRow(call: Call, beside: Omit<Beside, 'fault'>): NewRow {
  const { generation, result, isRelayed, isWorkerAlone, onBehalfOf } = beside
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
    on_behalf_of: onBehalfOf,
    notice: call.notice,
    noticed_at: call.noticedAt,
    result,
  }
}

/** @throws Error for a row that lacks what its state promises */
export function toStoredCall(row: CallRow): StoredCall {
  return {
    call: row.state === 'ended' ? toEndedCall(row) : toLiveCall(row),
    generation: row.generation,
    fault: row.fault,
    isRelayed: row.is_relayed === 1,
    isWorkerAlone: row.is_worker_alone === 1,
    onBehalfOf: row.on_behalf_of,
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
