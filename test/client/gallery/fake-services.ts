import type {
  CallView,
  ChoiceState,
  ChoiceView,
  DemoPeopleReply,
  Home,
  Person,
  SocketRole,
  SessionReply,
} from '@naervaer/shared'
import { NaervaerError } from '@naervaer/shared'
import {
  IDLE,
  type CallControl,
  type CallSnapshot,
} from '../../../client/src/call/call-snapshot.ts'
import type { BackState } from '../../../client/src/call/going-back.ts'
import type { AppServices } from '../../../client/src/app/app-services.ts'
import type { ConnectionState } from '../../../client/src/services/socket/connection-state.ts'
import type { DeviceMark } from '../../../client/src/services/device/device-mark.ts'
import type { Directory } from '../../../client/src/services/directory.ts'
import { Store } from '../../../client/src/services/store.ts'
import { fakeAdministration } from './fake-administration.ts'
import { fakeSignIn, SIGN_IN, type FakeSignIn } from './fake-sign-in.ts'

const person = (id: number, name: string): Person => ({
  id: `00000000-0000-7000-8000-${String(id).padStart(12, '0')}` as Person['id'],
  name,
})

export const METTE = person(1, 'Mette Holm')
export const OLE = person(2, 'Ole Krogh')
export const ANNA = person(3, 'Anna')
export const JENS = person(4, 'Jens')
export const MAX = person(5, 'Max')
export const LIZ = person(6, 'Liz')

/** What one picture of the gallery starts from. */
export interface FakeWorld {
  readonly session: Partial<SessionReply> | 'unreachable'
  readonly connection: ConnectionState
  readonly directory: Directory | null
  readonly call: Partial<CallSnapshot>
  /** How it stands with going back to a call that was hung up. */
  readonly back?: Partial<BackState>
  readonly otherAddress: string | null
  readonly administration?: { readonly isEmpty?: boolean }
  readonly deviceMark?: DeviceMark
  /** What is left of the session of staff, for want of use and by its age. */
  readonly sessionLeft?: { readonly idleMs?: number; readonly ageMs?: number }
  readonly signIn?: Partial<FakeSignIn>
  /** By what the window finds that the person is signed in no more. */
  readonly endedBy?: 'socket' | 'request'
  /** Who has signed in in this browser since, in another window. */
  readonly replacedBy: Person | null
}

const SNAPSHOT: CallSnapshot = {
  ...IDLE,
  ownMedia: { camera: 'on', microphone: 'on' },
  counterpartMedia: { camera: 'on', microphone: 'on' },
  isLinked: true,
}

const HOUR_MS = 3_600_000

/** 26 November 2026, 10.00 in Copenhagen. */
export const TEN_O_CLOCK = Date.UTC(2026, 10, 26, 9)

export function fakeCall(change: Partial<CallView>): CallView {
  return {
    id: '00000000-0000-7000-8000-00000000000c' as CallView['id'],
    revision: 1,
    state: 'connected',
    worker: METTE,
    citizen: ANNA,
    seat: 'here',
    isCounterpartPresent: true,
    media: { worker: null, citizen: null },
    generation: 1,
    isWorkerAlone: false,
    notice: 'none',
    createdAt: TEN_O_CLOCK,
    ringingAt: TEN_O_CLOCK,
    answeredAt: TEN_O_CLOCK,
    connectedAt: TEN_O_CLOCK,
    endedAt: null,
    outcome: null,
    endReason: null,
    ...change,
  }
}

export const choiceOf = (state: ChoiceState): ChoiceView => ({
  state,
  pausedUntil: state === 'paused' ? TEN_O_CLOCK + 7 * 24 * 3_600_000 : null,
})
const SAID_YES = choiceOf('active')

/** A first page on which nothing has been said, and nobody has rung. */
export const NOTHING_NEW: Home = {
  readyUntil: null,
  callback: null,
  missed: null,
  appointments: [],
  busyWorkers: [],
}

export function directoryOf(role: SocketRole): Directory {
  if (role === 'citizen') {
    return {
      you: ANNA,
      role,
      citizens: [],
      workers: [METTE],
      choice: SAID_YES,
      isAddressProtected: false,
      quiet: null,
      phone: null,
      home: NOTHING_NEW,
    }
  }
  return {
    you: METTE,
    role,
    workers: [],
    choice: null,
    isAddressProtected: false,
    quiet: null,
    phone: null,
    home: null,
    citizens: [
      {
        person: ANNA,
        assignment: 'primary',
        availability: 'open',
        choice: SAID_YES,
        isAddressProtected: false,
        isNotified: true,
        quiet: null,
        phone: null,
        callback: null,
        appointments: [],
      },
      {
        person: JENS,
        assignment: 'primary',
        availability: 'busy',
        choice: SAID_YES,
        isAddressProtected: false,
        isNotified: true,
        quiet: null,
        phone: null,
        callback: null,
        appointments: [],
      },
      {
        person: MAX,
        assignment: 'primary',
        availability: 'unreachable',
        choice: choiceOf('offered'),
        isAddressProtected: false,
        isNotified: false,
        quiet: null,
        phone: null,
        callback: null,
        appointments: [],
      },
    ],
  }
}

