import * as Type from 'typebox'
import { END_REASONS, OUTCOMES } from '../call/outcome.ts'
import { PairedKindSchema } from '../device/kind.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { CHECK_CODE_NAMES, type CheckCode } from './code.ts'
import { SUPPORT_CODE_PATTERN } from './support-code.ts'

/** How trying something went. */
export const PROBE_STATES = ['notTried', 'ok', 'failed', 'refused', 'strange', 'absent'] as const
export type ProbeState = (typeof PROBE_STATES)[number]

/** How a camera or a microphone was found. `unconfirmed`: it is open, and the person sees or hears nothing. */
export const DEVICE_RESULTS = [
  'notTried',
  'ok',
  'unconfirmed',
  'refused',
  'inUse',
  'missing',
] as const
export type DeviceResult = (typeof DEVICE_RESULTS)[number]

export const BROWSERS = [
  'chrome',
  'edge',
  'firefox',
  'safari',
  'samsung',
  'opera',
  'other',
] as const
export type BrowserName = (typeof BROWSERS)[number]

export const SYSTEMS = ['ios', 'android', 'windows', 'mac', 'linux', 'chromeos', 'other'] as const
export type SystemName = (typeof SYSTEMS)[number]

/** What a browser must have for a call. */
export const NEEDED_FEATURES = [
  'mediaDevices',
  'peerConnection',
  'dataChannel',
  'webSocket',
  'audioContext',
  'cryptoKeys',
] as const
export type NeededFeature = (typeof NEEDED_FEATURES)[number]

export const PERMISSIONS = ['granted', 'denied', 'prompt', 'unknown'] as const
export type PermissionName = (typeof PERMISSIONS)[number]

export const MEDIA_ERRORS = [
  'NotAllowedError',
  'NotFoundError',
  'NotReadableError',
  'AbortError',
  'OverconstrainedError',
  'SecurityError',
  'other',
] as const
export type MediaErrorName = (typeof MEDIA_ERRORS)[number]

export const LINE_TYPES = ['slow-2g', '2g', '3g', '4g', 'unknown'] as const
export const PUSH_SERVICES = ['google', 'apple', 'mozilla', 'microsoft', 'other'] as const
/** The part of the app that works while it is closed. `waiting`: a newer one is there, and waits. */
export const WORKER_STATES = ['none', 'active', 'waiting', 'unknown'] as const
export const CANDIDATE_TYPES = ['host', 'srflx', 'prflx', 'relay'] as const

// Names from lists, numbers, yes and no: nothing in a report can hold a name, an address or a label.
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  Type.Unsafe<Names[number]>(Type.Enum([...names]))
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const DurationSchema = orNull(Type.Integer({ minimum: 0, maximum: 60_000 }))
const VersionSchema = orNull(Type.String({ pattern: '^\\d{1,4}(\\.\\d{1,3})?$', maxLength: 8 }))
const CountSchema = orNull(Type.Integer({ minimum: 0, maximum: 99 }))
const BuildSchema = orNull(Type.String({ pattern: '^[A-Za-z0-9_-]{6,12}$', maxLength: 12 }))
const ProbeSchema = closedObject({ state: oneOf(PROBE_STATES), ms: DurationSchema })
const DeviceProbeSchema = closedObject({
  result: oneOf(DEVICE_RESULTS),
  error: orNull(oneOf(MEDIA_ERRORS)),
})

/** How a call ended, and nothing else of it. */
const CallResultSchema = closedObject({
  outcome: oneOf(OUTCOMES),
  endReason: oneOf(END_REASONS),
})

/** Something that was tried: how it went, and in how many milliseconds. */
export type Probe = Type.Static<typeof ProbeSchema>

/**
 * The technical report (criterion W-30): an allow-list. A test holds every field to a list of names, a
 * number, or yes and no.
 */
