import type {
  CallEvent,
  CallId,
  ConnectedCall,
  ConnectingCall,
  ConnectionId,
  DeviceId,
  EndedCall,
  InvitingCall,
  MediaState,
  PersonId,
  ReconnectingCall,
  RingingCall,
  Seat,
  Side,
  Window,
} from '@naervaer/shared'

// The ids of the pure machine are opaque to it: readable ones make readable failures.
export const callId = (name: string) => name as CallId
export const personId = (name: string) => name as PersonId
export const connectionId = (name: string) => name as ConnectionId

export function makeWindow(device: string, connection: string): Window {
  return { deviceId: device as DeviceId, connectionId: connectionId(connection) }
}

/** The worker's tab that rings, a second tab beside it, and a second computer. */
export const DESK = makeWindow('computer', 'desk')
export const DESK_TAB_2 = makeWindow('computer', 'desk-tab-2')
export const HOME = makeWindow('home computer', 'home')

/** The citizen's tablet, where the call is answered, a second tab on it, and a phone. */
export const TABLET = makeWindow('tablet', 'tablet')
export const TABLET_TAB_2 = makeWindow('tablet', 'tablet-tab-2')
export const PHONE = makeWindow('phone', 'phone')

export const CREATED_AT = 1_700_000_000_000
export const RINGING_AT = CREATED_AT + 1_000
export const ANSWERED_AT = CREATED_AT + 5_000
export const CONNECTED_AT = CREATED_AT + 7_000
export const LOST_AT = CREATED_AT + 60_000
export const ENDED_AT = CREATED_AT + 90_000

export const CAMERA_OFF: MediaState = { camera: 'off', microphone: 'on' }

export function seatOf(window: Window): Seat {
  return { ...window, vacantSince: null, media: null }
}

export function vacantSeatOf(window: Window, vacantSince: number): Seat {
  return { ...seatOf(window), connectionId: null, vacantSince }
}

const core = {
  id: callId('call'),
  workerId: personId('mette'),
  citizenId: personId('anna'),
  createdAt: CREATED_AT,
  revision: 7,
  worker: seatOf(DESK),
  notice: 'none' as const,
  noticedAt: null,
}

export const INVITING: InvitingCall = { ...core, state: 'inviting' }

export const RINGING: RingingCall = {
  ...core,
  state: 'ringing',
  ringingAt: RINGING_AT,
  windows: [TABLET, PHONE],
}

/** The ring is on its way, and the notice of it too. */
export const SENDING: InvitingCall = { ...INVITING, notice: 'sending' }
export const NOTICE_SENT: InvitingCall = { ...INVITING, notice: 'sent' }

export const NOTICED_AT = CREATED_AT + 2_000

/** A device shows the notice, and no page rings. */
export const NOTICED: InvitingCall = { ...INVITING, notice: 'arrived', noticedAt: NOTICED_AT }

const answered = {
  ...core,
  ringingAt: RINGING_AT,
  answeredAt: ANSWERED_AT,
  citizen: seatOf(TABLET),
}

export const CONNECTING: ConnectingCall = {
  ...answered,
  state: 'connecting',
  generation: 0,
  linked: { worker: null, citizen: null },
}

/** Connected over generation 1. */
export const CONNECTED: ConnectedCall = {
  ...answered,
  state: 'connected',
  generation: 1,
  linked: { worker: 'host', citizen: 'srflx' },
  connectedAt: CONNECTED_AT,
  path: 'srflx',
  barredAt: null,
}

/** Since when the worker of `BARRED` is signed out. */
export const BARRED_AT = CREATED_AT + 30_000

/** As `CONNECTED`, and the worker has a minute to say goodbye. */
export const BARRED: ConnectedCall = { ...CONNECTED, barredAt: BARRED_AT }

/** Both sides have said that generation 1 is gone. */
export const RECONNECTING: ReconnectingCall = {
  ...answered,
  state: 'reconnecting',
  generation: 1,
  linked: { worker: null, citizen: null },
  connectedAt: CONNECTED_AT,
  path: 'srflx',
  lostAt: LOST_AT,
}

export const ENDED: EndedCall = {
  ...answered,
  state: 'ended',
  outcome: 'completed',
  endReason: 'hangup_staff',
  connectedAt: CONNECTED_AT,
  endedAt: ENDED_AT,
  path: 'srflx',
}

export const linked = (
  side: Side,
  from: Window,
  generation: number,
  path: 'host' | 'srflx' | 'relay' = 'host',
): CallEvent => ({ type: 'linked', side, from, generation, path })

export const unlinked = (side: Side, from: Window, generation: number): CallEvent => ({
  type: 'unlinked',
  side,
  from,
  generation,
})
