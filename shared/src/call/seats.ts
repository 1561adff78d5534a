import type { ConnectionId } from '../ids.ts'
import type { UnixMs } from '../time.ts'
import {
  findSideOfConnection,
  getSeat,
  isAnswered,
  type LiveCall,
  type MediaState,
  type Seat,
  type Side,
} from './call.ts'
import { ANNOUNCE } from './effect.ts'
import type { Window } from './event.ts'
import { reject, stay, type Step } from './step.ts'

/** A seat with somebody in it. */
export function takeSeat(from: Window, media: MediaState | null): Seat {
  return { deviceId: from.deviceId, connectionId: from.connectionId, vacantSince: null, media }
}

function vacate(seat: Seat, now: UnixMs): Seat {
  if (seat.vacantSince === now) return seat
  return { ...seat, connectionId: null, vacantSince: now }
}

function withSeat(call: LiveCall, side: Side, seat: Seat): LiveCall {
  if (seat === getSeat(call, side)) return call
  const revision = call.revision + 1
  if (side === 'worker') return { ...call, worker: seat, revision }
  return isAnswered(call) ? { ...call, citizen: seat, revision } : call
}

/**
 * A reloaded or reconnected window takes its device's seat again: a vacant one, or its own.
 *
 * @param former - the connection that this window had before, known to nobody else
 */
export function attach(
  call: LiveCall,
  side: Side,
  from: Window,
  former: ConnectionId | null,
): Step {
  const seat = getSeat(call, side)
  if (seat === null) return reject(call, 'CALL_NOT_ANSWERED')
  if (seat.connectionId === from.connectionId) return stay(call)
  const isFree = seat.connectionId === null || seat.connectionId === former
  if (!isFree || seat.deviceId !== from.deviceId) {
    return reject(call, 'CALL_SEAT_TAKEN')
  }
  return { call: withSeat(call, side, takeSeat(from, seat.media)), effects: [ANNOUNCE] }
}

/** A party's camera or microphone changed: for the other side's eyes, not for the record. */
export function changeMedia(call: LiveCall, side: Side, from: Window, media: MediaState): Step {
  const seat = getSeat(call, side)
  if (seat?.connectionId !== from.connectionId) return reject(call, 'CALL_NOT_A_PARTY')
  if (isSameMedia(seat.media, media)) return stay(call)
  return { call: withSeat(call, side, { ...seat, media }), effects: [ANNOUNCE] }
}

function isSameMedia(a: MediaState | null, b: MediaState): boolean {
  return a !== null && a.camera === b.camera && a.microphone === b.microphone
}

/** A socket is gone. The media may well flow on, so the seat is kept for its device. */
export function loseConnection(call: LiveCall, connectionId: ConnectionId, now: UnixMs): Step {
  if (call.state === 'ringing') {
    // Where the first has gone, the next one is on standby.
    const windows = call.windows.filter((window) => window.connectionId !== connectionId)
    if (windows.length < call.windows.length) {
      return { call: { ...call, windows, revision: call.revision + 1 }, effects: [ANNOUNCE] }
    }
  }
  const side = findSideOfConnection(call, connectionId)
  const seat = side === null ? null : getSeat(call, side)
  if (side === null || seat === null) return stay(call)
  return { call: withSeat(call, side, vacate(seat, now)), effects: [ANNOUNCE] }
}

/**
 * After a restart every seat is vacant, and the time to come back begins now: also for who was away
 * before it, since nobody could come back to a server that was down.
 */
export function restore(call: LiveCall, now: UnixMs): Step {
  const alone = call.state === 'ringing' ? { ...call, windows: [] } : call
  const vacated = withSeat(alone, 'worker', vacate(alone.worker, now))
  const seat = getSeat(vacated, 'citizen')
  if (seat === null) return { call: vacated, effects: [] }
  return { call: withSeat(vacated, 'citizen', vacate(seat, now)), effects: [] }
}