const DEMO_PEOPLE: DemoPeopleReply['people'] = [
  { person: METTE, roles: ['worker'] },
  { person: OLE, roles: ['worker'] },
  { person: ANNA, roles: ['citizen'] },
  { person: JENS, roles: ['citizen'] },
  { person: MAX, roles: ['citizen'] },
  { person: LIZ, roles: ['citizen'] },
]

/** Services that answer from a world, and note what is asked of calls in `asked`. */
export function fakeServices(world: FakeWorld, asked: string[]): AppServices {
  const nobody = { you: null, role: null, roles: [] }
  let you: Partial<SessionReply> = {}
  const calls = fakeCalls(new Store({ ...SNAPSHOT, ...world.call }), world.back ?? {}, asked)
  return {
    calls,
    loadSignIn: fakeSignIn({ ...SIGN_IN, ...world.signIn }, asked),
    loadLife: () =>
      Promise.resolve((isUse) => {
        if (world.endedBy === 'request') {
          you = nobody
          return Promise.reject(new NaervaerError('SESSION_EXPIRED'))
        }
        if (isUse) asked.push('I am here')
        const now = Date.now()
        const left = world.sessionLeft ?? {}
        const idleMs = isUse ? HOUR_MS : (left.idleMs ?? HOUR_MS)
        return Promise.resolve({
          serverTime: now,
          endsAt: now + (left.ageMs ?? 10 * HOUR_MS),
          idleEndsAt: now + idleMs,
        })
      }),
    loadAdministration: fakeAdministration(world.administration ?? {}, asked),
    session: new Store<SessionReply | null>(null),
    connection: new Store(world.connection),
    news: { onNews: () => () => undefined },
    deviceMark: () => world.deviceMark ?? null,
    directory: new Store(world.directory),
    http: {
      fetchSession: () =>
        world.session === 'unreachable'
          ? Promise.reject(new TypeError('Failed to fetch'))
          : Promise.resolve({
              you: null,
              role: null,
              roles: [],
              isDemo: false,
              dutyPhone: '12 34 56 78',
              ...world.session,
              ...you,
            }),
      signOut: () => Promise.resolve(),
      fetchDemoPeople: () =>
        Promise.resolve({ people: DEMO_PEOPLE, otherAddress: world.otherAddress }),
      protectAddress: (citizenId, isAddressProtected) => {
        asked.push(`protect ${citizenId} ${String(isAddressProtected)}`)
        return Promise.resolve()
      },
      writePhone: (citizenId, phone) => {
        asked.push(`phone ${citizenId} ${String(phone)}`)
        return Promise.resolve()
      },
      signInDemo: () => Promise.resolve(),
      changeChoice: (path, body) => {
        asked.push(`${path} ${JSON.stringify(body)}`)
        return Promise.resolve()
      },
    },
    start: () => {
      if (world.replacedBy !== null) you = { you: world.replacedBy }
      if (world.endedBy === 'socket') you = nobody
    },
    stop: () => undefined,
  }
}

function fakeCalls(
  snapshot: Store<CallSnapshot>,
  back: Partial<BackState>,
  asked: string[],
): CallControl {
  const note = (what: string): Promise<void> => {
    asked.push(what)
    return Promise.resolve()
  }
  return {
    snapshot,
    back: {
      state: new Store<BackState>({ own: 'none', asked: [], ...back }),
      goBack: () => note('goBack'),
      stop: () => note('stop going back'),
      answer: (citizenId) => note(`answer back ${citizenId}`),
      dismiss: (citizenId) => void note(`dismiss back ${citizenId}`),
    },
    ring: (citizenId, { quietReason, isAlone = false } = {}) =>
      note(`ring ${citizenId} ${quietReason ?? ''}`.trim() + (isAlone ? ' alone' : '')),
    answer: ({ withCamera }) => note(`answer ${withCamera ? 'with' : 'without'} camera`),
    decline: (isAwaiting) => note(isAwaiting === true ? 'decline waiting' : 'decline'),
    cancel: () => note('cancel'),
    hangUp: () => note('hangUp'),
    setCamera: (isOn) => {
      const { ownMedia } = snapshot.value
      // A browser that has refused refuses again, without asking.
      if (ownMedia.camera === 'refused') return note('camera refused again')
      snapshot.patch({ ownMedia: { ...ownMedia, camera: isOn ? 'on' : 'off' } })
      return note(`camera ${isOn ? 'on' : 'off'}`)
    },
    setMicrophone: (isOn) => {
      snapshot.patch({ ownMedia: { ...snapshot.value.ownMedia, microphone: isOn ? 'on' : 'off' } })
      return note(`microphone ${isOn ? 'on' : 'off'}`)
    },
    setPaused: (isPaused) => {
      snapshot.patch({ isPaused })
      return note(`pause ${isPaused ? 'on' : 'off'}`)
    },
    recoverMedia: () => {
      snapshot.patch({ isInterrupted: false })
      return note('recover')
    },
    silenceRing: () => {
      snapshot.patch({ ringTone: 'silenced' })
      void note('silence')
    },
    takeOver: () => note('takeOver'),
    dismiss: () => {
      snapshot.patch({ phase: 'idle', call: null, counterpart: null })
      void note('dismiss')
    },
  }
}
