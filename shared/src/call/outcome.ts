/**
 * What a call amounted to. These stay apart for ever: a decline is not a miss, and a phone
 * that could not be reached is not a person who did not answer.
 *
 * - `completed`: the two were connected, and one of them hung up or had the device disconnected
 * - `declined`: the citizen did not want to talk now
 * - `missed`: it rang, and nobody answered in time
 * - `cancelled`: the worker regretted before the answer
 * - `busy`: the citizen was in another call
 * - `unreachable`: the ring reached no device
 * - `failed`: answered, but the two were never connected; or not even rung, for want of a TURN server
 * - `dropped`: the two were connected, and the connection did not come back
 */
export const OUTCOMES = [
  'completed',
  'declined',
  'missed',
  'cancelled',
  'busy',
  'unreachable',
  'failed',
  'dropped',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Who or what ended the call. */
export const END_REASONS = [
  'hangup_citizen',
  'hangup_staff',
  'timeout',
  'network',
  'citizen_busy',
  'citizen_offline',
  'revoked',
] as const
export type EndReason = (typeof END_REASONS)[number]
