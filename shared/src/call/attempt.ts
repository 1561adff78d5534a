import type { DurationMs, UnixMs } from '../time.ts'
import type { EndedCall, MediaState } from './call.ts'

/** A camera or microphone that somebody wanted to use and could not. */
export const DEVICE_FAULTS = [
  'microphoneRefused',
  'microphoneMissing',
  'microphoneInUse',
  'cameraRefused',
  'cameraMissing',
  'cameraInUse',
] as const
export type DeviceFault = (typeof DEVICE_FAULTS)[number]

/**
 * Why an attempt did not work as it should, as far as technique goes.
 *
 * - `deviceAsleep`: the ring reached no device: the app closed, the phone off or asleep; also where the
 *   worker has waited for it and given up
 * - `turnUnreachable`: answered, never connected, and a side that was told of TURN got no address of it
 * - `relayMissing`: not rung: the address is protected, and there is no TURN server
 * - `noPath`: answered, and the two devices did not find each other in time
 * - `connectingTooLong`: answered, and somebody hung up before the two were connected
 * - `windowGone`: one of the two windows went away, and did not come back
 * - `dropped`: connected, and lost for good; or somebody hung up while it was away
 * - the others: the talk took place without that camera or microphone
 */
export const ATTEMPT_MISSES = [
  'deviceAsleep',
  'turnUnreachable',
  'relayMissing',
  'noPath',
  'connectingTooLong',
  'windowGone',
  'dropped',
  ...DEVICE_FAULTS,
] as const
export type AttemptMiss = (typeof ATTEMPT_MISSES)[number]

/** What people decided: neither a success nor a miss of the technique, and in no rate. */
export const ATTEMPT_DECISIONS = [
  'declined',
  'notAnswered',
  'regretted',
  'busy',
  'revoked',
] as const
export type AttemptDecision = (typeof ATTEMPT_DECISIONS)[number]

/** What came of one attempt: it worked, or exactly one reason why not. */
export const ATTEMPT_RESULTS = ['worked', ...ATTEMPT_MISSES, ...ATTEMPT_DECISIONS] as const
export type AttemptResult = (typeof ATTEMPT_RESULTS)[number]

/** What an ended call does not say of itself. */
export interface AttemptFacts {
  /** The first that either side met when it opened its devices. */
  readonly fault: DeviceFault | null
  /** A side was told of a TURN server and never got an address of it. */
  readonly isRelayMissing: boolean
  /** Sound and picture were away when it ended. */
  readonly isMediaAway: boolean
}

/** Somebody who gives up sooner has not waited: the ring, or TURN, may have been on its way. */
const WAITED_MS: DurationMs = 10_000

/** Whoever rings again this soon after a miss tries again: it is not another first attempt. */
export const RETRY_WITHIN_MS: DurationMs = 30 * 60_000

/**
 * Says what came of an attempt. What came first in its life decides: no connection before a device
 * that failed, that before a connection lost later.
 */
export function judgeAttempt(call: EndedCall, facts: AttemptFacts): AttemptResult {
  switch (call.outcome) {
    case 'completed':
      return facts.fault ?? (facts.isMediaAway ? 'dropped' : 'worked')
    case 'dropped':
      return facts.fault ?? 'dropped'
    case 'failed':
      return judgeFailed(call, facts)
    case 'unreachable':
      return 'deviceAsleep'
    case 'cancelled':
      return judgeCancelled(call)
    case 'declined':
      return 'declined'
    case 'missed':
      return 'notAnswered'
    case 'busy':
      return 'busy'
  }
}

/** Nobody regrets a ring that has not arrived: whoever has waited for it gives it up. */
function judgeCancelled({
  endReason,
  createdAt,
  noticedAt,
  ringingAt,
  answeredAt,
  endedAt,
}: EndedCall): AttemptResult {
  if (endReason === 'network') return 'windowGone'
  if (endReason === 'revoked') return 'revoked'
  // The answer may have overtaken the news that it rings.
  const hasArrived = (ringingAt ?? noticedAt ?? answeredAt) !== null
  return hasArrived || endedAt - createdAt < WAITED_MS ? 'regretted' : 'deviceAsleep'
}

function judgeFailed(call: EndedCall, { isRelayMissing }: AttemptFacts): AttemptResult {
  if (call.answeredAt === null) return 'relayMissing'
  if (call.endReason === 'revoked') return 'revoked'
  if (call.endReason === 'network') return 'windowGone'
  const hasWaited = call.endedAt - call.answeredAt >= WAITED_MS
  if (isRelayMissing && hasWaited) return 'turnUnreachable'
  return call.endReason === 'timeout' ? 'noPath' : 'connectingTooLong'
}

/**
 * The fault in what a side says of its devices, the microphone's first: without a voice there is no talk.
 *
 * @returns null where all is well, or as the person wants it
 */
export function findDeviceFault({ camera, microphone }: MediaState): DeviceFault | null {
  if (microphone === 'refused') return 'microphoneRefused'
  if (microphone === 'missing') return 'microphoneMissing'
  if (microphone === 'inUse') return 'microphoneInUse'
  if (camera === 'refused') return 'cameraRefused'
  if (camera === 'missing') return 'cameraMissing'
  return camera === 'inUse' ? 'cameraInUse' : null
}

export function isMiss(result: AttemptResult): result is AttemptMiss {
  return (ATTEMPT_MISSES as readonly string[]).includes(result)
}

/** One attempt among others. */
export interface Attempt {
  /** The same for all between the same two people. */
  readonly pair: string
  readonly createdAt: UnixMs
  readonly endedAt: UnixMs
  readonly result: AttemptResult
}

/** How often it worked at the first attempt. */
export interface FirstAttempts {
  /** First attempts that technique decided. */
  readonly count: number
  readonly worked: number
  readonly misses: Readonly<Partial<Record<AttemptMiss, number>>>
}

/** A first attempt that technique decided. */
export interface FirstAttempt extends Attempt {
  readonly result: AttemptMiss | 'worked'
}

/**
 * Finds the first attempts: a second try that works does not hide the first, and a second that fails does
 * not count twice. What people decided is left out, and does not make the next one a second.
 *
 * @returns in the order in which they were made
 */
export function listFirstAttempts(attempts: readonly Attempt[]): FirstAttempt[] {
  const lastMissAt = new Map<string, UnixMs>()
  const first: FirstAttempt[] = []
  for (const attempt of attempts.toSorted((a, b) => a.createdAt - b.createdAt)) {
    const { pair, createdAt, endedAt, result } = attempt
    const missedAt = lastMissAt.get(pair)
    const isRetry = missedAt !== undefined && createdAt - missedAt <= RETRY_WITHIN_MS
    if (isMiss(result)) lastMissAt.set(pair, endedAt)
    else if (result === 'worked') lastMissAt.delete(pair)
    else continue
    if (!isRetry) first.push({ ...attempt, result })
  }
  return first
}

/** Counts first attempts, as `listFirstAttempts` finds them. */
export function countFirstAttempts(attempts: readonly Attempt[]): FirstAttempts {
  const misses: Partial<Record<AttemptMiss, number>> = {}
  const first = listFirstAttempts(attempts)
  for (const { result } of first) {
    if (result !== 'worked') misses[result] = (misses[result] ?? 0) + 1
  }
  return {
    count: first.length,
    worked: first.filter((each) => each.result === 'worked').length,
    misses,
  }
}
