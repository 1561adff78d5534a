import type { CallView, Side } from '@naervaer/shared'
import { clockTime, firstName, t } from '../texts/text.ts'

/** How the end of a call is told to one of its sides. */
export interface Ending {
  readonly title: string
  readonly body: string | null
  /** Whether ringing again is what the worker may want next; never after a "not now". */
  readonly canRingAgain: boolean
}

/** Tells the end of a call honestly, and without blame, to the side that reads it. */
export function describeEnding(call: CallView, side: Side): Ending {
  return side === 'worker' ? describeForWorker(call) : describeForCitizen(call)
}

function describeForWorker(call: CallView): Ending {
  const name = firstName(call.citizen.name)
  switch (call.outcome) {
    case 'declined':
      return end(t('end.declined', { name }))
    case 'missed':
      return end(t('end.missed', { name }), null, true)
    case 'cancelled':
      // Not stopped by the worker: their time with the citizen ended, or their device was revoked.
      return end(call.endReason === 'revoked' ? t('end.unknown') : t('end.cancelled'))
    case 'busy':
      return end(t('end.busy', { name }), null, true)
    case 'unreachable':
      return end(t('end.unreachable', { name }), t('end.unreachableBody'), true)
    case 'failed':
      return end(t('end.failed'), t('end.failedBody', { name }), true)
    case 'dropped':
      return end(t('end.dropped'), t('end.droppedBody'), true)
    case 'completed':
      return endedBy(call, 'hangup_citizen', name)
    case null:
      // It ended while this window was away, and nobody has said how.
      return end(call.answeredAt === null ? t('end.unknown') : t('end.title'))
  }
}

function describeForCitizen(call: CallView): Ending {
  const name = firstName(call.worker.name)
  switch (call.outcome) {
    case 'declined':
      return end(t('end.citizenDeclined'), t('end.citizenDeclinedBody', { name }))
    case 'missed':
    case 'cancelled':
    case 'busy':
    case 'unreachable':
      return describeMissed(call, name)
    case null:
      return call.answeredAt === null ? describeMissed(call, name) : end(t('end.title'))
    case 'failed':
      return end(t('end.failed'), t('end.citizenFailedBody', { name }))
    case 'dropped':
      return end(t('end.dropped'), t('end.citizenFailedBody', { name }))
    case 'completed':
      return endedBy(call, 'hangup_staff', name)
  }
}

/** No counter and no blame. */
function describeMissed(call: CallView, name: string): Ending {
  return end(t('missed.title', { name, time: clockTime(call.createdAt) }), t('missed.body'))
}

/** A talk that was: that the other hung up is said, that oneself did is known. */
function endedBy(call: CallView, theirs: CallView['endReason'], name: string): Ending {
  return end(t('end.title'), call.endReason === theirs ? t('call.otherLeft', { name }) : null)
}

function end(title: string, body: string | null = null, canRingAgain = false): Ending {
  return { title, body, canRingAgain }
}
