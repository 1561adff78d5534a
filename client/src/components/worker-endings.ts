import type { CallView } from '@naervaer/shared'
import { firstName, t } from '../texts/text.ts'
import { describeHungUp, end, useWorkerEndings, type Ending } from './call-ending.ts'

function describeForWorker(call: CallView): Ending {
  const name = firstName(call.citizen.name)
  switch (call.outcome) {
    case 'declined':
      if (call.isAwaited === true && call.insteadOf !== undefined) {
        const worker = firstName(call.insteadOf.name)
        return end(t('end.awaits', { name, worker }), t('end.awaitsBody', { worker }))
      }
      return end(t('end.declined', { name }))
    case 'missed':
      return end(t('end.missed', { name }), null, true)
    case 'cancelled':
      // Not stopped by the worker: their time with the citizen ended, or their device was revoked.
      return end(call.endReason === 'revoked' ? t('end.unknown') : t('end.cancelled'))
    case 'busy':
      return end(t('end.busy', { name }), null, true)
    case 'unreachable':
      // A notice is on its way, or lost: what became of it nobody knows.
      if (call.notice === 'sent') return end(t('end.missed', { name }), null, true)
      return end(t('end.unreachable', { name }), t('end.unreachableBody'), true)
    case 'failed':
      return end(t('end.failed'), t('end.failedBody', { name }), true)
    case 'dropped':
      return end(t('end.dropped'), t('end.droppedBody'), true)
    case 'completed':
      return describeHungUp(call, 'worker')
    case null:
      // It ended while this window was away, and nobody has said how.
      return end(call.answeredAt === null ? t('end.unknown') : t('end.title'))
  }
}

useWorkerEndings(describeForWorker)
