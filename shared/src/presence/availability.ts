import * as Type from 'typebox'

/**
 * Whether a citizen can be rung now, as the worker sees it.
 *
 * - `ready`: as `open`, and the citizen has said so ("Jeg er klar")
 * - `open`: at least one connection, the app is open somewhere
 * - `busy`: in a call, or being rung
 * - `reachable`: no connection, but a notice has reached one of their devices lately
 * - `unreachable`: neither
 */
export const AvailabilitySchema = Type.Union([
  Type.Literal('ready'),
  Type.Literal('open'),
  Type.Literal('busy'),
  Type.Literal('reachable'),
  Type.Literal('unreachable'),
])
export type Availability = Type.Static<typeof AvailabilitySchema>

/** What is known about one person at one moment. */
export interface PresenceReport {
  readonly connectionCount: number
  readonly hasLiveCall: boolean
  readonly isReady: boolean
  /** Whether a notice has reached one of their devices lately. */
  readonly isProven: boolean
}

/** A call outlives sockets, so a person in a call is busy even with no connection. */
export function deriveAvailability(report: PresenceReport): Availability {
  if (report.hasLiveCall) return 'busy'
  if (report.connectionCount > 0) return report.isReady ? 'ready' : 'open'
  return report.isProven ? 'reachable' : 'unreachable'
}
