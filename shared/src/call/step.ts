import type { ErrorCode } from '../errors.ts'
import type { Call } from './call.ts'
import type { CallEffect } from './effect.ts'

/** A call after an event, and what must be done about it. */
export interface Step {
  readonly call: Call
  readonly effects: readonly CallEffect[]
}

/** Nothing has changed, and nobody needs to know. */
export const stay = (call: Call): Step => ({ call, effects: [] })

/** Nothing has changed, and the sender is told why. */
export const reject = (call: Call, code: ErrorCode): Step => ({
  call,
  effects: [{ type: 'reject', code }],
})
