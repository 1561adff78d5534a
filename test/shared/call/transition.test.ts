import {
  CALL_STATES,
  CALLER_RETURN_MS,
  CONNECT_TIMEOUT_MS,
  getSeat,
  GOODBYE_TIMEOUT_MS,
  LONGEST_RING_MS,
  NOTICED_RING_MS,
  RETURN_TIMEOUT_MS,
  RING_TIMEOUT_MS,
  transition,
  type Call,
  type CallEvent,
  type CallState,
  type EndReason,
  type ErrorCode,
  type Outcome,
  type Side,
  type Window,
} from '@naervaer/shared'
import t from 'tap'
import * as calls from './calls.ts'
import {
  BARRED,
  CAMERA_OFF,
  CONNECTED,
  CONNECTING,
  DESK,
  DESK_TAB_2,
  ENDED,
  HOME,
  INVITING,
  linked,
  NOTICE_SENT,
  NOTICED,
  PHONE,
  RECONNECTING,
  RINGING,
  seatOf,
  SENDING,
  TABLET,
  TABLET_TAB_2,
  unlinked,
  vacantSeatOf,
} from './calls.ts'

/** What a row expects. Effects are written in the order in which they must be performed. */
type Expected =
  | { readonly to: 'same'; readonly rejected?: ErrorCode }
  | {
      readonly to: CallState
      readonly effects: string
      readonly outcome?: string
      readonly grows?: number
    }

type Row = readonly [name: string, from: Call, event: CallEvent, expected: Expected, at?: number]

const SAME: Expected = { to: 'same' }
const rejected = (code: ErrorCode): Expected => ({ to: 'same', rejected: code })
const becomes = (to: CallState, effects = '', grows = 1): Expected => ({ to, effects, grows })
const ends = (
  outcome: Outcome,
  reason: EndReason,
  effects = 'record announce',
  grows = 1,
): Expected => ({ to: 'ended', effects, outcome: `${outcome} ${reason}`, grows })

const arrived = (from: Window): CallEvent => ({ type: 'arrived', from })
const ARRIVED = arrived(TABLET)
const RESTORED: CallEvent = { type: 'restored' }
const TICK: CallEvent = { type: 'tick' }
const accept = (from: Window): CallEvent => ({ type: 'accept', from })
const decline = (from: Window): CallEvent => ({ type: 'decline', from })
const cancel = (from: Window): CallEvent => ({ type: 'cancel', from })
const hangUp = (side: Side, from: Window): CallEvent => ({ type: 'hangUp', side, from })
const attach = (side: Side, from: Window, former: Window | null = null): CallEvent => ({
  type: 'attach',
  side,
  from,
  former: former?.connectionId ?? null,
})
const media = (side: Side, from: Window): CallEvent => ({
  type: 'mediaChanged',
  side,
  from,
  media: CAMERA_OFF,
})
const SENT: CallEvent = { type: 'noticeSent' }
const NOTICE_ARRIVED: CallEvent = { type: 'noticeArrived' }
const FAILED: CallEvent = { type: 'noticeFailed', isAlone: true }
const FAILED_BESIDE: CallEvent = { type: 'noticeFailed', isAlone: false }
const BAR: CallEvent = { type: 'barred' }
const READMIT: CallEvent = { type: 'readmitted' }
const signedOut = (from: Window): CallEvent => ({ type: 'signedOut', deviceId: from.deviceId })
const UNASSIGNED: CallEvent = { type: 'unassigned' }
const revoked = (from: Window): CallEvent => ({ type: 'revoked', deviceId: from.deviceId })
const lost = (from: Window): CallEvent => ({
  type: 'connectionLost',
  connectionId: from.connectionId,
})

const AWAY_AT = calls.LOST_AT + 1_000
const workerAway = <T extends Call>(call: T, since: number): T => ({
  ...call,
  worker: vacantSeatOf(DESK, since),
})
const citizenAway = <T extends Call>(call: T, since: number): T => ({
  ...call,
  citizen: vacantSeatOf(TABLET, since),
})

const INVITING_ALONE = workerAway(INVITING, calls.CREATED_AT + 500)
const RINGING_ALONE = workerAway(RINGING, calls.RINGING_AT + 500)
const RINGING_AND_SENT = { ...RINGING, notice: 'sent' } as const
const RINGING_WITHOUT_WINDOWS = { ...RINGING, windows: [] } as const
const WORKER_LINKED = {
  ...CONNECTING,
  generation: 1,
  linked: { worker: 'host', citizen: null },
} as const
const WORKER_LINKED_AGAIN = {
  ...RECONNECTING,
  generation: 2,
  linked: { worker: 'relay', citizen: null },
} as const
/** As after a restart of the server, which has relayed the offer of a newer one. */
const NONE_UP = { ...RECONNECTING, generation: 2 } as const
const TAKEN_BACK = { ...RECONNECTING, linked: { worker: 'srflx', citizen: null } } as const
const HALF_LOST = { ...RECONNECTING, linked: { worker: null, citizen: 'srflx' } } as const

