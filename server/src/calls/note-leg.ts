import {
  getSeat,
  NaervaerError,
  type Call,
  type DurationMs,
  type LegQuality,
  type Side,
  type UnixMs,
} from '@naervaer/shared'
import type { Connection } from '../presence/connection.ts'
import type { CallsRepository } from './repository.ts'

/** After the end of a call: the last word of a window that was offline, and nothing later. */
const LAST_WORD_MS: DurationMs = 5 * 60_000

/** What one side's window says of a leg. */
export interface LegReport {
  readonly side: Side
  readonly generation: number
  readonly quality: LegQuality
}

/**
 * Keeps what a side says of a leg, also just after the end of the call, when its seat is no window's.
 *
 * @throws NaervaerError CALL_NOT_A_PARTY for another device than the seat's
 */
export async function noteLeg(
  repository: CallsRepository,
  call: Call,
  report: LegReport,
  sender: Connection,
  now: UnixMs,
): Promise<void> {
  if (getSeat(call, report.side)?.deviceId !== sender.deviceId) {
    throw new NaervaerError('CALL_NOT_A_PARTY')
  }
  if (call.state === 'ended' && now - call.endedAt > LAST_WORD_MS) return
  await repository.saveLegReport(call.id, report)
}
