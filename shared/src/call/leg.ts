import type { DurationMs } from '../time.ts'
import { END_REASONS } from './outcome.ts'

/** Over what the packets of a side leave its device; with `tcp` and `tls` that is the way to TURN. */
export const LEG_PROTOCOLS = ['udp', 'tcp', 'tls'] as const
export type LegProtocol = (typeof LEG_PROTOCOLS)[number]

/** How a leg ended: its connection was lost, or the call ended, and then why. */
export const LEG_ENDS = ['lost', ...END_REASONS] as const
export type LegEnd = (typeof LEG_ENDS)[number]

/** Figures that go to the record are this coarse: enough for IT support, and no fingerprint of a line. */
export const LEG_RTT_STEP_MS: DurationMs = 10
export const LEG_JITTER_STEP_MS: DurationMs = 5

export const MAX_LEG_RTT_MS: DurationMs = 10_000
export const MAX_LEG_JITTER_MS: DurationMs = 1_000
export const MAX_LEG_COUNT = 999

/** What a leg was like at one side. Null where the browser does not say. */
export interface LegQuality {
  readonly protocol: LegProtocol
  /** Mean round trip, to the nearest 10 ms. */
  readonly rttMs: DurationMs | null
  /** Of the packets that should have come here, in whole percent. */
  readonly lossPercent: number | null
  /** Of the sound that came here, the mean, to the nearest 5 ms. */
  readonly jitterMs: DurationMs | null
  /** How often the other side's picture stood still. */
  readonly freezes: number
  /** How often the own picture was made smaller or larger for the line's sake, or was turned off for it. */
  readonly steps: number
}

/** A leg as it was measured: exact, and not for anybody else. */
export interface MeasuredLeg {
  readonly protocol: LegProtocol
  readonly rttMs: number | null
  /** From 0 to 1. */
  readonly lossShare: number | null
  readonly jitterMs: number | null
  readonly freezes: number
  readonly steps: number
}

/** Makes the figures as coarse as the record takes them. */
export function roundLeg(measured: MeasuredLeg): LegQuality {
  const { protocol, rttMs, lossShare, jitterMs, freezes, steps } = measured
  return {
    protocol,
    rttMs: rttMs === null ? null : roundTo(rttMs, LEG_RTT_STEP_MS, MAX_LEG_RTT_MS),
    lossPercent: lossShare === null ? null : roundTo(lossShare * 100, 1, 100),
    jitterMs: jitterMs === null ? null : roundTo(jitterMs, LEG_JITTER_STEP_MS, MAX_LEG_JITTER_MS),
    freezes: roundTo(freezes, 1, MAX_LEG_COUNT),
    steps: roundTo(steps, 1, MAX_LEG_COUNT),
  }
}

function roundTo(value: number, step: number, highest: number): number {
  return Math.min(Math.max(Math.round(value / step) * step, 0), highest)
}
