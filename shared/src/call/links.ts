import { notBefore, type UnixMs } from '../time.ts'
import {
  getSeat,
  isAnswered,
  PATHS,
  type AnsweredCall,
  type ConnectedCall,
  type LiveCall,
  type Path,
  type Side,
} from './call.ts'
import { ANNOUNCE, CLOSE_LEG, RECORD } from './effect.ts'
import { end } from './ending.ts'
import type { CallEvent } from './event.ts'
import { reject, stay, type Step } from './step.ts'

type Linked = Extract<CallEvent, { type: 'linked' }>
type Unlinked = Extract<CallEvent, { type: 'unlinked' }>

/**
 * The peer connection is up at one side. The call is connected when it is up at both in the same
 * generation; news of an older generation than one that is up is dropped. Where none is, the sides may
 * have taken an older one back (SI14).
 */
export function link(call: LiveCall, event: Linked, now: UnixMs): Step {
  if (!isAnswered(call)) return reject(call, 'CALL_NOT_ANSWERED')
  if (!isFromSeat(call, event)) return reject(call, 'CALL_NOT_A_PARTY')
  const isNoneUp = call.linked.worker === null && call.linked.citizen === null
  if (event.generation < call.generation && !isNoneUp) return stay(call)
  if (event.generation !== call.generation) return beginGeneration(call, event, now)
  if (call.linked[event.side] !== null) return stay(call)
  const linked = { ...call.linked, [event.side]: event.path }
  return settle({ ...call, linked, revision: call.revision + 1 }, now)
}

/** The other side of a peer connection that has already been replaced cannot be linked any more. */
function beginGeneration(call: AnsweredCall, event: Linked, now: UnixMs): Step {
  const linked = { worker: null, citizen: null, [event.side]: event.path }
  const { generation } = event
  const next = { ...call, generation, linked, revision: call.revision + 1 }
  return next.state === 'connected' ? loseMedia(next, now) : settle(next, now)
}

/** The peer connection is gone at one side: both wait for the next. */
export function unlink(call: LiveCall, event: Unlinked, now: UnixMs): Step {
  if (!isAnswered(call)) return reject(call, 'CALL_NOT_ANSWERED')
  if (!isFromSeat(call, event)) return reject(call, 'CALL_NOT_A_PARTY')
  if (event.generation < call.generation) return stay(call)
  const isSame = event.generation === call.generation
  if (isSame && call.linked[event.side] === null) return stay(call)
  // Who has lost a newer one has given up the one that the call knows.
  const linked = isSame ? { ...call.linked, [event.side]: null } : { worker: null, citizen: null }
  const { generation } = event
  const next = { ...call, generation, linked, revision: call.revision + 1 }
  return next.state === 'connected' ? loseMedia(next, now) : { call: next, effects: [] }
}

/** Goes on to `connected` once both sides are linked. */
function settle(call: AnsweredCall, now: UnixMs): Step {
  const { worker, citizen } = call.linked
  if (worker === null || citizen === null || call.state === 'connected')
    return { call, effects: [] }
  const path = pickLonger(worker, citizen)
  const connected: ConnectedCall = {
    id: call.id,
    workerId: call.workerId,
    citizenId: call.citizenId,
    createdAt: call.createdAt,
    revision: call.revision,
    worker: call.worker,
    notice: call.notice,
    noticedAt: call.noticedAt,
    citizen: call.citizen,
    ringingAt: call.ringingAt,
    answeredAt: call.answeredAt,
    generation: call.generation,
    linked: call.linked,
    state: 'connected',
    connectedAt: call.state === 'reconnecting' ? call.connectedAt : notBefore(now, call.answeredAt),
    path,
    barredAt: null,
  }
  return { call: connected, effects: [RECORD, { type: 'openLeg', path }, ANNOUNCE] }
}

function loseMedia(call: ConnectedCall, now: UnixMs): Step {
  const { barredAt, ...rest } = call
  // Nobody may bring it back.
  if (barredAt !== null) return end(call, 'completed', 'revoked', now)
  return {
    call: { ...rest, state: 'reconnecting', lostAt: now },
    effects: [RECORD, CLOSE_LEG, ANNOUNCE],
  }
}

/** One side may be relayed and the other not; the call took the longer way. */
function pickLonger(a: Path, b: Path): Path {
  return PATHS.indexOf(a) > PATHS.indexOf(b) ? a : b
}

function isFromSeat(call: AnsweredCall, event: { side: Side; from: { connectionId: string } }) {
  return getSeat(call, event.side)?.connectionId === event.from.connectionId
}
