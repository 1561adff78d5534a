import type { CallId, ConnectionId, DeviceId, PersonId } from '../ids.ts'
import type { UnixMs } from '../time.ts'
import type { Window } from './event.ts'
import type { EndReason, Outcome } from './outcome.ts'

/** The two sides of every call: staff rings, a citizen is rung. */
export type Side = 'worker' | 'citizen'

export const CALL_STATES = [
  'inviting',
  'ringing',
  'connecting',
  'connected',
  'reconnecting',
  'ended',
] as const
export type CallState = (typeof CALL_STATES)[number]

/** How the media travels: directly, through a NAT's mapping, or through TURN (RFC 8445 candidate types). */
export const PATHS = ['host', 'srflx', 'relay'] as const
export type Path = (typeof PATHS)[number]

/** A camera's or microphone's state at one party. `off` is a choice; the last three are troubles. */
export const DEVICE_STATES = ['on', 'off', 'refused', 'missing', 'inUse'] as const
export type DeviceState = (typeof DEVICE_STATES)[number]

/**
 * What has become of the notices to the citizen's devices, whose app may be closed.
 *
 * - `none`: no device is notified, so only an open app can ring
 * - `sending`: on their way to the push services
 * - `sent`: a push service has taken one; whether it has arrived, nobody knows
 * - `arrived`: a device has said that it shows one
 * - `failed`: no device can be notified
 */
export const NOTICES = ['none', 'sending', 'sent', 'arrived', 'failed'] as const
export type Notice = (typeof NOTICES)[number]

export interface MediaState {
  readonly camera: DeviceState
  readonly microphone: DeviceState
}

/**
 * The part of the call that one window plays. A window is known by its connection; when that is
 * lost the seat is vacant until the same device attaches again.
 */
export interface Seat {
  readonly deviceId: DeviceId
  readonly connectionId: ConnectionId | null
  /** Since when nobody sits here; null while `connectionId` is set. */
  readonly vacantSince: UnixMs | null
  readonly media: MediaState | null
}

/**
 * One attempt to talk.
 *
 * ```
 *  inviting ──▶ ringing ──▶ connecting ──▶ connected ◀──▶ reconnecting
 *      │            ▲            ▲ │             │               │
 *      ├────────────┼────────────┘ │             │               │
 *      └────────────┴──────────────┴─────────────┴───────────────┴──▶ ended (outcome)
 * ```
 *
 * `inviting` may be answered directly: the answer may overtake the news that a device rings.
 */
export type Call =
  InvitingCall | RingingCall | ConnectingCall | ConnectedCall | ReconnectingCall | EndedCall

interface CallCore {
  readonly id: CallId
  readonly workerId: PersonId
  readonly citizenId: PersonId
  readonly createdAt: UnixMs
  /** Grows with every change; a view with a lower one is old news. */
  readonly revision: number
  readonly worker: Seat
  readonly notice: Notice
  /** When a device first said that it shows the notice; null unless it `arrived`. */
  readonly noticedAt: UnixMs | null
}

/** The ring is on its way to the citizen's devices. */
export interface InvitingCall extends CallCore {
  readonly state: 'inviting'
}

/** At least one device has said that it rings. */
export interface RingingCall extends CallCore {
  readonly state: 'ringing'
  readonly ringingAt: UnixMs
  /**
   * The windows that have said that they ring, in that order; none has a seat before the answer. The
   * first is on standby: it prepares the peer connection.
   */
  readonly windows: readonly Window[]
}

interface AnsweredCore extends CallCore {
  readonly ringingAt: UnixMs | null
  readonly answeredAt: UnixMs
  readonly citizen: Seat
  /** Which generation of the peer connection `linked` speaks of; 0 before the first. */
  readonly generation: number
  /** The path as each side sees it; null for a side whose peer connection is not up. */
  readonly linked: Readonly<Record<Side, Path | null>>
}

/** Answered; the peer connection is being made for the first time. */
export interface ConnectingCall extends AnsweredCore {
  readonly state: 'connecting'
}

/** Media flows both ways. */
export interface ConnectedCall extends AnsweredCore {
  readonly state: 'connected'
  readonly connectedAt: UnixMs
  /** Of the present leg. */
  readonly path: Path
  /** Since when the worker may not be here any more and has time to say goodbye; else null. */
  readonly barredAt: UnixMs | null
}

/** Media has flowed, and is being brought back. */
export interface ReconnectingCall extends AnsweredCore {
  readonly state: 'reconnecting'
  readonly connectedAt: UnixMs
  /** Of the last leg. */
  readonly path: Path
  readonly lostAt: UnixMs
}

export interface EndedCall extends CallCore {
  readonly state: 'ended'
  readonly outcome: Outcome
  readonly endReason: EndReason
  readonly ringingAt: UnixMs | null
  readonly answeredAt: UnixMs | null
  readonly connectedAt: UnixMs | null
  readonly endedAt: UnixMs
  readonly path: Path | null
  readonly citizen: Seat | null
}

export type LiveCall = Exclude<Call, EndedCall>
export type AnsweredCall = ConnectingCall | ConnectedCall | ReconnectingCall

export function isAnswered(call: Call): call is AnsweredCall {
  return call.state === 'connecting' || call.state === 'connected' || call.state === 'reconnecting'
}

/** The seat of `side`, or null where nobody has taken it yet. */
export function getSeat(call: Call, side: Side): Seat | null {
  if (side === 'worker') return call.worker
  return call.state === 'inviting' || call.state === 'ringing' ? null : call.citizen
}

/** Which side this connection plays in the call, if any. */
export function findSideOfConnection(call: Call, connectionId: ConnectionId): Side | null {
  if (call.worker.connectionId === connectionId) return 'worker'
  return getSeat(call, 'citizen')?.connectionId === connectionId ? 'citizen' : null
}

/**
 * The connection with which the other side may exchange signals: the seat's, and for the citizen
 * while it rings that of the window on standby.
 */
export function findSignalling(call: Call, side: Side): ConnectionId | null {
  if (call.state === 'ringing' && side === 'citizen') return call.windows[0]?.connectionId ?? null
  return getSeat(call, side)?.connectionId ?? null
}

export function otherSide(side: Side): Side {
  return side === 'worker' ? 'citizen' : 'worker'
}
