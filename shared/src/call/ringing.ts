import type { CallId, PersonId } from '../ids.ts'
import { notBefore, type UnixMs } from '../time.ts'
import { isAnswered, type InvitingCall, type LiveCall } from './call.ts'
import { ANNOUNCE, RECORD } from './effect.ts'
import { end, hangUp } from './ending.ts'
import type { Window } from './event.ts'
import { takeSeat } from './seats.ts'
import { reject, stay, type Step } from './step.ts'

/** A worker's wish to talk, with what is known at that moment. */
export interface Invitation {
  readonly id: CallId
  readonly workerId: PersonId
  readonly citizenId: PersonId
  readonly from: Window
  /** Whether a ring can be tried at all; not `withoutRelay` where the address is protected. */
  readonly citizen: 'open' | 'busy' | 'unreachable' | 'withoutRelay'
  /** Whether devices whose app may be closed can be notified: then it is tried also where none is open. */
  readonly canNotify: boolean
}

/**
 * The worker rings. A citizen who is busy or cannot be reached, or only directly, gives an ended call at once,
 * because the attempt belongs in the record as well.
 */
export function invite(invitation: Invitation, now: UnixMs): Step {
  const call: InvitingCall = {
    id: invitation.id,
    workerId: invitation.workerId,
    citizenId: invitation.citizenId,
    state: 'inviting',
    createdAt: now,
    revision: 0,
    worker: takeSeat(invitation.from, null),
    notice: isTried(invitation) && invitation.canNotify ? 'sending' : 'none',
    noticedAt: null,
  }
  if (invitation.citizen === 'busy') return end(call, 'busy', 'citizen_busy', now)
  const isUnreachable = invitation.citizen === 'unreachable' && !invitation.canNotify
  if (isUnreachable) return end(call, 'unreachable', 'citizen_offline', now)
  if (invitation.citizen === 'withoutRelay') return end(call, 'failed', 'network', now)
  return { call, effects: [RECORD, ANNOUNCE] }
}

/** Whoever is busy, or may not be rung directly, is not notified either. */
function isTried({ citizen }: Invitation): boolean {
  return citizen === 'open' || citizen === 'unreachable'
}

/** A window says that it rings. The first prepares the peer connection, the others stand behind it. */
export function arrive(call: LiveCall, from: Window, now: UnixMs): Step {
  if (isAnswered(call)) return stay(call)
  const window = { deviceId: from.deviceId, connectionId: from.connectionId }
  const revision = call.revision + 1
  if (call.state === 'inviting') {
    const ringingAt = notBefore(now, call.createdAt)
    return {
      call: { ...call, state: 'ringing', ringingAt, windows: [window], revision },
      effects: [RECORD, ANNOUNCE],
    }
  }
  const isKnown = call.windows.some(({ connectionId }) => connectionId === from.connectionId)
  if (isKnown) return stay(call)
  return { call: { ...call, windows: [...call.windows, window], revision }, effects: [ANNOUNCE] }
}

/** The first window to answer takes the citizen's seat. */
export function accept(call: LiveCall, from: Window, now: UnixMs): Step {
  if (isAnswered(call)) {
    const isRepeat = call.citizen.connectionId === from.connectionId
    return isRepeat ? stay(call) : reject(call, 'CALL_ANSWERED_ELSEWHERE')
  }
  const ringingAt = call.state === 'ringing' ? call.ringingAt : null
  return {
    call: {
      id: call.id,
      workerId: call.workerId,
      citizenId: call.citizenId,
      createdAt: call.createdAt,
      worker: call.worker,
      notice: call.notice,
      noticedAt: call.noticedAt,
      state: 'connecting',
      revision: call.revision + 1,
      ringingAt,
      answeredAt: notBefore(now, ringingAt ?? call.createdAt),
      citizen: takeSeat(from, null),
      generation: 0,
      linked: { worker: null, citizen: null },
    },
    effects: [RECORD, ANNOUNCE],
  }
}

/** The citizen does not want to talk now, said on any of the ringing devices. */
export function decline(call: LiveCall, from: Window, now: UnixMs): Step {
  if (!isAnswered(call)) return end(call, 'declined', 'hangup_citizen', now)
  // "Ikke nu" on the phone must not end the call just answered on the tablet.
  if (call.citizen.connectionId !== from.connectionId)
    return reject(call, 'CALL_ANSWERED_ELSEWHERE')
  return hangUp(call, 'citizen', from, now)
}
