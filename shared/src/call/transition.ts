import type { UnixMs } from '../time.ts'
import type { Call, EndedCall, LiveCall } from './call.ts'
import { bar, cancel, hangUp, readmit, revoke, signOut, tick, unassign } from './ending.ts'
import type { CallEvent } from './event.ts'
import { link, unlink } from './links.ts'
import { noteArrived, noteFailed, noteSent } from './notices.ts'
import { accept, arrive, decline } from './ringing.ts'
import { attach, changeMedia, loseConnection, restore } from './seats.ts'
import { reject, stay, type Step } from './step.ts'

/**
 * Applies one event to a call and says what must be done about it.
 *
 * Pure and total: the caller supplies the time and performs the effects in order, storage first.
 * Crossing messages are normal and never throw.
 *
 * @param now - server time, milliseconds since the Unix epoch
 * @returns the next call and the effects; an event that no longer fits returns the same call with
 *   one `reject`, one that is merely repeated returns the same call with no effect
 * @see RFC 3261 §§ 9, 13 and 15 for the vocabulary of inviting, cancelling and ending; the wire format is ours
 */
export function transition(call: Call, event: CallEvent, now: UnixMs): Step {
  return call.state === 'ended' ? afterTheEnd(call, event) : whileLive(call, event, now)
}

/** A command that comes after the end is told so; news that comes after the end is no news. */
function afterTheEnd(call: EndedCall, event: CallEvent): Step {
  switch (event.type) {
    case 'accept':
    case 'attach':
      return reject(call, 'CALL_ENDED')
    // What these ask for is already so: the tap that crossed the end has had its way.
    case 'decline':
    case 'cancel':
    case 'hangUp':
    case 'arrived':
    case 'noticeSent':
    case 'noticeArrived':
    case 'noticeFailed':
    case 'mediaChanged':
    case 'linked':
    case 'unlinked':
    case 'connectionLost':
    case 'revoked':
    case 'signedOut':
    case 'barred':
    case 'readmitted':
    case 'unassigned':
    case 'restored':
    case 'tick':
      return stay(call)
  }
}

function whileLive(call: LiveCall, event: CallEvent, now: UnixMs): Step {
  switch (event.type) {
    case 'arrived':
      return arrive(call, event.from, now)
    case 'noticeSent':
      return noteSent(call)
    case 'noticeArrived':
      return noteArrived(call, now)
    case 'noticeFailed':
      return noteFailed(call, event.isAlone, now)
    case 'accept':
      return accept(call, event.from, now)
    case 'decline':
      return decline(call, event.from, now)
    case 'cancel':
      return cancel(call, event.from, now)
    case 'hangUp':
      return hangUp(call, event.side, event.from, now)
    case 'attach':
      return attach(call, event.side, event.from, event.former)
    case 'mediaChanged':
      return changeMedia(call, event.side, event.from, event.media)
    case 'linked':
      return link(call, event, now)
    case 'unlinked':
      return unlink(call, event, now)
    case 'connectionLost':
      return loseConnection(call, event.connectionId, now)
    case 'revoked':
      return revoke(call, event.deviceId, now)
    case 'signedOut':
      return signOut(call, event.deviceId, now)
    case 'barred':
      return bar(call, now)
    case 'readmitted':
      return readmit(call)
    case 'unassigned':
      return unassign(call, now)
    case 'restored':
      return restore(call, now)
    case 'tick':
      return tick(call, now)
  }
}
