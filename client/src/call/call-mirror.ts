import { otherSide, type CallView, type SocketRole } from '@naervaer/shared'
import type { CallPhase, CallSnapshot } from './call-snapshot.ts'

/**
 * What is left of the known call when the server tells of `incoming`.
 *
 * Views may cross, so an older revision of the same call is old news, and so is the end of a call
 * that is not the one this window shows.
 */
export function takeView(known: CallView | null, incoming: CallView): CallView {
  if (known === null) return incoming
  if (known.id === incoming.id) return incoming.revision < known.revision ? known : incoming
  const isOldNews = known.state !== 'ended' && incoming.state === 'ended'
  return isOldNews ? known : incoming
}

/** The snapshot no longer knows the call: it ended while nobody told this window how. */
export function endUnseen(known: CallView, serverTime: number): CallView {
  return { ...known, state: 'ended', endedAt: serverTime }
}

/**
 * What this window has to do with the call.
 *
 * @param wasInvolved - whether it has shown this call while it lived: only then does its end concern it
 */
export function derivePhase(
  call: CallView | null,
  role: SocketRole,
  wasInvolved: boolean,
): CallPhase {
  if (call === null) return 'idle'
  switch (call.state) {
    case 'inviting':
    case 'ringing':
      return role === 'citizen' ? 'incoming' : fromSeat(call, 'outgoing')
    case 'connecting':
    case 'connected':
    case 'reconnecting':
      return fromSeat(call, 'talking')
    case 'ended':
      // Who has just said "Ikke nu" needs no page that says so, on any of the devices.
      if (role === 'citizen' && call.outcome === 'declined') return 'idle'
      return wasInvolved ? 'ended' : 'idle'
  }
}

/** Whether this window has, or may soon have, a part in a live call. */
export function isParty({ state, seat }: CallView): boolean {
  return state !== 'ended' && seat !== 'elsewhere' && seat !== 'none'
}

/** Whether this window and the other side's may connect before the answer. */
export function isPreparing({ state, seat }: CallView): boolean {
  return state === 'ringing' && (seat === 'here' || seat === 'standby')
}

/** Who is on the other side, and what of theirs is on. */
export function describeCounterpart(
  view: CallView | null,
  role: SocketRole,
): Pick<CallSnapshot, 'counterpart' | 'counterpartMedia'> {
  if (view === null) return { counterpart: null, counterpartMedia: null }
  const side = otherSide(role)
  return { counterpart: view[side], counterpartMedia: view.media[side] }
}

function fromSeat(call: CallView, here: CallPhase): CallPhase {
  if (call.seat === 'here') return here
  return call.seat === 'vacant' ? 'vacant' : 'elsewhere'
}
