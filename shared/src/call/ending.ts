import type { DeviceId } from '../ids.ts'
import { notBefore, type UnixMs } from '../time.ts'
import { getSeat, isAnswered, type EndedCall, type LiveCall, type Side } from './call.ts'
import { getDeadline } from './deadline.ts'
import { ANNOUNCE, CLOSE_LEG, RECORD } from './effect.ts'
import type { Window } from './event.ts'
import type { EndReason, Outcome } from './outcome.ts'
import { reject, stay, type Step } from './step.ts'

/** Ends a call: the one place where an outcome is given. */
export function end(call: LiveCall, outcome: Outcome, endReason: EndReason, now: UnixMs): Step {
  const answered = isAnswered(call) ? call : null
  const linked = answered === null || answered.state === 'connecting' ? null : answered
  const ringingAt = call.state === 'inviting' ? null : call.ringingAt
  const ended: EndedCall = {
    id: call.id,
    workerId: call.workerId,
    citizenId: call.citizenId,
    createdAt: call.createdAt,
    revision: call.revision + 1,
    worker: call.worker,
    notice: call.notice,
    noticedAt: call.noticedAt,
    citizen: answered?.citizen ?? null,
    state: 'ended',
    outcome,
    endReason,
    ringingAt,
    answeredAt: answered?.answeredAt ?? null,
    connectedAt: linked?.connectedAt ?? null,
    endedAt: notBefore(
      now,
      linked?.connectedAt ?? answered?.answeredAt ?? ringingAt ?? call.createdAt,
    ),
    path: linked?.path ?? null,
  }
  const closing = call.state === 'connected' ? [CLOSE_LEG] : []
  return { call: ended, effects: [RECORD, ...closing, ANNOUNCE] }
}

/** One party ends the call for both. Before the answer it is a cancel or a decline by another name. */
export function hangUp(call: LiveCall, side: Side, from: Window, now: UnixMs): Step {
  if (!isFromSeat(call, side, from)) return reject(call, 'CALL_NOT_A_PARTY')
  const endReason = side === 'worker' ? 'hangup_staff' : 'hangup_citizen'
  return end(call, getHangUpOutcome(call, side), endReason, now)
}

/** The worker regrets. A cancel that crosses the answer still ends the call: that is what was meant. */
export function cancel(call: LiveCall, from: Window, now: UnixMs): Step {
  if (!isFromSeat(call, 'worker', from)) return reject(call, 'CALL_NOT_A_PARTY')
  const outcome = wasConnected(call) ? 'completed' : 'cancelled'
  return end(call, outcome, 'hangup_staff', now)
}

/**
 * A device is revoked: a call that it takes part in ends at once, whether or not it is connected. One
 * that merely rings on it goes on, since the person's other devices ring as well.
 */
export function revoke(call: LiveCall, deviceId: DeviceId, now: UnixMs): Step {
  const side = findSideOfDevice(call, deviceId)
  return side === undefined ? stay(call) : end(call, getHangUpOutcome(call, side), 'revoked', now)
}

/** Whoever signs out where they talk has hung up; whoever is merely rung there has not. */
export function signOut(call: LiveCall, deviceId: DeviceId, now: UnixMs): Step {
  const side = findSideOfDevice(call, deviceId)
  if (side === undefined) return stay(call)
  const endReason = side === 'worker' ? 'hangup_staff' : 'hangup_citizen'
  return end(call, getHangUpOutcome(call, side), endReason, now)
}

/**
 * The worker may not be here any more. What flows may be brought to its end for a minute (criterion
 * S-05); what does not flow ends at once, since nobody may bring it back.
 */
export function bar(call: LiveCall, now: UnixMs): Step {
  if (call.state !== 'connected') {
    return end(call, getHangUpOutcome(call, 'worker'), 'revoked', now)
  }
  if (call.barredAt !== null) return stay(call)
  return { call: { ...call, barredAt: now, revision: call.revision + 1 }, effects: [RECORD] }
}

/** The worker is back by right before the minute was over: as if nothing had been. */
export function readmit(call: LiveCall): Step {
  if (call.state !== 'connected' || call.barredAt === null) return stay(call)
  return { call: { ...call, barredAt: null, revision: call.revision + 1 }, effects: [RECORD] }
}

/**
 * The worker's time with the citizen is over: what has not been answered stops, and a conversation
 * that has begun may be brought to its end.
 */
export function unassign(call: LiveCall, now: UnixMs): Step {
  return isAnswered(call) ? stay(call) : end(call, 'cancelled', 'revoked', now)
}

/**
 * Ends a call whose time has run out: at its deadline, not when that was noticed, which may be after
 * a long outage.
 */
export function tick(call: LiveCall, now: UnixMs): Step {
  const deadline = getDeadline(call)
  if (deadline === null || now < deadline.at) return stay(call)
  return end(call, deadline.outcome, deadline.endReason, deadline.at)
}

/** A ringing citizen has no seat yet: any of the person's windows may speak. */
function isFromSeat(call: LiveCall, side: Side, from: Window): boolean {
  const seat = getSeat(call, side)
  return seat === null || seat.connectionId === from.connectionId
}

function findSideOfDevice(call: LiveCall, deviceId: DeviceId): Side | undefined {
  return (['worker', 'citizen'] as const).find((each) => getSeat(call, each)?.deviceId === deviceId)
}

function wasConnected(call: LiveCall): boolean {
  return call.state === 'connected' || call.state === 'reconnecting'
}

function getHangUpOutcome(call: LiveCall, side: Side): Outcome {
  if (wasConnected(call)) return 'completed'
  if (call.state === 'connecting') return 'failed'
  return side === 'worker' ? 'cancelled' : 'declined'
}
