import { CHOICE_STATES } from '@naervaer/shared'
import { AASE, BO, KAREN, SIGNE } from './fake-administration.ts'
import { ABSENCE_STATES } from './absence-states.ts'
import { APPOINTMENT_STATES } from './appointment-states.ts'
import { CITIZEN_ROW_STATES } from './citizen-row-states.ts'
import type { Kept } from '../../../client/src/services/kept.ts'
import { BROWSERS } from './browsers.ts'
import {
  ANNA,
  choiceOf,
  directoryOf,
  JENS,
  METTE,
  OLE,
  TEN_O_CLOCK,
  NOTHING_NEW,
} from './fake-services.ts'
import {
  MINUTE_MS,
  plain,
  sessionOf,
  signedIn,
  asStaff,
  choosing,
  inCall,
  ended,
  withBack,
  back,
  asked,
  talking,
  inLine,
  withLittleLeft,
  maintained,
  withPhones,
  onHome,
  signedInAt,
  type GalleryState,
} from './state-makers.ts'
import { WEEK_STATES } from './week-states.ts'

export type { GalleryState } from './state-makers.ts'

/** Mette has rung in vain. */
const MISSED = { worker: METTE, at: TEN_O_CLOCK }

const KEPT: Kept = { workers: ['Mette'], dutyPhone: '12 34 56 78', next: null }

/** The page for start codes, in this very browser. */
const starting = (userAgent: string): GalleryState => ({ ...plain({}, '/start'), userAgent })