export const TechReportSchema = closedObject({
  /** The client's build, by the name of its first script; null where it cannot be told. */
  build: BuildSchema,
  serviceWorker: closedObject({
    state: oneOf(WORKER_STATES),
    /** The build that it has kept; null where none is. */
    build: BuildSchema,
  }),
  device: closedObject({
    kind: PairedKindSchema,
    system: oneOf(SYSTEMS),
    systemVersion: VersionSchema,
    browser: oneOf(BROWSERS),
    browserVersion: VersionSchema,
    isInstalled: Type.Boolean(),
    canKeepAwake: Type.Boolean(),
    missing: Type.Array(oneOf(NEEDED_FEATURES), { maxItems: NEEDED_FEATURES.length }),
  }),
  permissions: closedObject({
    camera: oneOf(PERMISSIONS),
    microphone: oneOf(PERMISSIONS),
    notifications: oneOf(PERMISSIONS),
  }),
  inputs: closedObject({ cameras: CountSchema, microphones: CountSchema }),
  camera: DeviceProbeSchema,
  microphone: DeviceProbeSchema,
  sound: oneOf(['notTried', 'heard', 'notHeard']),
  line: closedObject({
    isOnline: Type.Boolean(),
    type: oneOf(LINE_TYPES),
    http: ProbeSchema,
    socket: ProbeSchema,
    socketCloseCode: orNull(Type.Integer({ minimum: 1000, maximum: 4999 })),
    /** How far the device's clock is ahead of the server's, in whole seconds. */
    clockSkewS: orNull(Type.Integer({ minimum: -9_999_999_999, maximum: 9_999_999_999 })),
    /** Whether something on the way has said that it passes messages on (RFC 9110 § 7.6.3). */
    isProxySeen: orNull(Type.Boolean()),
    /** In how many days the server's certificate ends; null where a proxy has it. */
    certificateDays: orNull(Type.Integer({ minimum: -9_999, maximum: 9_999 })),
  }),
  relay: closedObject({
    udp: ProbeSchema,
    tcp: ProbeSchema,
    tls: ProbeSchema,
    /** A message that went out to TURN and came back through it. */
    loop: ProbeSchema,
    candidateTypes: Type.Array(oneOf(CANDIDATE_TYPES), { maxItems: CANDIDATE_TYPES.length }),
  }),
  storage: closedObject({
    isPersisted: orNull(Type.Boolean()),
    freeMb: orNull(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  }),
  push: closedObject({
    isSubscribed: orNull(Type.Boolean()),
    service: orNull(oneOf(PUSH_SERVICES)),
    /** A notice that was sent to this device, until the server had its receipt. */
    trial: ProbeSchema,
  }),
  /** The last of the day, of whoever is signed in. */
  lastCall: orNull(CallResultSchema),
})
export type TechReport = Type.Static<typeof TechReportSchema>

export const SupportCodeSchema = Type.String({ pattern: SUPPORT_CODE_PATTERN, maxLength: 4 })
export const CheckCodeSchema = Type.Unsafe<CheckCode>(Type.Enum([...CHECK_CODE_NAMES]))

/** Answer of `GET /api/own/last-call`: how the last call of the day ended; null where there was none. */
export const LastCallReplySchema = closedObject({ last: orNull(CallResultSchema) })
export type LastCallReply = Type.Static<typeof LastCallReplySchema>

/** Answer of `POST /api/check/reports`: what is read aloud to whoever helps. */
export const NewReportReplySchema = closedObject({
  code: SupportCodeSchema,
  expiresAt: UnixMsSchema,
})
export type NewReportReply = Type.Static<typeof NewReportReplySchema>

/** Answer of `GET /api/it/reports/:supportCode`. */
export const StoredReportSchema = closedObject({
  code: SupportCodeSchema,
  createdAt: UnixMsSchema,
  expiresAt: UnixMsSchema,
  /** What is wrong, the likeliest cause first. */
  findings: Type.Array(CheckCodeSchema, { maxItems: CHECK_CODE_NAMES.length }),
  /** Whether the page was the one that the server has now; null where it cannot be told. */
  isBuildCurrent: Type.Union([Type.Boolean(), Type.Null()]),
  report: TechReportSchema,
})
export type StoredReport = Type.Static<typeof StoredReportSchema>

export const SupportCodeParamsSchema = closedObject({ supportCode: SupportCodeSchema })

/**
 * Which build of the client a page is: the mark in the name of our own first script, which changes with
 * every change of it. That of the libraries does not.
 *
 * @param text - the page itself, or the addresses of its scripts
 */
export function findBuild(text: string): string | null {
  return /\/assets\/first-([A-Za-z0-9_-]{6,12})\.js/.exec(text)?.[1] ?? null
}
