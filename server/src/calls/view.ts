import {
  getSeat,
  isAnswered,
  NaervaerError,
  otherSide,
  type Call,
  type CallView,
  type PersonId,
  type Side,
} from '@naervaer/shared'
import type { Connection } from '../presence/connection.ts'
import type { LiveCall } from './live-call.ts'

/** Which side of the call a person is; null for everybody else. */
export function findSideOfPerson(call: Call, personId: PersonId): Side | null {
  if (call.workerId === personId) return 'worker'
  return call.citizenId === personId ? 'citizen' : null
}

/**
 * As `findSideOfPerson`, where nobody else is told that there is a call.
 *
 * @throws NaervaerError CALL_NOT_FOUND
 */
export function getSideOfPerson(call: Call, personId: PersonId): Side {
  const side = findSideOfPerson(call, personId)
  if (side === null) throw new NaervaerError('CALL_NOT_FOUND')
  return side
}

/** The call as one connection of one of its people sees it. */
export function makeCallView(live: LiveCall, side: Side, connection: Connection): CallView {
  const { call, people } = live
  const ended = call.state === 'ended' ? call : null
  const answered = ended ?? (isAnswered(call) ? call : null)
  return {
    id: call.id,
    revision: call.revision,
    state: call.state,
    worker: people.worker,
    citizen: people.citizen,
    seat: viewSeat(call, side, connection),
    isCounterpartPresent: isPresent(call, otherSide(side)),
    media: { worker: call.worker.media, citizen: getSeat(call, 'citizen')?.media ?? null },
    generation: Math.max(live.generation, isAnswered(call) ? call.generation : 0),
    isWorkerAlone: live.isWorkerAlone,
    ...(live.insteadOf === null ? {} : { insteadOf: live.insteadOf }),
    ...(live.isAwaited ? { isAwaited: true } : {}),
    notice: call.notice,
    createdAt: call.createdAt,
    ringingAt: call.state === 'inviting' ? null : call.ringingAt,
    answeredAt: answered?.answeredAt ?? null,
    connectedAt: findConnectedAt(call),
    endedAt: ended?.endedAt ?? null,
    outcome: ended?.outcome ?? null,
    endReason: ended?.endReason ?? null,
  }
}

function viewSeat(call: Call, side: Side, connection: Connection): CallView['seat'] {
  const seat = getSeat(call, side)
  if (seat === null) return isOnStandby(call, connection) ? 'standby' : 'none'
  if (seat.connectionId === null) return 'vacant'
  return seat.connectionId === connection.id ? 'here' : 'elsewhere'
}

function isOnStandby(call: Call, { id }: Connection): boolean {
  return call.state === 'ringing' && call.windows[0]?.connectionId === id
}

function isPresent(call: Call, side: Side): boolean {
  const connectionId = getSeat(call, side)?.connectionId ?? null
  return connectionId !== null
}

function findConnectedAt(call: Call): number | null {
  const wasLinked =
    call.state === 'connected' || call.state === 'reconnecting' || call.state === 'ended'
  return wasLinked ? call.connectedAt : null
}