/** Every page in every state that looks different, by the name in `?state=`. */
export const STATES: Readonly<Record<string, GalleryState>> = {
  ...ABSENCE_STATES,
  ...APPOINTMENT_STATES,
  ...WEEK_STATES,
  demo: plain({ session: { isDemo: true } }, '/demo'),
  'demo-signed-in': plain({ session: sessionOf('worker') }, '/demo'),
  'demo-one-address': plain({ session: { isDemo: true }, otherAddress: null }, '/demo'),
  'worker-sign-in': plain({}),
  'worker-sign-in-in-demo': plain({ session: { isDemo: true } }, '/sign-in'),
  'worker-sign-in-work-account': plain({
    signIn: {
      methods: [
        { kind: 'oidc', path: '/api/oidc/start' },
        { kind: 'passkey' },
        { kind: 'passphrase' },
      ],
    },
  }),
  'worker-refused-role': plain(
    {
      signIn: {
        workAccountRefusal: {
          reason: 'unknownRole',
          subject: '11111111-2222-4333-8444-555555555555/66666666-7777-4888-9999-000000000000',
        },
      },
    },
    '/sign-in/refused',
  ),
  'worker-refused-unreachable': plain(
    { signIn: { workAccountRefusal: { reason: 'unreachable', subject: null } } },
    '/sign-in/refused',
  ),
  'worker-sign-in-refused': plain({ signIn: { refusal: 'SIGN_IN_REFUSED' } }),
  'worker-signed-out': signedIn('worker', {
    session: { you: METTE, role: 'worker', roles: ['worker'] },
    connection: 'signedOut',
    endedBy: 'socket',
  }),
  'worker-signed-out-it': plain({
    session: { you: BO, role: null, roles: ['it'] },
    endedBy: 'request',
  }),
  'worker-invitation': plain({}, '/invitation'),
  'worker-invitation-gone': plain({ signIn: { isInvitationGone: true } }, '/invitation'),
  'worker-invitation-work-account': plain({ signIn: { arePasskeysOpen: false } }, '/invitation'),
  'worker-idle-warning': signedIn('worker', { sessionLeft: { idleMs: 4 * MINUTE_MS } }),
  'worker-age-warning': signedIn('worker', { sessionLeft: { ageMs: 4 * MINUTE_MS } }),
  'worker-sessions': plain({ session: sessionOf('worker') }, '/sessions'),
  'worker-sessions-refused': plain(
    { session: sessionOf('worker'), signIn: { refusal: 'SESSION_EXPIRED' } },
    '/sessions',
  ),
  'worker-passkeys': plain({ session: sessionOf('worker') }, '/passkeys'),
  'worker-passkeys-none': plain(
    { session: sessionOf('worker'), signIn: { passkeys: [] } },
    '/passkeys',
  ),
  'worker-passkeys-work-account': plain(
    { session: sessionOf('worker'), signIn: { arePasskeysOpen: false } },
    '/passkeys',
  ),
  pair: plain({}, '/start'),
  'pair-install': starting(BROWSERS.iphone),
  'pair-install-ipad': starting(BROWSERS.ipad),
  'pair-install-switch': starting(BROWSERS.iphone26),
  'pair-install-menu': starting(BROWSERS.androidFirefox),
  'pair-install-elsewhere': starting(BROWSERS.iphoneFacebook),
  'pair-install-elsewhere-android': starting(BROWSERS.androidInstagram),
  'pair-again': plain({ deviceMark: 'lost' }),
  about: plain({}, '/om'),
  'about-citizen': signedInAt('/om'),
  check: plain({}, '/test'),
  'check-citizen': signedInAt('/test'),
  'check-no-camera': plain({}, '/test#camera'),
  'check-sound': plain({}, '/test#sound'),
  'check-wi-fi': plain({}, '/test#line'),
  'check-help': plain({}, '/test#help'),
  'device-stopped': plain({ deviceMark: 'stopped' }),
  'device-removed': plain({ deviceMark: 'removed' }),
  trouble: plain({ session: 'unreachable' }),
  'trouble-kept': { ...plain({ session: 'unreachable' }), kept: KEPT },
  'trouble-offline': { ...plain({ session: 'unreachable' }), kept: KEPT, isOffline: true },
  home: signedIn('citizen'),
  'home-maintenance': maintained('citizen'),
  'home-maintenance-open-end': maintained('citizen', null),
  'citizens-maintenance': maintained('worker'),
  'home-ready': onHome({ readyUntil: TEN_O_CLOCK + 30 * MINUTE_MS }),
  'home-asked': onHome({ callback: { askedAt: TEN_O_CLOCK, seenAt: null } }),
  'home-seen': onHome({
    readyUntil: TEN_O_CLOCK + 30 * MINUTE_MS,
    callback: { askedAt: TEN_O_CLOCK, seenAt: TEN_O_CLOCK + MINUTE_MS },
  }),
  'home-busy': onHome({
    callback: { askedAt: TEN_O_CLOCK, seenAt: null },
    busyWorkers: [METTE.id],
  }),
  'home-missed': onHome({ missed: MISSED }),
  'home-two-workers': signedIn('citizen', {
    directory: { ...directoryOf('citizen'), workers: [METTE, OLE] },
  }),
  'home-offered': choosing('offered', '/'),
  'home-paused': choosing('paused', '/'),
  'home-declined': choosing('declined', '/'),
  'choice-question': choosing('offered', '/svar'),
  'choice-already-yes': choosing('active', '/svar'),
  'my-choices': choosing('active', '/mine-valg'),
  'my-choices-quiet': plain(
    {
      session: sessionOf('citizen'),
      directory: { ...directoryOf('citizen'), quiet: { from: 21 * 60, to: 9 * 60 } },
    },
    '/mine-valg',
  ),
  'my-choices-reminded': plain(
    {
      deviceMark: 'paired',
      session: sessionOf('citizen'),
      directory: {
        ...directoryOf('citizen'),
        home: { ...NOTHING_NEW, remindsDayBefore: true },
      },
    },
    '/mine-valg',
  ),
  'my-choices-protected': plain(
    {
      session: sessionOf('citizen'),
      directory: { ...directoryOf('citizen'), isAddressProtected: true },
    },
    '/mine-valg',
  ),
  'my-choices-phone': plain(
    {
      session: sessionOf('citizen'),
      directory: { ...directoryOf('citizen'), phone: '+4520304050' },
    },
    '/mine-valg',
  ),
  'my-choices-paused': choosing('paused', '/mine-valg'),
  'my-choices-declined': choosing('declined', '/mine-valg'),
  'my-choices-stopped': choosing('withdrawn', '/mine-valg'),
  'home-connecting': signedIn('citizen', { connection: 'connecting', directory: null }),
  'home-lost': signedIn('citizen', { connection: 'lost' }),
  'home-offline': signedIn('citizen', { connection: 'offline' }),
  'home-stopped': signedIn('citizen', { connection: 'stopped' }),
  replaced: signedIn('citizen', { connection: 'stopped', replacedBy: JENS }),
  incoming: inCall('citizen', 'incoming', { state: 'ringing' }, { ringTone: 'playing' }),
  'incoming-alone': inCall(
    'citizen',
    'incoming',
    { state: 'ringing', isWorkerAlone: true },
    { ringTone: 'playing' },
  ),
  'incoming-silenced': inCall(
    'citizen',
    'incoming',
    { state: 'ringing' },
    { ringTone: 'silenced' },
  ),
  'incoming-blocked': inCall('citizen', 'incoming', { state: 'ringing' }, { ringTone: 'blocked' }),
  citizens: signedIn('worker'),
  'citizens-wishes': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        availability: index === 0 ? 'ready' : citizen.availability,
        quiet: index === 2 ? { from: 21 * 60, to: 9 * 60 } : null,
        callback:
          [
            { askedAt: TEN_O_CLOCK, seenAt: null },
            { askedAt: TEN_O_CLOCK - 20 * MINUTE_MS, seenAt: TEN_O_CLOCK },
            null,
          ][index] ?? null,
      })),
    },
  }),
  'citizens-quiet': signedIn('worker', {
    call: { error: 'CALL_QUIET_HOURS' },
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen) => ({
        ...citizen,
        quiet: { from: 21 * 60, to: 9 * 60 },
      })),
    },
  }),
  ...CITIZEN_ROW_STATES,
  'citizens-refused': signedIn('worker', { call: { error: 'NOT_ASSIGNED' } }),
  'citizens-choices': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: CHOICE_STATES.map((state, index) => ({
        person: { ...ANNA, id: `${ANNA.id.slice(0, -2)}a${index}` as typeof ANNA.id },
        assignment: 'primary',
        availability: 'open',
        choice: choiceOf(state),
        isAddressProtected: false,
        isNotified: true,
        quiet: null,
        phone: null,
        callback: null,
        appointments: [],
      })),
    },
  }),
  'citizens-substitute': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        assignment: index === 1 ? 'primary' : 'substitute',
      })),
    },
  }),
  'citizens-protected': signedIn('worker', {
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        isAddressProtected: index !== 1,
        assignment: index === 2 ? 'substitute' : 'primary',
      })),
    },
    call: { error: 'CALL_RELAY_MISSING' },
  }),
  'citizens-phone': withPhones(signedIn('worker')),
  'citizens-lost': signedIn('worker', { connection: 'lost' }),
  'citizens-stopped': signedIn('worker', { connection: 'stopped' }),
  'citizens-none': signedIn('worker', {
    directory: { ...directoryOf('worker'), citizens: [] },
  }),
  'citizens-more-roles': signedIn('worker', {
    session: { ...sessionOf('worker'), roles: ['worker', 'leader', 'it'] },
  }),
  'staff-team': asStaff(KAREN, ['leader'], '/team'),
  'staff-team-none': asStaff(KAREN, ['leader', 'it'], '/team', { isEmpty: true }),
  'staff-it': asStaff(BO, ['it'], '/it'),
  'staff-it-device': {
    ...asStaff(BO, ['it'], '/it'),
    pressed: 'Hvad er ændret? Borger 4F2A, iPad',
  },
  'staff-codes': asStaff(BO, ['it'], '/test#koder'),
  'staff-code': asStaff(BO, ['it'], '/test#B2'),
  'staff-offers': asStaff(AASE, ['authority'], '/offers'),
  'staff-offers-none': asStaff(AASE, ['authority', 'leader'], '/offers', { isEmpty: true }),
  'staff-audit': asStaff(SIGNE, ['auditor'], '/audit'),
  'staff-audit-none': asStaff(SIGNE, ['auditor', 'it'], '/audit', { isEmpty: true }),
  'no-such-page': { ...signedIn('citizen'), path: '/mine-vlag' },
  'no-such-page-staff': asStaff(KAREN, ['leader'], '/taem'),
  'no-such-page-stranger': plain({}, '/teams'),
  'staff-no-page': asStaff(KAREN, [], '/'),
  devices: { ...signedIn('citizen'), path: '/devices' },
  lookups: { ...signedIn('citizen'), path: '/lookups' },
  sound: { ...signedIn('citizen'), path: '/lyd-og-billede' },
  'worker-sound': { ...signedIn('worker'), path: '/lyd-og-billede' },
  practice: signedInAt('/oeveopkald'),
  'worker-practice': { ...signedIn('worker'), path: '/oeveopkald' },
  'lookups-none': {
    ...signedIn('citizen', { administration: { isEmpty: true } }),
    path: '/lookups',
  },
  notices: { ...signedIn('citizen'), path: '/besked' },
  'notices-on': { ...signedIn('citizen'), path: '/besked' },
  'notices-closed': { ...signedIn('citizen'), path: '/besked' },
  'missed-notice': { ...onHome({ missed: MISSED }), path: '/opkald' },
  'missed-notice-asked': {
    ...onHome({ missed: MISSED, callback: { askedAt: TEN_O_CLOCK, seenAt: null } }),
    path: '/opkald',
  },
  'missed-notice-over': { ...signedIn('citizen'), path: '/opkald' },
  'missed-notice-apart': {
    ...signedIn('citizen', { connection: 'lost' }),
    path: '/opkald',
  },
  'out-notice-sending': inCall('worker', 'outgoing', { state: 'inviting', notice: 'sending' }),
  'out-notice-arrived': inCall('worker', 'outgoing', { state: 'inviting', notice: 'arrived' }),
  'out-notice-failed': inCall('worker', 'outgoing', { state: 'inviting', notice: 'failed' }),
  'out-notice-failed-phone': withPhones(
    inCall('worker', 'outgoing', { state: 'inviting', notice: 'failed' }),
  ),
  'out-sending': inCall('worker', 'outgoing', { state: 'inviting' }),
  'out-ringing': inCall('worker', 'outgoing', { state: 'ringing' }),
  'talk-connecting': talking('worker', null, {}, { state: 'connecting' }),
  'talk-worker-age-warning': withLittleLeft(talking('worker', 'wide')),
  'talk-worker-tall': talking('worker', 'tall'),
  'talk-worker-wide': talking('worker', 'wide'),
  'talk-citizen-wide': talking('citizen', 'wide'),
  'talk-agreed': talking('citizen', 'wide'),
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
  'talk-writing': { ...talking('citizen', 'wide'), talkedOf: 'text' },
  'talk-writing-worker': { ...talking('worker', 'tall'), talkedOf: 'text' },
  'talk-writing-trouble': { ...talking('citizen', 'wide'), talkedOf: 'trouble' },
  'talk-digits': { ...talking('worker', 'tall'), talkedOf: 'digits' },
  'talk-digits-none': { ...talking('citizen', 'wide'), talkedOf: 'noDigits' },
  'talk-unlinked': inLine('citizen', { isLinked: false }),
  'talk-asking': inLine('citizen', { isOpening: true, isLinked: false }, { state: 'connecting' }),
  'talk-no-frame': inLine('worker', { remoteStream: null }),
  'talk-paused': inLine('citizen', { isPaused: true }),
  'talk-other-paused': {
    ...talking('worker', 'tall', {}, {}, { camera: 'off', microphone: 'off' }),
    features: { pause: { isOther: true } },
  },
  'talk-not-alone': { ...talking('citizen', 'wide'), features: { alone: { isOwnNot: true } } },
  'talk-other-not-alone': {
    ...talking('worker', 'tall'),
    features: { alone: { isOtherNot: true } },
  },
  'talk-own-screen': { ...talking('worker', 'tall'), features: { screen: { isOwn: true } } },
  'talk-other-screen': { ...talking('citizen', 'wide'), features: { screen: { isOther: true } } },
  'talk-weak': { ...talking('worker', 'wide'), features: { quality: { line: 'weak' } } },
  'talk-sound-only': {
    ...talking('citizen', 'wide'),
    features: { quality: { otherLine: 'soundOnly' } },
  },
  'talk-own-sound-only': {
    ...talking('citizen', 'wide'),
    features: { quality: { line: 'soundOnly' } },
  },
  'talk-unheard': {
    ...talking('citizen', 'wide'),
    features: { quality: { isUnheard: true, isUnseen: true } },
  },
  'talk-mic-silent': {
    ...talking('citizen', 'wide'),
    features: { quality: { isMicrophoneSilent: true } },
  },
  'talk-speaking-while-off': {
    ...talking('citizen', 'wide', { microphone: 'off' }),
    features: { quality: { isSpeakingWhileOff: true } },
  },
  'talk-voices': {
    ...talking('worker', 'wide'),
    features: { voices: { own: true, other: true } },
  },
  'talk-interrupted': inLine('citizen', {
    isInterrupted: true,
    ownMedia: { camera: 'inUse', microphone: 'inUse' },
  }),
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
  'ended-going-back-citizen': back('citizen', 'offered'),
  'ended-going-back-waiting': back('citizen', 'waiting'),
  'ended-going-back-over': back('citizen', 'over'),
  'ended-going-back-late': back('citizen', 'late'),
  'ended-going-back-not-now': back('citizen', 'notNow'),
  'ended-going-back-worker': back('worker', 'offered'),
  'ended-back-asked-worker': asked(ended('worker', 'completed', 'hangup_citizen')),
  'citizens-back-asked': asked(signedIn('worker')),
  'citizens-back-asked-twice': withBack(signedIn('worker'), { asked: [ANNA, JENS] }),
  'ended-declined-worker': ended('worker', 'declined'),
  'ended-missed-worker': ended('worker', 'missed'),
  'ended-missed-worker-phone': withPhones(ended('worker', 'missed')),
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
