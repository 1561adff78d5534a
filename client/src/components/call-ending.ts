import type { CallView, Side } from '@naervaer/shared'
import { clockTime, firstName, t } from '../texts/text.ts'

/** How the end of a call is told to one of its sides. */
export interface Ending {
  readonly title: string
  readonly body: string | null
  /** Whether ringing again is what the worker may want next; never after a "not now". */
  readonly canRingAgain: boolean
}

/** Until the words of workers have come. */
let describeForWorker = (_call: CallView): Ending => end(t('end.unknown'))

/** Told by what workers see of calls, so that a citizen never fetches the words of it. */
export function useWorkerEndings(describe: (call: CallView) => Ending): void {
  describeForWorker = describe
}

/**
 * Tells the end of a call honestly, and without blame, to the side that reads it.
 *
 * @param isBackAsked - whether the citizen who has hung up wants to go back
 */
export function describeEnding(
  call: CallView,
  side: Side,
  { isBackAsked = false }: { readonly isBackAsked?: boolean } = {},
): Ending {
  if (isHungUp(call)) return describeHungUp(call, side, isBackAsked)
  return side === 'worker' ? describeForWorker(call) : describeForCitizen(call)
}

/**
 * Whether one of the two has ended an answered call, whatever had become of the connection by then:
 * that is an ending, and not a failure.
 */
export function isHungUp({ outcome, endReason }: CallView): boolean {
  if (outcome === 'completed') return true
  const isBroken = outcome === 'failed' || outcome === 'dropped'
  return isBroken && (endReason === 'hangup_citizen' || endReason === 'hangup_staff')
}

/** That the other hung up is said, that oneself did is known. */
export function describeHungUp(call: CallView, side: Side, isBackAsked = false): Ending {
  const other = side === 'worker' ? call.citizen : call.worker
  const theirs = side === 'worker' ? 'hangup_citizen' : 'hangup_staff'
  const isTheirs = call.endReason === theirs
  if (!isTheirs) return end(t('end.title'))
  const name = firstName(other.name)
  const left = t('call.otherLeft', { name })
  // Nobody rings right after the citizen has ended it (docs/protocol.md, CI11).
  const isPeaceDue = side === 'worker' && !isBackAsked
  return end(t('end.title'), isPeaceDue ? `${left} ${t('end.peace', { name })}` : left)
}

function describeForCitizen(call: CallView): Ending {
  const name = firstName(call.worker.name)
  switch (call.outcome) {
    case 'declined':
      // Never shown: whoever said "Ikke nu" is back at home at once (see `derivePhase`).
      return end(t('end.unknown'))
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
      return describeHungUp(call, 'citizen')
  }
}

/** No counter and no blame. */
function describeMissed(call: CallView, name: string): Ending {
  return end(t('missed.title', { name, time: clockTime(call.createdAt) }), t('missed.body'))
}

/** An ending in its words. */
export function end(title: string, body: string | null = null, canRingAgain = false): Ending {
  return { title, body, canRingAgain }
}
