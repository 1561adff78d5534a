import type { UnixMs } from '../time.ts'
import { isAnswered, type AnsweredCall, type Call, type LiveCall } from './call.ts'
import type { EndReason, Outcome } from './outcome.ts'
import {
  CALLER_RETURN_MS,
  CONNECT_TIMEOUT_MS,
  GOODBYE_TIMEOUT_MS,
  LONGEST_RING_MS,
  NOTICED_RING_MS,
  RETURN_TIMEOUT_MS,
  RING_TIMEOUT_MS,
} from './timeouts.ts'

/** When a call ends by itself unless something happens before, and as what. */
export interface Deadline {
  readonly at: UnixMs
  readonly outcome: Outcome
  readonly endReason: EndReason
}

/**
 * The earliest deadline of a call, derived from the call alone: there are no timers to lose,
 * neither by a restart of the server nor by a step of its clock.
 *
 * @returns null for an ended call, and for a connected one whose parties are both there by right
 */
export function getDeadline(call: Call): Deadline | null {
  if (call.state === 'ended') return null
  const deadlines = isAnswered(call) ? listAnsweredDeadlines(call) : listRingingDeadlines(call)
  return deadlines.reduce<Deadline | null>(
    (earliest, next) => (earliest === null || next.at < earliest.at ? next : earliest),
    null,
  )
}

/**
 * When a ring ends by itself: later where devices with a closed app are notified, which have to be found
 * and unlocked, and later for each that shows a sign of life.
 */
export function getRingEnd(call: LiveCall): UnixMs {
  if (call.notice === 'none') return call.createdAt + RING_TIMEOUT_MS
  const longestAt = call.createdAt + LONGEST_RING_MS
  const signAt = findLastSign(call)
  return signAt === null ? longestAt : Math.min(signAt + NOTICED_RING_MS, longestAt)
}

function findLastSign(call: LiveCall): UnixMs | null {
  const ringingAt = call.state === 'ringing' ? call.ringingAt : null
  if (ringingAt === null || call.noticedAt === null) return ringingAt ?? call.noticedAt
  return Math.max(ringingAt, call.noticedAt)
}

function listRingingDeadlines(call: LiveCall): Deadline[] {
  const deadlines: Deadline[] = [
    {
      at: getRingEnd(call),
      // A ring that no device has confirmed did not reach the person: that is not their miss.
      outcome: findLastSign(call) === null ? 'unreachable' : 'missed',
      endReason: 'timeout',
    },
  ]
  if (call.worker.vacantSince !== null) {
    deadlines.push({
      at: call.worker.vacantSince + CALLER_RETURN_MS,
      outcome: 'cancelled',
      endReason: 'network',
    })
  }
  return deadlines
}

function listAnsweredDeadlines(call: AnsweredCall): Deadline[] {
  const outcome: Outcome = call.state === 'connecting' ? 'failed' : 'dropped'
  const deadlines: Deadline[] = []
  for (const seat of [call.worker, call.citizen]) {
    if (seat.vacantSince === null) continue
    deadlines.push({ at: seat.vacantSince + RETURN_TIMEOUT_MS, outcome, endReason: 'network' })
  }
  if (call.state === 'connecting') {
    deadlines.push({ at: call.answeredAt + CONNECT_TIMEOUT_MS, outcome, endReason: 'timeout' })
  }
  if (call.state === 'connected' && call.barredAt !== null) {
    const at = call.barredAt + GOODBYE_TIMEOUT_MS
    deadlines.push({ at, outcome: 'completed', endReason: 'revoked' })
  }
  if (call.state === 'reconnecting') {
    deadlines.push({ at: call.lostAt + RETURN_TIMEOUT_MS, outcome, endReason: 'network' })
  }
  return deadlines
}
