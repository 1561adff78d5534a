import {
  DEVICE_STATES,
  invite,
  PATHS,
  type CallEvent,
  type Invitation,
  type InvitingCall,
  type LiveCall,
  type Side,
  type Window,
} from '@naervaer/shared'
import fc from 'fast-check'
import {
  BARRED,
  callId,
  CONNECTED,
  CONNECTING,
  CREATED_AT,
  DESK,
  DESK_TAB_2,
  HOME,
  NOTICED,
  personId,
  PHONE,
  RECONNECTING,
  RINGING,
  TABLET,
  TABLET_TAB_2,
} from './calls.ts'

/** Runs of one property, and where they begin: fast-check prints the seed and path of a failure. */
export const RUNS: fc.Parameters<unknown> = { seed: 20_240_801, numRuns: 3_000 }

/** Every window of both people, the second window of a device and a second device included. */
const WINDOWS: Record<Side, readonly Window[]> = {
  worker: [DESK, DESK_TAB_2, HOME],
  citizen: [TABLET, TABLET_TAB_2, PHONE],
}

const deviceState = fc.constantFrom(...DEVICE_STATES)
const mediaState = fc.record({ camera: deviceState, microphone: deviceState })
const generation = fc.integer({ min: 0, max: 4 })
const worker = fc.constantFrom(...WINDOWS.worker)
const citizen = fc.constantFrom(...WINDOWS.citizen)

/** A side with one of its windows: the server has checked the person, not the window. */
const party = fc.oneof(
  worker.map((from) => ({ side: 'worker' as const, from })),
  citizen.map((from) => ({ side: 'citizen' as const, from })),
)

const linked = fc
  .tuple(party, generation, fc.constantFrom(...PATHS))
  .map(([who, g, path]) => ({ type: 'linked' as const, ...who, generation: g, path }))
const unlinked = fc
  .tuple(party, generation)
  .map(([who, g]) => ({ type: 'unlinked' as const, ...who, generation: g }))

/** Any event, also those that make no sense now. The ones that lead on come more often than ends. */
export const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 3, arbitrary: citizen.map((from) => ({ type: 'arrived' as const, from })) },
  { weight: 2, arbitrary: fc.constant<CallEvent>({ type: 'noticeSent' }) },
  { weight: 2, arbitrary: fc.constant<CallEvent>({ type: 'noticeArrived' }) },
  {
    weight: 1,
    arbitrary: fc.boolean().map((isAlone) => ({ type: 'noticeFailed' as const, isAlone })),
  },
  { weight: 4, arbitrary: citizen.map((from) => ({ type: 'accept' as const, from })) },
  { weight: 1, arbitrary: citizen.map((from) => ({ type: 'decline' as const, from })) },
  { weight: 1, arbitrary: worker.map((from) => ({ type: 'cancel' as const, from })) },
  { weight: 1, arbitrary: party.map((who) => ({ type: 'hangUp' as const, ...who })) },
  {
    weight: 6,
    arbitrary: fc.tuple(party, fc.option(fc.oneof(worker, citizen))).map(([who, former]) => ({
      type: 'attach' as const,
      ...who,
      former: former?.connectionId ?? null,
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(party, mediaState)
      .map(([who, media]) => ({ type: 'mediaChanged' as const, ...who, media })),
  },
  { weight: 12, arbitrary: linked },
  { weight: 4, arbitrary: unlinked },
  {
    weight: 4,
    arbitrary: party.map(({ from }) => ({
      type: 'connectionLost' as const,
      connectionId: from.connectionId,
    })),
  },
  {
    weight: 1,
    arbitrary: party.map(({ from }) => ({ type: 'revoked' as const, deviceId: from.deviceId })),
  },
  {
    weight: 1,
    arbitrary: party.map(({ from }) => ({ type: 'signedOut' as const, deviceId: from.deviceId })),
  },
  { weight: 1, arbitrary: fc.constant<CallEvent>({ type: 'barred' }) },
  { weight: 1, arbitrary: fc.constant<CallEvent>({ type: 'readmitted' }) },
  { weight: 1, arbitrary: fc.constant<CallEvent>({ type: 'unassigned' }) },
  { weight: 1, arbitrary: fc.constant<CallEvent>({ type: 'restored' }) },
  { weight: 4, arbitrary: fc.constant<CallEvent>({ type: 'tick' }) },
)

export interface Happening {
  readonly event: CallEvent
  /** How far the clock has moved since the one before; negative where it was set back. */
  readonly elapsedMs: number
}

const forwards = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 2_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 200_000 }) },
)
const anyStep = fc.oneof(
  { weight: 8, arbitrary: forwards },
  { weight: 1, arbitrary: fc.integer({ min: -100_000_000, max: 100_000_000 }) },
)

export interface Story {
  readonly start: LiveCall
  readonly happenings: readonly Happening[]
}

/** Stories from the first ring on, and from the middle of a call: ends are frequent, so few get far. */
const stories = (elapsedMs: fc.Arbitrary<number>): fc.Arbitrary<Story> =>
  fc.record({
    start: fc.constantFrom(
      makeCall(),
      makeCall({ canNotify: true }),
      makeUnmetCall(),
      RINGING,
      NOTICED,
      CONNECTING,
      CONNECTED,
      BARRED,
      RECONNECTING,
    ),
    happenings: fc.array(fc.record({ event: anyEvent, elapsedMs }), { maxLength: 40, size: 'max' }),
  })

/** A story under a clock that only goes forwards. */
export const orderlyStory = stories(forwards)

/** A story under a clock that is set forwards and back. */
export const anyStory = stories(anyStep)

/** A call just made by `DESK` to somebody who has the app open nowhere, and is notified. */
export function makeUnmetCall(): InvitingCall {
  return makeCall({ canNotify: true, citizen: 'unreachable' })
}

/** A call just made by `DESK`. */
export function makeCall(change: Partial<Invitation> = {}): InvitingCall {
  const invitation = {
    id: callId('call'),
    workerId: personId('mette'),
    citizenId: personId('anna'),
    from: DESK,
    citizen: 'open',
    canNotify: false,
  } as const
  const { call } = invite({ ...invitation, ...change }, CREATED_AT)
  if (call.state !== 'inviting') throw new Error(`an open citizen gave a call ${call.state}`)
  return call
}

/** Whether both parties have a window at the call. */
export function isAttended(call: LiveCall): boolean {
  const isCitizenThere = 'citizen' in call && call.citizen.connectionId !== null
  return call.worker.connectionId !== null && isCitizenThere
}