const RING_OUT = calls.CREATED_AT + RING_TIMEOUT_MS
const LONG_RING_OUT = calls.CREATED_AT + LONGEST_RING_MS
const RECORD_LEG = 'record openLeg:host announce'

// prettier-ignore
const ROWS: readonly Row[] = [
  // inviting: the ring is on its way
  ['a device rings', INVITING, ARRIVED, becomes('ringing', 'record announce')],
  ['an answer overtakes the news of the ring', INVITING, accept(TABLET), becomes('connecting', 'record announce')],
  ['declined', INVITING, decline(PHONE), ends('declined', 'hangup_citizen')],
  ['cancelled by the ringing window', INVITING, cancel(DESK), ends('cancelled', 'hangup_staff')],
  ['cancel from another window', INVITING, cancel(DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['the worker hangs up', INVITING, hangUp('worker', DESK), ends('cancelled', 'hangup_staff')],
  ['hang-up from another window', INVITING, hangUp('worker', HOME), rejected('CALL_NOT_A_PARTY')],
  ['the citizen hangs up', INVITING, hangUp('citizen', TABLET), ends('declined', 'hangup_citizen')],
  ['attach to the own seat', INVITING, attach('worker', DESK), SAME],
  ['attach to a taken seat', INVITING, attach('worker', DESK_TAB_2), rejected('CALL_SEAT_TAKEN')],
  ['attach to a vacant seat', INVITING_ALONE, attach('worker', DESK_TAB_2), becomes('inviting', 'announce')],
  ['attach from another device', INVITING_ALONE, attach('worker', HOME), rejected('CALL_SEAT_TAKEN')],
  ['attach before there is a seat', INVITING, attach('citizen', TABLET), rejected('CALL_NOT_ANSWERED')],
  ['the worker turns the camera off', INVITING, media('worker', DESK), becomes('inviting', 'announce')],
  ['media from another window', INVITING, media('worker', DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['media before the answer', INVITING, media('citizen', TABLET), rejected('CALL_NOT_A_PARTY')],
  ['linked before the answer', INVITING, linked('worker', DESK, 1), rejected('CALL_NOT_ANSWERED')],
  ['unlinked before the answer', INVITING, unlinked('worker', DESK, 1), rejected('CALL_NOT_ANSWERED')],
  ['the worker is gone', INVITING, lost(DESK), becomes('inviting', 'announce')],
  ['somebody else is gone', INVITING, lost(TABLET), SAME],
  ['a device that might answer is revoked', INVITING, revoked(TABLET), SAME],
  ['the ringing computer is revoked', INVITING, revoked(DESK), ends('cancelled', 'revoked')],
  ['the ringing worker signs out', INVITING, signedOut(DESK), ends('cancelled', 'hangup_staff')],
  ['somebody signs out where it might ring', INVITING, signedOut(TABLET), SAME],
  ['the ringing worker is barred', INVITING, BAR, ends('cancelled', 'revoked')],
  ['let in who was not barred', INVITING, READMIT, SAME],
  ['the worker’s time is over', INVITING, UNASSIGNED, ends('cancelled', 'revoked')],
  ['the server starts again', INVITING, RESTORED, becomes('inviting')],
  ['too early', INVITING, TICK, SAME, RING_OUT - 1],
  ['no device has rung in time', INVITING, TICK, ends('unreachable', 'timeout'), RING_OUT],
  ['nobody is notified', INVITING, SENT, SAME],
  ['a notice that was not sent arrives', INVITING, NOTICE_ARRIVED, SAME],
  ['a notice that was not sent fails', INVITING, FAILED, SAME],
  ['a push service takes the notice', SENDING, SENT, becomes('inviting', 'record announce')],
  ['a device shows the notice', NOTICE_SENT, NOTICE_ARRIVED, becomes('inviting', 'record announce')],
  ['a device is quicker than the push service', SENDING, NOTICE_ARRIVED, becomes('inviting', 'record announce')],
  ['a second push service takes it', NOTICE_SENT, SENT, SAME],
  ['the push service after the device', NOTICED, SENT, SAME],
  ['a second device shows it', NOTICED, NOTICE_ARRIVED, SAME],
  ['nobody can be notified, and no app is open', SENDING, FAILED, ends('unreachable', 'citizen_offline')],
  ['nobody can be notified, and an app is open', SENDING, FAILED_BESIDE, becomes('inviting', 'record announce')],
  ['others failed after one was sent', NOTICE_SENT, FAILED, SAME],
  ['a notified device has more time', SENDING, TICK, SAME, RING_OUT],
  ['no notified device in time', SENDING, TICK, ends('unreachable', 'timeout'), LONG_RING_OUT],
  ['no sign of the notice in time', NOTICE_SENT, TICK, ends('unreachable', 'timeout'), LONG_RING_OUT],
  ['a minute after the notice', NOTICED, TICK, SAME, calls.NOTICED_AT + NOTICED_RING_MS - 1],
  ['nobody took the notice', NOTICED, TICK, ends('missed', 'timeout'), calls.NOTICED_AT + NOTICED_RING_MS],
  ['a device rings after the notice', NOTICED, ARRIVED, becomes('ringing', 'record announce')],
  ['the worker does not return', INVITING_ALONE, TICK, ends('cancelled', 'network'), calls.CREATED_AT + 500 + CALLER_RETURN_MS],

  // ringing: at least one device rings
  ['a second device rings', RINGING, ARRIVED, SAME],
  ['the notice arrives beside the ring', RINGING_AND_SENT, NOTICE_ARRIVED, becomes('ringing', 'record announce')],
  ['the notice is taken beside the ring', { ...RINGING, notice: 'sending' }, SENT, becomes('ringing', 'record announce')],
  ['the notice fails beside the ring', { ...RINGING, notice: 'sending' }, FAILED, becomes('ringing', 'record announce')],
  ['answered', RINGING, accept(TABLET), becomes('connecting', 'record announce')],
  ['answered while the worker is away', RINGING_ALONE, accept(TABLET), becomes('connecting', 'record announce')],
  ['declined on one of the devices', RINGING, decline(PHONE), ends('declined', 'hangup_citizen')],
  ['cancelled', RINGING, cancel(DESK), ends('cancelled', 'hangup_staff')],
  ['cancel from another window', RINGING, cancel(DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['cancel before attaching again', RINGING_ALONE, cancel(DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['the worker hangs up', RINGING, hangUp('worker', DESK), ends('cancelled', 'hangup_staff')],
  ['hang-up from another window', RINGING, hangUp('worker', DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['the citizen hangs up', RINGING, hangUp('citizen', PHONE), ends('declined', 'hangup_citizen')],
  ['another window rings too', RINGING, arrived(TABLET_TAB_2), becomes('ringing', 'announce')],
  ['a window says again that it rings', RINGING, arrived(PHONE), SAME],
  ['the window on standby is gone', RINGING, lost(TABLET), becomes('ringing', 'announce')],
  ['a first one rings again', RINGING_WITHOUT_WINDOWS, arrived(PHONE), becomes('ringing', 'announce')],
  ['attach to the own seat', RINGING, attach('worker', DESK), SAME],
  ['attach to a taken seat', RINGING, attach('worker', HOME), rejected('CALL_SEAT_TAKEN')],
  ['attach to a vacant seat', RINGING_ALONE, attach('worker', DESK_TAB_2), becomes('ringing', 'announce')],
  ['attach before there is a seat', RINGING, attach('citizen', TABLET), rejected('CALL_NOT_ANSWERED')],
  ['the worker turns the camera off', RINGING, media('worker', DESK), becomes('ringing', 'announce')],
  ['media before the answer', RINGING, media('citizen', TABLET), rejected('CALL_NOT_A_PARTY')],
  ['linked before the answer', RINGING, linked('citizen', TABLET, 1), rejected('CALL_NOT_ANSWERED')],
  ['unlinked before the answer', RINGING, unlinked('citizen', TABLET, 1), rejected('CALL_NOT_ANSWERED')],
  ['the worker is gone', RINGING, lost(DESK), becomes('ringing', 'announce')],
  ['another ringing window is gone', RINGING, lost(PHONE), becomes('ringing', 'announce')],
  ['a window that does not ring is gone', RINGING, lost(TABLET_TAB_2), SAME],
  ['a ringing device is revoked, the others ring on', RINGING, revoked(TABLET), SAME],
  ['the ringing computer is revoked', RINGING, revoked(DESK), ends('cancelled', 'revoked')],
  ['the ringing worker signs out', RINGING, signedOut(DESK), ends('cancelled', 'hangup_staff')],
  ['somebody signs out where it rings', RINGING, signedOut(TABLET), SAME],
  ['the ringing worker is barred', RINGING, BAR, ends('cancelled', 'revoked')],
  ['let in who was not barred', RINGING, READMIT, SAME],
  ['the worker’s time is over', RINGING, UNASSIGNED, ends('cancelled', 'revoked')],
  ['the server starts again', RINGING, RESTORED, becomes('ringing')],
  ['too early', RINGING, TICK, SAME, RING_OUT - 1],
  ['nobody answers', RINGING, TICK, ends('missed', 'timeout'), RING_OUT],
  ['the worker does not return', RINGING_ALONE, TICK, ends('cancelled', 'network'), calls.RINGING_AT + 500 + CALLER_RETURN_MS],

  // connecting: answered, no media yet
  ['a push service takes the notice late (connecting)', CONNECTING, SENT, SAME],
  ['a notice arrives late (connecting)', CONNECTING, NOTICE_ARRIVED, SAME],
  ['a notice fails late (connecting)', CONNECTING, FAILED, SAME],
  ['a device rings late', CONNECTING, ARRIVED, SAME],
  ['the answer is repeated', CONNECTING, accept(TABLET), SAME],
  ['answered on a second device', CONNECTING, accept(PHONE), rejected('CALL_ANSWERED_ELSEWHERE')],
  ['answered in a second tab', CONNECTING, accept(TABLET_TAB_2), rejected('CALL_ANSWERED_ELSEWHERE')],
  ['declined where it was answered', CONNECTING, decline(TABLET), ends('failed', 'hangup_citizen')],
  ['declined on another device', CONNECTING, decline(PHONE), rejected('CALL_ANSWERED_ELSEWHERE')],
  ['a cancel crosses the answer', CONNECTING, cancel(DESK), ends('cancelled', 'hangup_staff')],
  ['cancel from another window', CONNECTING, cancel(DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['the worker hangs up', CONNECTING, hangUp('worker', DESK), ends('failed', 'hangup_staff')],
  ['the citizen hangs up', CONNECTING, hangUp('citizen', TABLET), ends('failed', 'hangup_citizen')],
  ['hang-up from a device that rang', CONNECTING, hangUp('citizen', PHONE), rejected('CALL_NOT_A_PARTY')],
  ['hang-up in the name of the other side', CONNECTING, hangUp('worker', TABLET), rejected('CALL_NOT_A_PARTY')],
  ['attach to the own seat', CONNECTING, attach('citizen', TABLET), SAME],
  ['attach to a taken seat', CONNECTING, attach('citizen', TABLET_TAB_2), rejected('CALL_SEAT_TAKEN')],
  ['attach to a vacant seat', citizenAway(CONNECTING, calls.ANSWERED_AT), attach('citizen', TABLET_TAB_2), becomes('connecting', 'announce')],
  ['attach from another device', citizenAway(CONNECTING, calls.ANSWERED_AT), attach('citizen', PHONE), rejected('CALL_SEAT_TAKEN')],
  ['the citizen turns the camera off', CONNECTING, media('citizen', TABLET), becomes('connecting', 'announce')],
  ['media from a device that rang', CONNECTING, media('citizen', PHONE), rejected('CALL_NOT_A_PARTY')],
  ['linked at the first side', CONNECTING, linked('worker', DESK, 1), becomes('connecting')],
  ['linked at the other side too', WORKER_LINKED, linked('citizen', TABLET, 1), becomes('connected', RECORD_LEG)],
  ['the longer path counts', WORKER_LINKED, linked('citizen', TABLET, 1, 'relay'), becomes('connected', 'record openLeg:relay announce')],
  ['linked said twice', WORKER_LINKED, linked('worker', DESK, 1), SAME],
  ['linked over a newer generation', WORKER_LINKED, linked('citizen', TABLET, 2), becomes('connecting')],
  ['linked over an older generation', WORKER_LINKED, linked('citizen', TABLET, 0), SAME],
  ['linked at a window without a seat', CONNECTING, linked('worker', DESK_TAB_2, 1), rejected('CALL_NOT_A_PARTY')],
  ['unlinked before the other side was linked', WORKER_LINKED, unlinked('worker', DESK, 1), becomes('connecting')],
  ['unlinked what was not linked', WORKER_LINKED, unlinked('citizen', TABLET, 1), SAME],
  ['unlinked a newer generation', WORKER_LINKED, unlinked('citizen', TABLET, 2), becomes('connecting')],
  ['unlinked at a window without a seat', WORKER_LINKED, unlinked('worker', DESK_TAB_2, 1), rejected('CALL_NOT_A_PARTY')],
  ['the citizen is gone', CONNECTING, lost(TABLET), becomes('connecting', 'announce')],
  ['another window is gone', CONNECTING, lost(PHONE), SAME],
  ['the answering device is revoked', CONNECTING, revoked(TABLET), ends('failed', 'revoked')],
  ['another device is revoked', CONNECTING, revoked(PHONE), SAME],
  ['the worker signs out', CONNECTING, signedOut(DESK), ends('failed', 'hangup_staff')],
  ['somebody signs out elsewhere', CONNECTING, signedOut(PHONE), SAME],
  ['barred before anything flows', CONNECTING, BAR, ends('failed', 'revoked')],
  ['let in who was not barred', CONNECTING, READMIT, SAME],
  ['the worker’s time is over, the talk goes on', CONNECTING, UNASSIGNED, SAME],
  ['the server starts again', CONNECTING, RESTORED, becomes('connecting', '', 2)],
  ['too early', CONNECTING, TICK, SAME, calls.ANSWERED_AT + CONNECT_TIMEOUT_MS - 1],
  ['no media in time', CONNECTING, TICK, ends('failed', 'timeout'), calls.ANSWERED_AT + CONNECT_TIMEOUT_MS],

  // connected: media flows both ways over generation 1
  ['a push service takes the notice late (connected)', CONNECTED, SENT, SAME],
  ['a notice arrives late (connected)', CONNECTED, NOTICE_ARRIVED, SAME],
  ['a notice fails late (connected)', CONNECTED, FAILED, SAME],
  ['a device rings late', CONNECTED, ARRIVED, SAME],
  ['the answer is repeated', CONNECTED, accept(TABLET), SAME],
  ['answered on a second device', CONNECTED, accept(PHONE), rejected('CALL_ANSWERED_ELSEWHERE')],
  ['declined where it was answered', CONNECTED, decline(TABLET), ends('completed', 'hangup_citizen', 'record closeLeg announce')],
  ['declined on another device', CONNECTED, decline(PHONE), rejected('CALL_ANSWERED_ELSEWHERE')],
  ['a very late cancel', CONNECTED, cancel(DESK), ends('completed', 'hangup_staff', 'record closeLeg announce')],
  ['cancel from another window', CONNECTED, cancel(HOME), rejected('CALL_NOT_A_PARTY')],
  ['the worker hangs up', CONNECTED, hangUp('worker', DESK), ends('completed', 'hangup_staff', 'record closeLeg announce')],
  ['the citizen hangs up', CONNECTED, hangUp('citizen', TABLET), ends('completed', 'hangup_citizen', 'record closeLeg announce')],
  ['hang-up from another window', CONNECTED, hangUp('worker', DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['attach to the own seat', CONNECTED, attach('worker', DESK), SAME],
  ['attach to a taken seat', CONNECTED, attach('worker', DESK_TAB_2), rejected('CALL_SEAT_TAKEN')],
  ['attach to the seat that the own former connection holds', CONNECTED, attach('worker', DESK_TAB_2, DESK), becomes('connected', 'announce')],
  ['attach with a former connection that holds no seat', CONNECTED, attach('worker', DESK_TAB_2, HOME), rejected('CALL_SEAT_TAKEN')],
  ['attach from another device with the former connection', CONNECTED, attach('worker', HOME, DESK), rejected('CALL_SEAT_TAKEN')],
  ['attach to a vacant seat', workerAway(CONNECTED, AWAY_AT), attach('worker', DESK_TAB_2), becomes('connected', 'announce')],
  ['attach from another device', workerAway(CONNECTED, AWAY_AT), attach('worker', HOME), rejected('CALL_SEAT_TAKEN')],
  ['the worker turns the camera off', CONNECTED, media('worker', DESK), becomes('connected', 'announce')],
  ['the same media said twice', { ...CONNECTED, worker: { ...seatOf(DESK), media: CAMERA_OFF } }, media('worker', DESK), SAME],
  ['media from another window', CONNECTED, media('worker', DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['linked said twice', CONNECTED, linked('worker', DESK, 1), SAME],
  ['linked over an older generation', CONNECTED, linked('worker', DESK, 0), SAME],
  ['linked over a newer generation', CONNECTED, linked('worker', DESK, 2), becomes('reconnecting', 'record closeLeg announce')],
  ['linked at a window without a seat', CONNECTED, linked('citizen', PHONE, 2), rejected('CALL_NOT_A_PARTY')],
  ['unlinked', CONNECTED, unlinked('citizen', TABLET, 1), becomes('reconnecting', 'record closeLeg announce')],
  ['unlinked an older generation', CONNECTED, unlinked('citizen', TABLET, 0), SAME],
  ['unlinked a newer generation', CONNECTED, unlinked('citizen', TABLET, 2), becomes('reconnecting', 'record closeLeg announce')],
  ['unlinked at a window without a seat', CONNECTED, unlinked('citizen', PHONE, 1), rejected('CALL_NOT_A_PARTY')],
  ['the worker is gone, the media may flow on', CONNECTED, lost(DESK), becomes('connected', 'announce')],
  ['another window is gone', CONNECTED, lost(DESK_TAB_2), SAME],
  ['the device in the call is revoked', CONNECTED, revoked(TABLET), ends('completed', 'revoked', 'record closeLeg announce')],
  ['it is revoked while its socket is away', citizenAway(CONNECTED, AWAY_AT), revoked(TABLET), ends('completed', 'revoked', 'record closeLeg announce')],
  ['another device is revoked', CONNECTED, revoked(PHONE), SAME],
  ['the worker signs out', CONNECTED, signedOut(DESK), ends('completed', 'hangup_staff', 'record closeLeg announce')],
  ['the worker signs out while the socket is away', workerAway(CONNECTED, AWAY_AT), signedOut(DESK), ends('completed', 'hangup_staff', 'record closeLeg announce')],
  ['the citizen signs out', CONNECTED, signedOut(TABLET), ends('completed', 'hangup_citizen', 'record closeLeg announce')],
  ['somebody signs out elsewhere', CONNECTED, signedOut(HOME), SAME],
  ['barred in a talk: a minute to say goodbye', CONNECTED, BAR, becomes('connected', 'record')],
  ['barred twice counts from the first', BARRED, BAR, SAME, calls.BARRED_AT + 1_000],
  ['the minute is not over', BARRED, TICK, SAME, calls.BARRED_AT + GOODBYE_TIMEOUT_MS - 1],
  ['the minute is over', BARRED, TICK, ends('completed', 'revoked', 'record closeLeg announce'), calls.BARRED_AT + GOODBYE_TIMEOUT_MS],
  ['signed in again in time', BARRED, READMIT, becomes('connected', 'record'), calls.BARRED_AT + 1_000],
  ['let in who was not barred', CONNECTED, READMIT, SAME],
  ['nobody may bring back what a barred worker has lost', BARRED, unlinked('citizen', TABLET, 1), ends('completed', 'revoked', 'record closeLeg announce', 2), calls.BARRED_AT + 1_000],
  ['nor begin anew', BARRED, linked('worker', DESK, 2), ends('completed', 'revoked', 'record closeLeg announce', 2), calls.BARRED_AT + 1_000],
  ['the citizen hangs up on a barred worker', BARRED, hangUp('citizen', TABLET), ends('completed', 'hangup_citizen', 'record closeLeg announce'), calls.BARRED_AT + 1_000],
  ['a restart does not lengthen the minute', BARRED, RESTORED, becomes('connected', '', 2), calls.BARRED_AT + 1_000],
  ['the worker’s time is over, the talk goes on', CONNECTED, UNASSIGNED, SAME],
  ['the server starts again', CONNECTED, RESTORED, becomes('connected', '', 2)],
  ['both are there: no end by itself', CONNECTED, TICK, SAME, calls.CONNECTED_AT + 100 * RETURN_TIMEOUT_MS],
  ['the citizen does not return', citizenAway(CONNECTED, AWAY_AT), TICK, ends('dropped', 'network', 'record closeLeg announce'), AWAY_AT + RETURN_TIMEOUT_MS],
  ['the citizen may still return', citizenAway(CONNECTED, AWAY_AT), TICK, SAME, AWAY_AT + RETURN_TIMEOUT_MS - 1],

  // reconnecting: media has flowed and is being brought back
  ['a push service takes the notice late (reconnecting)', RECONNECTING, SENT, SAME],
  ['a notice arrives late (reconnecting)', RECONNECTING, NOTICE_ARRIVED, SAME],
  ['a notice fails late (reconnecting)', RECONNECTING, FAILED, SAME],
  ['a device rings late', RECONNECTING, ARRIVED, SAME],
  ['the answer is repeated', RECONNECTING, accept(TABLET), SAME],
  ['answered on a second device', RECONNECTING, accept(PHONE), rejected('CALL_ANSWERED_ELSEWHERE')],
  ['declined where it was answered', RECONNECTING, decline(TABLET), ends('completed', 'hangup_citizen')],
  ['declined on another device', RECONNECTING, decline(PHONE), rejected('CALL_ANSWERED_ELSEWHERE')],
  ['a very late cancel', RECONNECTING, cancel(DESK), ends('completed', 'hangup_staff')],
  ['cancel from another window', RECONNECTING, cancel(DESK_TAB_2), rejected('CALL_NOT_A_PARTY')],
  ['the worker hangs up', RECONNECTING, hangUp('worker', DESK), ends('completed', 'hangup_staff')],
  ['the citizen hangs up', RECONNECTING, hangUp('citizen', TABLET), ends('completed', 'hangup_citizen')],
  ['hang-up from another window', RECONNECTING, hangUp('citizen', PHONE), rejected('CALL_NOT_A_PARTY')],
  ['attach to the own seat', RECONNECTING, attach('worker', DESK), SAME],
  ['attach to a taken seat', RECONNECTING, attach('worker', DESK_TAB_2), rejected('CALL_SEAT_TAKEN')],
  ['attach to a vacant seat', workerAway(RECONNECTING, AWAY_AT), attach('worker', DESK_TAB_2), becomes('reconnecting', 'announce')],
  ['attach from another device', workerAway(RECONNECTING, AWAY_AT), attach('worker', HOME), rejected('CALL_SEAT_TAKEN')],
  ['the worker turns the camera off', RECONNECTING, media('worker', DESK), becomes('reconnecting', 'announce')],
  ['media from another window', RECONNECTING, media('citizen', PHONE), rejected('CALL_NOT_A_PARTY')],
  ['linked at the first side', RECONNECTING, linked('worker', DESK, 2), becomes('reconnecting')],
  ['linked at the other side too', WORKER_LINKED_AGAIN, linked('citizen', TABLET, 2), becomes('connected', 'record openLeg:relay announce')],
  ['the old link comes back', HALF_LOST, linked('worker', DESK, 1), becomes('connected', 'record openLeg:srflx announce')],
  ['linked over an older generation', WORKER_LINKED_AGAIN, linked('citizen', TABLET, 1), SAME],
  ['an older one is taken back at the first side', NONE_UP, linked('worker', DESK, 1), becomes('reconnecting')],
  ['an older one is taken back at the other side too', TAKEN_BACK, linked('citizen', TABLET, 1), becomes('connected', 'record openLeg:srflx announce')],
  ['linked said twice', WORKER_LINKED_AGAIN, linked('worker', DESK, 2), SAME],
  ['linked at a window without a seat', RECONNECTING, linked('worker', DESK_TAB_2, 2), rejected('CALL_NOT_A_PARTY')],
  ['unlinked at the other side too', HALF_LOST, unlinked('citizen', TABLET, 1), becomes('reconnecting')],
  ['unlinked a newer generation', HALF_LOST, unlinked('worker', DESK, 2), becomes('reconnecting')],
  ['unlinked an older generation', WORKER_LINKED_AGAIN, unlinked('citizen', TABLET, 1), SAME],
  ['unlinked said twice', RECONNECTING, unlinked('citizen', TABLET, 1), SAME],
  ['unlinked at a window without a seat', HALF_LOST, unlinked('citizen', PHONE, 1), rejected('CALL_NOT_A_PARTY')],
  ['the citizen is gone', RECONNECTING, lost(TABLET), becomes('reconnecting', 'announce')],
  ['another window is gone', RECONNECTING, lost(PHONE), SAME],
  ['the device in the call is revoked', RECONNECTING, revoked(TABLET), ends('completed', 'revoked')],
  ['the worker’s computer is revoked', RECONNECTING, revoked(DESK), ends('completed', 'revoked')],
  ['another device is revoked', RECONNECTING, revoked(PHONE), SAME],
  ['the worker signs out', RECONNECTING, signedOut(DESK), ends('completed', 'hangup_staff')],
  ['somebody signs out elsewhere', RECONNECTING, signedOut(PHONE), SAME],
  ['barred while nothing flows', RECONNECTING, BAR, ends('completed', 'revoked')],
  ['let in who was not barred', RECONNECTING, READMIT, SAME],
  ['the worker’s time is over, the talk goes on', RECONNECTING, UNASSIGNED, SAME],
  ['the server starts again', RECONNECTING, RESTORED, becomes('reconnecting', '', 2)],
  ['too early', RECONNECTING, TICK, SAME, calls.LOST_AT + RETURN_TIMEOUT_MS - 1],
  ['media does not come back', RECONNECTING, TICK, ends('dropped', 'network'), calls.LOST_AT + RETURN_TIMEOUT_MS],

  // ended: what asks for more is told; what has had its way, or is only news, changes nothing
  ['a push service takes the notice late (ended)', ENDED, SENT, SAME],
  ['a notice arrives late (ended)', ENDED, NOTICE_ARRIVED, SAME],
  ['a notice fails late (ended)', ENDED, FAILED, SAME],
  ['a device rings late', ENDED, ARRIVED, SAME],
  ['answered too late', ENDED, accept(TABLET), rejected('CALL_ENDED')],
  ['declined too late', ENDED, decline(TABLET), SAME],
  ['cancelled too late', ENDED, cancel(DESK), SAME],
  ['both hung up', ENDED, hangUp('worker', DESK), SAME],
  ['a stranger hangs up', ENDED, hangUp('citizen', PHONE), SAME],
  ['attach too late', ENDED, attach('worker', DESK), rejected('CALL_ENDED')],
  ['media after the end', ENDED, media('worker', DESK), SAME],
  ['linked after the end', ENDED, linked('worker', DESK, 2), SAME],
  ['unlinked after the end', ENDED, unlinked('worker', DESK, 1), SAME],
  ['the worker is gone', ENDED, lost(DESK), SAME],
  ['a device is revoked after the end', ENDED, revoked(TABLET), SAME],
  ['signed out after the end', ENDED, signedOut(DESK), SAME],
  ['barred after the end', ENDED, BAR, SAME],
  ['let in after the end', ENDED, READMIT, SAME],
  ['the worker’s time is over after the end', ENDED, UNASSIGNED, SAME],
  ['the server starts again', ENDED, RESTORED, SAME],
  ['time passes', ENDED, TICK, SAME, calls.ENDED_AT + 100 * RETURN_TIMEOUT_MS],
]

const EVENT_TYPES = {
  arrived: true,
  accept: true,
  decline: true,
  cancel: true,
  hangUp: true,
  attach: true,
  mediaChanged: true,
  linked: true,
  unlinked: true,
  connectionLost: true,
  revoked: true,
  signedOut: true,
  barred: true,
  readmitted: true,
  unassigned: true,
  restored: true,
  tick: true,
  noticeSent: true,
  noticeArrived: true,
  noticeFailed: true,
} satisfies Record<CallEvent['type'], true>

/** After everything that has happened to any of the calls, and before any deadline of the answered ones. */
const NOW: Record<CallState, number> = {
  inviting: calls.CREATED_AT + 2_000,
  ringing: calls.CREATED_AT + 3_000,
  connecting: calls.ANSWERED_AT + 1_000,
  connected: calls.CONNECTED_AT + 1_000,
  reconnecting: calls.LOST_AT + 1_000,
  ended: calls.ENDED_AT + 1_000,
}

function writeEffects(call: Call, event: CallEvent, at: number): string {
  const { effects } = transition(call, event, at)
  return effects
    .map((effect) => {
      if (effect.type === 'openLeg') return `openLeg:${effect.path}`
      return effect.type === 'reject' ? `reject:${effect.code}` : effect.type
    })
    .join(' ')
}

t.test('CA1 every state has an answer to every event', (t) => {
  const seen = new Set(ROWS.map(([, from, event]) => `${from.state} × ${event.type}`))
  for (const state of CALL_STATES) {
    for (const type of Object.keys(EVENT_TYPES))
      t.ok(seen.has(`${state} × ${type}`), `${state} × ${type}`)
  }
  t.end()
})

for (const [name, from, event, expected, at = NOW[from.state]] of ROWS) {
  t.test(`CA1 ${from.state} × ${event.type}: ${name}`, (t) => {
    const before = structuredClone(from)
    const { call } = transition(from, event, at)
    t.same(from, before, 'the call given is left as it was')
    if ('effects' in expected) {
      t.equal(call.state, expected.to)
      t.equal(writeEffects(from, event, at), expected.effects)
      t.equal(call.revision, from.revision + (expected.grows ?? 1))
      const outcome = call.state === 'ended' ? `${call.outcome} ${call.endReason}` : undefined
      t.equal(outcome, expected.outcome)
    } else {
      t.equal(call, from, 'the same object')
      t.equal(writeEffects(from, event, at), expected.rejected ? `reject:${expected.rejected}` : '')
    }
    t.end()
  })
}

t.test('CA2 what each step keeps and sets', (t) => {
  const { call: direct } = transition(INVITING, accept(TABLET), calls.ANSWERED_AT)
  t.match(direct, { ringingAt: null, answeredAt: calls.ANSWERED_AT, generation: 0 })
  t.same(getSeat(direct, 'citizen'), seatOf(TABLET))

  const first = transition(WORKER_LINKED, linked('citizen', TABLET, 1, 'relay'), calls.CONNECTED_AT)
  t.match(first.call, {
    connectedAt: calls.CONNECTED_AT,
    path: 'relay',
    ringingAt: calls.RINGING_AT,
  })

  const again = transition(WORKER_LINKED_AGAIN, linked('citizen', TABLET, 2), calls.LOST_AT + 9)
  t.match(again.call, { connectedAt: calls.CONNECTED_AT, path: 'relay', generation: 2 })
  t.notOk('lostAt' in again.call, 'what belongs to another state is gone')

  const gone = transition(CONNECTED, lost(TABLET), calls.LOST_AT)
  t.same(getSeat(gone.call, 'citizen'), vacantSeatOf(TABLET, calls.LOST_AT))

  const withMedia = transition(CONNECTED, media('worker', DESK), calls.LOST_AT).call
  const away = transition(withMedia, lost(DESK), calls.LOST_AT + 1).call
  const back = transition(away, attach('worker', DESK_TAB_2), calls.LOST_AT + 2).call
  t.same(getSeat(back, 'worker'), { ...seatOf(DESK_TAB_2), media: CAMERA_OFF }, 'media is kept')
  t.end()
})

t.test('CA13 a barred call knows since when, and the end and the return forget it', (t) => {
  const { call } = transition(CONNECTED, BAR, calls.BARRED_AT)
  t.match(call, { state: 'connected', barredAt: calls.BARRED_AT })
  t.match(transition(call, READMIT, calls.BARRED_AT + 1).call, { barredAt: null })
  const late = calls.BARRED_AT + 10 * GOODBYE_TIMEOUT_MS
  const ended = transition(call, TICK, late).call
  t.match(ended, { endedAt: calls.BARRED_AT + GOODBYE_TIMEOUT_MS }, 'as the deadline was')
  t.notOk('barredAt' in ended)
  t.end()
})

t.test('CA2 the end keeps the whole story', (t) => {
  const { call } = transition(RECONNECTING, hangUp('citizen', TABLET), calls.ENDED_AT)
  t.same(call, {
    ...ENDED,
    revision: RECONNECTING.revision + 1,
    endReason: 'hangup_citizen',
  })
  const declined = transition(INVITING, decline(PHONE), calls.ANSWERED_AT).call
  t.match(declined, {
    ringingAt: null,
    answeredAt: null,
    connectedAt: null,
    endedAt: calls.ANSWERED_AT,
    path: null,
    citizen: null,
  })
  t.end()
})
