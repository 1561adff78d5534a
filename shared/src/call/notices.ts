import { notBefore, type UnixMs } from '../time.ts'
import { isAnswered, type LiveCall } from './call.ts'
import { ANNOUNCE, RECORD } from './effect.ts'
import { end } from './ending.ts'
import { stay, type Step } from './step.ts'

/** A push service has taken a notice: that is all that is known before the device says more. */
export function noteSent(call: LiveCall): Step {
  if (isAnswered(call) || call.notice !== 'sending') return stay(call)
  return change(call, { notice: 'sent' })
}

/**
 * A device shows the notice. It may say so before the push service has answered us, and although that
 * answer was taken for a failure.
 */
export function noteArrived(call: LiveCall, now: UnixMs): Step {
  const isExpected = call.notice !== 'none' && call.notice !== 'arrived'
  if (isAnswered(call) || !isExpected) return stay(call)
  return change(call, { notice: 'arrived', noticedAt: notBefore(now, call.createdAt) })
}

/** No device can be notified. Where no app is open either, there is nothing to wait for. */
export function noteFailed(call: LiveCall, isAlone: boolean, now: UnixMs): Step {
  if (isAnswered(call) || call.notice !== 'sending') return stay(call)
  const failed = { ...call, notice: 'failed' } as const
  if (isAlone && call.state === 'inviting') {
    return end(failed, 'unreachable', 'citizen_offline', now)
  }
  return change(call, { notice: 'failed' })
}

function change(call: LiveCall, news: Partial<Pick<LiveCall, 'notice' | 'noticedAt'>>): Step {
  return {
    call: { ...call, ...news, revision: call.revision + 1 },
    effects: [RECORD, ANNOUNCE],
  }
}
