import {
  findSdpFault,
  findSignalling,
  getSeat,
  NaervaerError,
  otherSide,
  type Side,
  type SignalMessage,
} from '@naervaer/shared'
import type { Connection } from '../presence/connection.ts'
import type { PresenceHub } from '../presence/hub.ts'
import { hideAddresses } from './hide-addresses.ts'
import type { LiveCall } from './live-call.ts'
import { findSideOfPerson } from './view.ts'

/** Each side makes one kind of description, so offers never collide. */
const DESCRIPTION_OF = { worker: 'offer', citizen: 'answer' } as const

/**
 * Passes a signal from one side's window to the other's, in the bytes it came in: between the seats, or
 * while it rings between the worker's and the one on standby. What
 * is in it is the parties' business, apart from what criterion S-24 asks of descriptions.
 *
 * Where the citizen's address is protected it shows none (criterion S-23), and may be in other bytes.
 *
 * A vacant seat swallows it: what was not acknowledged is sent again when the party is back.
 *
 * @returns whether the signal begins a new generation
 * @throws NaervaerError CALL_NOT_ANSWERED, CALL_NOT_A_PARTY, SIGNAL_DESCRIPTION_REFUSED,
 *   SIGNAL_ADDRESS_REFUSED, SIGNAL_STALE, ROLE_REFUSED, CALL_ENDED
 */
export function relay(
  live: LiveCall,
  message: SignalMessage,
  sender: Connection,
  frame: Buffer,
  presence: PresenceHub,
): boolean {
  const { call } = live
  if (call.state === 'ended') throw new NaervaerError('CALL_ENDED')
  const side = findSide(call, sender)
  checkSignal(message, side)
  const shown = live.isRelayed ? hideAddresses(message) : message
  const isNewGeneration = takeGeneration(live, message)
  const other = findSignalling(call, otherSide(side))
  const personId = side === 'worker' ? call.citizenId : call.workerId
  presence
    .listConnections(personId)
    .find((connection) => connection.id === other)
    ?.forward(shown === message ? frame : Buffer.from(JSON.stringify(shown)))
  return isNewGeneration
}

function findSide(call: LiveCall['call'], sender: Connection): Side {
  const side = findSideOfPerson(call, sender.personId)
  if (side !== null && findSignalling(call, side) === sender.id) return side
  const isAnswered = getSeat(call, 'citizen') !== null
  throw new NaervaerError(isAnswered ? 'CALL_NOT_A_PARTY' : 'CALL_NOT_ANSWERED')
}

/** A wish for a newer generation is of none itself, and however high it is, it makes none. */
function takeGeneration(live: LiveCall, { type, generation }: SignalMessage): boolean {
  if (type === 'signal.please') return false
  if (generation < live.generation) throw new NaervaerError('SIGNAL_STALE')
  const isNew = generation > live.generation
  live.generation = generation
  return isNew
}

function checkSignal(message: SignalMessage, side: Side): void {
  if (message.type === 'signal.please' && side !== 'citizen')
    throw new NaervaerError('ROLE_REFUSED')
  if (message.type !== 'signal.description') return
  const { type, sdp } = message.description
  const fault = type === DESCRIPTION_OF[side] ? findSdpFault(sdp) : 'wrongSide'
  if (fault === null) return
  throw new NaervaerError('SIGNAL_DESCRIPTION_REFUSED', { details: fault })
}
