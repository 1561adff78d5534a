import {
  isAnswered,
  LONGEST_RING_MS,
  type Call,
  type CallId,
  type EndedCall,
} from '@naervaer/shared'
import type { NoticeState } from '@naervaer/shared/push'
import type { Push } from '../push/service.ts'
import type { LiveCall } from './live-call.ts'

/** Keeps the notices on the citizen's devices in step with the call that they are about. */
export class CallNotices {
  readonly #push: Pick<Push, 'ring' | 'end'>
  /** Calls of which devices say that they ring. */
  readonly #ringing = new Set<CallId>()

  constructor(push: Pick<Push, 'ring' | 'end'>) {
    this.#push = push
  }

  /** After every step of a call. */
  follow({ call, people, insteadOf }: LiveCall): void {
    if (call.notice === 'none') return
    const isRinging = call.state === 'inviting' || call.state === 'ringing'
    if (isRinging === this.#ringing.has(call.id)) return
    const names = { name: people.worker.name, insteadOf: insteadOf?.name ?? null }
    const about = { callId: call.id, ...names, calledAt: call.createdAt }
    if (!isRinging) {
      this.#ringing.delete(call.id)
      const exceptDeviceId = isAnswered(call) ? call.citizen.deviceId : null
      this.#push.end({ ...about, kind: describeEnd(call), exceptDeviceId })
      return
    }
    this.#ringing.add(call.id)
    // After a restart of the server: what a push service has taken is not sent again.
    if (call.notice !== 'sending') return
    const until = call.createdAt + LONGEST_RING_MS
    this.#push.ring({ ...about, citizenId: call.citizenId, until })
  }
}

function describeEnd(call: Call): 'missed' | 'elsewhere' | 'over' {
  if (isAnswered(call)) return 'elsewhere'
  return call.state === 'ended' ? describeEnded(call) : 'missed'
}

function describeEnded({ answeredAt, outcome }: EndedCall): 'missed' | 'elsewhere' | 'over' {
  if (answeredAt !== null) return 'elsewhere'
  return outcome === 'declined' ? 'over' : 'missed'
}

/** How a call stands, as a device is told that has been notified of it. */
export function describeForNotice(call: Call): NoticeState {
  const isRinging = call.state === 'inviting' || call.state === 'ringing'
  return isRinging ? 'ringing' : describeEnd(call)
}
