import type { ErrorCode } from '../errors.ts'
import type { Path } from './call.ts'

/**
 * What must be done about an event, in this order. The machine itself never acts.
 *
 * - `record`: write the call's row, before anyone is told
 * - `openLeg`, `closeLeg`: a stretch of flowing media begins or ends
 * - `announce`: send the call as it now is to every connection of both people
 * - `reject`: the event did not fit; tell its sender why, nothing has changed
 */
export type CallEffect =
  | { readonly type: 'record' }
  | { readonly type: 'openLeg'; readonly path: Path }
  | { readonly type: 'closeLeg' }
  | { readonly type: 'announce' }
  | { readonly type: 'reject'; readonly code: ErrorCode }

export const RECORD: CallEffect = { type: 'record' }
export const CLOSE_LEG: CallEffect = { type: 'closeLeg' }
export const ANNOUNCE: CallEffect = { type: 'announce' }
