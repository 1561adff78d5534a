import type {
  CallView,
  DeviceState,
  ErrorCode,
  MediaState,
  Person,
  PersonId,
  QuietReason,
} from '@naervaer/shared'
import type { Store } from '../services/store.ts'
import type { TalkFeatures } from './features/features.ts'
import type { BackControl } from './going-back.ts'
import type { RingToneState } from './ring-tone.ts'

/**
 * What this window has to do with a call.
 *
 * - `idle`: nothing
 * - `incoming`: a worker rings; this window may answer
 * - `outgoing`: this window rings a citizen
 * - `talking`: this window is a party: connecting, connected or reconnecting (see `call.state`)
 * - `elsewhere`: the person talks in another window or on another device
 * - `vacant`: the person's talk has lost its window; this one may go on with it
 * - `ended`: over, and not yet dismissed
 */
export type CallPhase =
  'idle' | 'incoming' | 'outgoing' | 'talking' | 'elsewhere' | 'vacant' | 'ended'

/** What this window captures, sends and receives. */
export interface OwnPartState {
  /** This window's own camera and microphone. */
  readonly ownMedia: MediaState
  /** The browser is opening the devices, and may be asking the person for leave. */
  readonly isOpening: boolean
  /** The system has taken camera or microphone away, and it takes a tap to have it back. */
  readonly isInterrupted: boolean
  /**
   * The person is in a pause: nothing is sent, and nothing may be seen or heard. Before there are any
   * devices, as it was before the page was loaded anew.
   */
  readonly isPaused: boolean
  /** This window's own peer connection is up, whatever the server knows of it. */
  readonly isLinked: boolean
  readonly localStream: MediaStream | null
  readonly remoteStream: MediaStream | null
  /** What the two can do besides seeing and hearing each other; null while there is no talk. */
  readonly features: TalkFeatures | null
}

/** Everything a page needs to show a call. Replaced as a whole with every change. */
export interface CallSnapshot extends OwnPartState {
  readonly phase: CallPhase
  readonly call: CallView | null
  /** One connection is taking over from another: what the server says of it is not the last word. */
  readonly isHandedOver: boolean
  /** The other person, by name. */
  readonly counterpart: Person | null
  /** The other side's camera and microphone, as it says itself; null until it has said. */
  readonly counterpartMedia: MediaState | null
  /** The ring tone has been silenced by the person, or the browser does not allow it yet. */
  readonly ringTone: RingToneState
  /** The person has pressed a button and its answer is awaited: buttons are inert meanwhile. */
  readonly isBusy: boolean
  /** The last command was refused; cleared by the next one. */
  readonly error: ErrorCode | 'CONNECTION_LOST' | null
}

/** What a worker says with a ring. */
export interface RingWords {
  /** Why in hours in which the citizen asked not to be rung, after a refusal. */
  readonly quietReason?: QuietReason
  /** "Jeg sidder alene i et lukket rum." */
  readonly isAlone?: boolean
}

/** What pages may do about calls; implemented by `CallSession`. None of these rejects: trouble shows in the snapshot. */
export interface CallControl {
  readonly snapshot: Store<CallSnapshot>
  readonly back: BackControl
  ring(citizenId: PersonId, said?: RingWords): Promise<void>
  answer(options: { withCamera: boolean }): Promise<void>
  /** "Ikke nu"; or that they would rather wait for their own worker, where a substitute rings. */
  decline(isAwaiting?: boolean): Promise<void>
  /** Before the answer. */
  cancel(): Promise<void>
  hangUp(): Promise<void>
  setCamera(isOn: boolean): Promise<void>
  setMicrophone(isOn: boolean): Promise<void>
  /** Begins a pause, or goes on. */
  setPaused(isPaused: boolean): Promise<void>
  /** Fetches what the system has taken away. */
  recoverMedia(): Promise<void>
  /** "Slå lyden fra": for this ring only. */
  silenceRing(): void
  /** Goes on in this window with a call that has lost its own. */
  takeOver(): Promise<void>
  /** Leaves the end of a call behind. */
  dismiss(): void
}

export const NO_MEDIA: { readonly camera: DeviceState; readonly microphone: DeviceState } = {
  camera: 'off',
  microphone: 'off',
}

/** No call. */
export const IDLE: CallSnapshot = {
  phase: 'idle',
  call: null,
  isHandedOver: false,
  counterpart: null,
  ownMedia: NO_MEDIA,
  counterpartMedia: null,
  isOpening: false,
  isInterrupted: false,
  isPaused: false,
  isLinked: false,
  localStream: null,
  remoteStream: null,
  features: null,
  ringTone: 'none',
  isBusy: false,
  error: null,
}
