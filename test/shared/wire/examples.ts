import type { ClientMessageType, ServerMessageType } from '@naervaer/shared'

/** A value as it comes out of `JSON.parse`. */
export type Json = string | number | boolean | null | Json[] | JsonObject
export interface JsonObject {
  [name: string]: Json
}

export const WORKER_ID = '019b75a0-0000-7000-8000-000000000001'
export const CITIZEN_ID = '019b75a0-0000-7000-8000-000000000002'
export const CALL_ID = '019b75a0-1111-7000-9000-000000000003'

export const PAIRING_ID = '019b75a0-2222-7000-9000-000000000004'

const METTE = { id: WORKER_ID, name: 'Mette Holm' }
const ANNA = { id: CITIZEN_ID, name: 'Anna' }

const VIEW = {
  id: CALL_ID,
  revision: 4,
  state: 'connected',
  worker: METTE,
  citizen: ANNA,
  seat: 'here',
  isCounterpartPresent: true,
  media: { worker: { camera: 'on', microphone: 'on' }, citizen: null },
  generation: 1,
  isWorkerAlone: false,
  notice: 'arrived',
  createdAt: 1_767_225_600_000,
  ringingAt: 1_767_225_600_200,
  answeredAt: 1_767_225_608_000,
  connectedAt: 1_767_225_608_700,
  endedAt: null,
  outcome: null,
  endReason: null,
}

export const ENDED_VIEW = {
  ...VIEW,
  state: 'ended',
  seat: 'elsewhere',
  endedAt: 1_767_225_700_000,
  outcome: 'completed',
  endReason: 'hangup_citizen',
}

const position = { call: CALL_ID, generation: 1, seq: 3 }

const SIGNALS = {
  'signal.description': {
    type: 'signal.description',
    ...position,
    description: { type: 'offer', sdp: 'v=0\r\n' },
  },
  'signal.candidate': {
    type: 'signal.candidate',
    ...position,
    candidate: {
      candidate: 'candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host',
      sdpMid: '0',
      sdpMLineIndex: 0,
    },
  },
  'signal.ack': { type: 'signal.ack', ...position },
  'signal.please': { type: 'signal.please', call: CALL_ID, generation: 1 },
}

const onCall = <T extends string>(type: T) => ({ type, id: 'r1', call: CALL_ID })

/** One good example of everything a client may send; a forgotten type does not compile. */
export const CLIENT_EXAMPLES: Record<ClientMessageType, JsonObject> = {
  ping: { type: 'ping', id: 'r1' },
  'call.invite': { type: 'call.invite', id: 'r1', citizenId: CITIZEN_ID },
  'call.ringing': onCall('call.ringing'),
  'call.accept': onCall('call.accept'),
  'call.decline': onCall('call.decline'),
  'call.cancel': onCall('call.cancel'),
  'call.hangUp': onCall('call.hangUp'),
  'call.attach': { ...onCall('call.attach'), former: null },
  'call.goBack': { ...onCall('call.goBack'), isWanted: true },
  'call.media': { ...onCall('call.media'), media: { camera: 'refused', microphone: 'on' } },
  'call.connected': { ...onCall('call.connected'), generation: 1, path: 'relay' },
  'call.lost': { ...onCall('call.lost'), generation: 1 },
  'call.leg': {
    ...onCall('call.leg'),
    generation: 1,
    quality: { protocol: 'udp', rttMs: 40, lossPercent: 1, jitterMs: 5, freezes: 0, steps: 2 },
  },
  ...SIGNALS,
  'turn.fetch': onCall('turn.fetch'),
}

const APPOINTMENT = {
  id: '019b75a0-5555-7000-8000-000000000001',
  day: '2026-01-01',
  kind: 'video',
  startAt: 1_767_258_000_000,
  endAt: 1_767_259_200_000,
  worker: METTE,
  insteadOf: null,
  calledOff: null,
  lateMinutes: 0,
  isSeries: false,
  revision: 1,
}
const CALLED_OFF = {
  ...APPOINTMENT,
  day: '2025-12-31',
  startAt: 1_767_171_600_000,
  endAt: 1_767_172_800_000,
  insteadOf: METTE,
  calledOff: 'waiting',
}

const HOME = {
  readyUntil: 1_767_227_400_000,
  callback: { askedAt: 1_767_225_500_000, seenAt: 1_767_225_560_000 },
  missed: { worker: METTE, at: 1_767_225_400_000 },
  appointments: [APPOINTMENT],
  busyWorkers: [],
}

