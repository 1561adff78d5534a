import type {
  CallView,
  ChoiceState,
  Home,
  MediaState,
  Person,
  SocketRole,
  SessionReply,
} from '@naervaer/shared'
import type { BackState } from '../../../client/src/call/going-back.ts'
import type { FakeFeatures, TalkedOf } from './fake-features.ts'
import type { CallSnapshot } from '../../../client/src/call/call-snapshot.ts'
import type { Kept } from '../../../client/src/services/kept.ts'
import {
  ANNA,
  choiceOf,
  directoryOf,
  fakeCall,
  METTE,
  NOTHING_NEW,
  TEN_O_CLOCK,
  type FakeWorld,
} from './fake-services.ts'

/** A picture of the gallery: a world, and which streams its videos show. */
export interface GalleryState {
  readonly world: FakeWorld
  readonly remotePicture: 'wide' | 'tall' | null
  readonly path: string
  /** What the two do beside talking. */
  readonly talkedOf?: TalkedOf
  /** What the browser says that it is, where a page looks different for it. */
  readonly userAgent?: string
  /** What is kept from an earlier visit. */
  readonly kept?: Kept
  /** The browser says that there is no network. */
  readonly isOffline?: boolean
  /** The name of a button that is pressed once the page is there; the first of that name. */
  readonly pressed?: string
  /** How the features of a talk stand. */
  readonly features?: FakeFeatures
}

export const MINUTE_MS = 60_000

export const plain = (change: Partial<FakeWorld>, path = '/'): GalleryState => ({
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

export const sessionOf = (role: SocketRole): Partial<SessionReply> => ({
  you: role === 'worker' ? METTE : ANNA,
  role,
  roles: [role],
  isDemo: true,
})

export const signedIn = (role: SocketRole, change: Partial<FakeWorld> = {}): GalleryState =>
  plain({ session: sessionOf(role), directory: directoryOf(role), ...change })

export const signedInAt = (path: string): GalleryState =>
  plain({ session: sessionOf('citizen'), directory: directoryOf('citizen') }, path)

export const asStaff = (
  you: Person,
  roles: SessionReply['roles'],
  path: string,
  administration: FakeWorld['administration'] = {},
): GalleryState => plain({ session: { you, role: null, roles }, administration }, path)

export const choosing = (state: ChoiceState, path: string): GalleryState =>
  plain(
    {
      session: sessionOf('citizen'),
      directory: { ...directoryOf('citizen'), choice: choiceOf(state) },
    },
    path,
  )

export const inCall = (
  role: SocketRole,
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

export const ended = (
  role: SocketRole,
  outcome: CallView['outcome'],
  endReason: CallView['endReason'] = null,
): GalleryState => {
  const wasTalk = outcome === 'completed' || outcome === 'dropped'
  const times = { connectedAt: wasTalk ? TEN_O_CLOCK : null, endedAt: TEN_O_CLOCK + 19 * MINUTE_MS }
  return inCall(role, 'ended', { state: 'ended', outcome, endReason, ...times })
}

export const withBack = (state: GalleryState, back: Partial<BackState>): GalleryState => ({
  ...state,
  world: { ...state.world, back },
})

/** The person has hung up, and may go back. */
export const back = (role: SocketRole, own: BackState['own']): GalleryState => {
  const endReason = role === 'worker' ? 'hangup_staff' : 'hangup_citizen'
  return withBack(ended(role, 'completed', endReason), { own })
}

/** Anna wants to go back. */
export const asked = (state: GalleryState): GalleryState => withBack(state, { asked: [ANNA] })

export const talking = (
  role: SocketRole,
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
export const inLine = (
  role: SocketRole,
  snapshot: Partial<CallSnapshot>,
  call: Partial<CallView> = {},
): GalleryState => ({
  ...inCall(role, 'talking', call, snapshot),
  remotePicture: snapshot.remoteStream === null ? null : 'wide',
})

/** The same shortly before the end of the worker's session by its age. */
export const withLittleLeft = (state: GalleryState): GalleryState => ({
  ...state,
  world: { ...state.world, sessionLeft: { ageMs: 4 * MINUTE_MS } },
})

export const onHome = (change: Partial<Home>): GalleryState =>
  signedIn('citizen', {
    directory: { ...directoryOf('citizen'), home: { ...NOTHING_NEW, ...change } },
  })

/** IT works on the system. */
export const maintained = (
  role: SocketRole,
  until: number | null = TEN_O_CLOCK + 60 * MINUTE_MS,
): GalleryState => signedIn(role, { directory: { ...directoryOf(role), maintenance: { until } } })

/** Some numbers of citizens are known to their worker, who is a substitute for the last of them. */
export const withPhones = (state: GalleryState): GalleryState => ({
  ...state,
  world: {
    ...state.world,
    directory: {
      ...directoryOf('worker'),
      citizens: directoryOf('worker').citizens.map((citizen, index) => ({
        ...citizen,
        phone: index === 1 ? null : '+4520304050',
        assignment: index === 2 ? 'substitute' : 'primary',
      })),
    },
  },
})
