import type { CallView, MediaState, Role, SessionReply } from '@naervaer/shared'
import type { CallSnapshot } from '../../../client/src/call/call-snapshot.ts'
import { ANNA, directoryOf, fakeCall, JENS, METTE, OLE, type FakeWorld } from './fake-services.ts'

/** A picture of the gallery: a world, and which streams its videos show. */
export interface GalleryState {
  readonly world: FakeWorld
  readonly remotePicture: 'wide' | 'tall' | null
  readonly path: string
}

const plain = (change: Partial<FakeWorld>, path = '/'): GalleryState => ({
  path,
  remotePicture: null,
  world: {
    session: {},
    connection: 'open',
    directory: null,
    call: {},
    otherAddress: 'http://127.0.0.1:8080/demo',
    replacedBy: null,
    ...change,
  },
})

const sessionOf = (role: Role): Partial<SessionReply> => ({
  you: role === 'worker' ? METTE : ANNA,
  role,
  isDemo: true,
})

const signedIn = (role: Role, change: Partial<FakeWorld> = {}): GalleryState =>
  plain({ session: sessionOf(role), directory: directoryOf(role), ...change })

const inCall = (
  role: Role,
  phase: CallSnapshot['phase'],
  call: Partial<CallView>,
  snapshot: Partial<CallSnapshot> = {},
): GalleryState =>
  signedIn(role, {
    call: {
      phase,
      call: fakeCall(call),
      counterpart: role === 'worker' ? ANNA : METTE,
      ...snapshot,
    },
  })

const ended = (
  role: Role,
  outcome: CallView['outcome'],
  endReason: CallView['endReason'] = null,
): GalleryState => inCall(role, 'ended', { state: 'ended', outcome, endReason })

const talking = (
  role: Role,
  picture: GalleryState['remotePicture'],
  own: Partial<MediaState> = {},
  call: Partial<CallView> = {},
  other: Partial<MediaState> = {},
): GalleryState => ({
  ...inCall(role, 'talking', call, {
    ownMedia: { camera: 'on', microphone: 'on', ...own },
    counterpartMedia: { camera: 'on', microphone: 'on', ...other },
  }),
  remotePicture: picture,
})

/** A talk of which this window knows something that the call's view does not say. */
const inLine = (
  role: Role,
  snapshot: Partial<CallSnapshot>,
  call: Partial<CallView> = {},
): GalleryState => ({
  ...inCall(role, 'talking', call, snapshot),
  remotePicture: snapshot.remoteStream === null ? null : 'wide',
})

/** Every page in every state that looks different, by the name in `?state=`. */
export const STATES: Readonly<Record<string, GalleryState>> = {
  demo: plain({ session: { isDemo: true } }, '/demo'),
  'demo-signed-in': plain({ session: sessionOf('worker') }, '/demo'),
  'demo-one-address': plain({ session: { isDemo: true }, otherAddress: null }, '/demo'),
  'signed-out': plain({}),
  trouble: plain({ session: 'unreachable' }),
  home: signedIn('citizen'),
  'home-two-workers': signedIn('citizen', {
    directory: { ...directoryOf('citizen'), workers: [METTE, OLE] },
  }),
  'home-connecting': signedIn('citizen', { connection: 'connecting', directory: null }),
  'home-lost': signedIn('citizen', { connection: 'lost' }),
  'home-offline': signedIn('citizen', { connection: 'offline' }),
  'home-stopped': signedIn('citizen', { connection: 'stopped' }),
  replaced: signedIn('citizen', { connection: 'stopped', replacedBy: JENS }),
  incoming: inCall('citizen', 'incoming', { state: 'ringing' }, { ringTone: 'playing' }),
  'incoming-silenced': inCall(
    'citizen',
    'incoming',
    { state: 'ringing' },
    { ringTone: 'silenced' },
  ),
  'incoming-blocked': inCall('citizen', 'incoming', { state: 'ringing' }, { ringTone: 'blocked' }),
  citizens: signedIn('worker'),
  'citizens-refused': signedIn('worker', { call: { error: 'NOT_ASSIGNED' } }),
  'citizens-lost': signedIn('worker', { connection: 'lost' }),
  'citizens-stopped': signedIn('worker', { connection: 'stopped' }),
  'citizens-none': signedIn('worker', {
    directory: { ...directoryOf('worker'), citizens: [] },
  }),
  'out-sending': inCall('worker', 'outgoing', { state: 'inviting' }),
  'out-ringing': inCall('worker', 'outgoing', { state: 'ringing' }),
  'talk-connecting': talking('worker', null, {}, { state: 'connecting' }),
  'talk-worker-tall': talking('worker', 'tall'),
  'talk-worker-wide': talking('worker', 'wide'),
  'talk-citizen-wide': talking('citizen', 'wide'),
  'talk-mic-off': talking('citizen', 'wide', { microphone: 'off' }),
  'talk-no-camera': talking('citizen', 'wide', { camera: 'missing' }),
  'talk-refused': talking('citizen', 'wide', { camera: 'refused', microphone: 'refused' }),
  'talk-in-use': talking('worker', 'tall', { camera: 'inUse' }),
  'talk-other-camera-off': talking('worker', 'tall', {}, {}, { camera: 'off' }),
  'talk-reconnecting': talking('citizen', 'wide', {}, { state: 'reconnecting' }),
  'talk-other-away': talking(
    'citizen',
    'wide',
    {},
    { state: 'reconnecting', isCounterpartPresent: false },
  ),
  'talk-unlinked': inLine('citizen', { isLinked: false }),
  'talk-asking': inLine('citizen', { isOpening: true, isLinked: false }, { state: 'connecting' }),
  'talk-no-frame': inLine('worker', { remoteStream: null }),
  'elsewhere-worker': inCall('worker', 'elsewhere', { seat: 'elsewhere' }),
  'elsewhere-ringing-worker': inCall('worker', 'elsewhere', {
    seat: 'elsewhere',
    state: 'ringing',
  }),
  elsewhere: inCall('citizen', 'elsewhere', { seat: 'elsewhere' }),
  vacant: inCall('citizen', 'vacant', { seat: 'vacant' }),
  'ended-left-citizen': ended('citizen', 'completed', 'hangup_staff'),
  'ended-own-citizen': ended('citizen', 'completed', 'hangup_citizen'),
  'ended-left-worker': ended('worker', 'completed', 'hangup_citizen'),
  'ended-declined-worker': ended('worker', 'declined'),
  'ended-missed-worker': ended('worker', 'missed'),
  'ended-missed-citizen': ended('citizen', 'missed'),
  'ended-cancelled-worker': ended('worker', 'cancelled'),
  'ended-busy-worker': ended('worker', 'busy'),
  'ended-unreachable-worker': ended('worker', 'unreachable'),
  'ended-failed-worker': ended('worker', 'failed'),
  'ended-failed-citizen': ended('citizen', 'failed'),
  'ended-early-citizen': ended('citizen', 'failed', 'hangup_staff'),
  'ended-early-worker': ended('worker', 'failed', 'hangup_staff'),
  'ended-dropped-worker': ended('worker', 'dropped'),
  'ended-dropped-citizen': ended('citizen', 'dropped'),
}