/** One good example of everything the server may send; a forgotten type does not compile. */
export const SERVER_EXAMPLES: Record<ServerMessageType, JsonObject> = {
  welcome: {
    type: 'welcome',
    connection: '019b75a0-3333-7000-8000-000000000005',
    protocol: 1,
    serverTime: 1_767_225_600_000,
    you: METTE,
    role: 'worker',
    citizens: [
      {
        person: ANNA,
        assignment: 'primary',
        availability: 'open',
        choice: { state: 'paused', pausedUntil: 1_767_830_400_000 },
        isAddressProtected: true,
        isNotified: true,
        quiet: { from: 1260, to: 540 },
        phone: '+4520304050',
        callback: { askedAt: 1_767_225_500_000, seenAt: null },
        appointments: [CALLED_OFF, APPOINTMENT],
      },
    ],
    workers: [METTE],
    choice: { state: 'accepted', pausedUntil: null },
    isAddressProtected: false,
    quiet: null,
    phone: null,
    home: HOME,
    call: VIEW,
  },
  'presence.changed': {
    type: 'presence.changed',
    citizenId: CITIZEN_ID,
    availability: 'busy',
    isNotified: false,
  },
  'directory.changed': {
    type: 'directory.changed',
    citizens: [
      {
        person: ANNA,
        assignment: 'primary',
        availability: 'open',
        choice: { state: 'active', pausedUntil: null },
        isAddressProtected: false,
        isNotified: false,
        quiet: null,
        phone: null,
        callback: null,
        appointments: [],
      },
    ],
    workers: [METTE],
  },
  'pairing.claimed': {
    type: 'pairing.claimed',
    pairing: PAIRING_ID,
    digits: '47',
    kind: 'ipad',
  },
  'choice.changed': {
    type: 'choice.changed',
    citizenId: CITIZEN_ID,
    choice: { state: 'paused', pausedUntil: 1_767_830_400_000 },
  },
  'phone.changed': { type: 'phone.changed', citizenId: CITIZEN_ID, phone: '+4520304050' },
  'maintenance.changed': {
    type: 'maintenance.changed',
    maintenance: { until: 1_767_225_600_000 },
  },
  'push.keyChanged': { type: 'push.keyChanged' },
  'quiet.changed': {
    type: 'quiet.changed',
    citizenId: CITIZEN_ID,
    quiet: { from: 1260, to: 540 },
  },
  'home.changed': { type: 'home.changed', home: HOME },
  'callback.changed': {
    type: 'callback.changed',
    citizenId: CITIZEN_ID,
    callback: { askedAt: 1_767_225_500_000, seenAt: null },
  },
  'appointments.changed': {
    type: 'appointments.changed',
    citizenId: CITIZEN_ID,
    appointments: [CALLED_OFF, APPOINTMENT],
  },
  'reached.changed': {
    type: 'reached.changed',
    citizenId: CITIZEN_ID,
    reached: { state: 'arrived', at: 1_767_225_600_000 },
  },
  'protection.changed': {
    type: 'protection.changed',
    citizenId: CITIZEN_ID,
    isAddressProtected: true,
  },
  'call.reply': { type: 'call.reply', replyTo: 'r1', call: VIEW },
  'call.backAsked': { type: 'call.backAsked', call: CALL_ID, citizen: ANNA, leftMs: 118_000 },
  'call.changed': { type: 'call.changed', call: ENDED_VIEW },
  ...SIGNALS,
  'turn.reply': {
    type: 'turn.reply',
    replyTo: 'r1',
    iceServers: [
      { urls: ['turn:turn.example.dk:3478'], username: '1767232800:x', credential: 'c2VjcmV0' },
    ],
    policy: 'all',
  },
  pong: { type: 'pong', replyTo: 'r1', serverTime: 1_767_225_600_000 },
  error: { type: 'error', replyTo: null, code: 'FRAME_INVALID', retry: 'never' },
}

/** The paths of every value inside `value`, as names and indexes from the outside in. */
export function listPaths(value: Json, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = [...path, name]
    return [own, ...listPaths(inner, own)]
  })
}

/** Finds the object or array in which `path` ends. */
function findHolder(root: Json, path: readonly string[]): JsonObject {
  let holder = root
  for (const name of path.slice(0, -1)) holder = (holder as JsonObject)[name] ?? null
  // Arrays are reached by index like objects by name.
  return holder as JsonObject
}

/** A copy of `root` in which `path` holds `value`. */
export function withValue(root: Json, path: readonly string[], value: Json): Json {
  const copy = structuredClone(root)
  findHolder(copy, path)[path.at(-1) ?? ''] = value
  return copy
}

/** A copy of `root` without the property at `path`. */
export function withoutProperty(root: Json, path: readonly string[]): Json {
  const copy = structuredClone(root)
  Reflect.deleteProperty(findHolder(copy, path), path.at(-1) ?? '')
  return copy
}

export function getValue(root: Json, path: readonly string[]): Json {
  return findHolder(root, path)[path.at(-1) ?? ''] ?? null
}
