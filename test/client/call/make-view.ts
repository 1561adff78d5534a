import { CallViewSchema, type CallView } from '@naervaer/shared'
import { makeCheck } from '../../../client/src/services/socket/check.ts'

const isCallView = makeCheck(CallViewSchema)

/** A view of a ringing call, with what the test is about put in its place. */
export function makeView(change: Partial<Record<keyof CallView, unknown>> = {}): CallView {
  const view: unknown = {
    id: '0190a000-0000-7000-8000-000000000001',
    revision: 1,
    state: 'ringing',
    worker: { id: '0190a000-0000-7000-8000-00000000000a', name: 'Mette Holm' },
    citizen: { id: '0190a000-0000-7000-8000-00000000000b', name: 'Anna' },
    seat: 'none',
    isCounterpartPresent: true,
    media: { worker: null, citizen: null },
    generation: 0,
    isWorkerAlone: false,
    notice: 'none',
    createdAt: 1000,
    ringingAt: 1100,
    answeredAt: null,
    connectedAt: null,
    endedAt: null,
    outcome: null,
    endReason: null,
    ...change,
  }
  if (!isCallView(view)) throw new Error('the test made a view that the wire would refuse')
  return view
}
