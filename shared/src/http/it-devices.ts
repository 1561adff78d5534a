import * as Type from 'typebox'
import { LEG_PROTOCOLS, MAX_LEG_COUNT, MAX_LEG_JITTER_MS, MAX_LEG_RTT_MS } from '../call/leg.ts'
import { PATHS } from '../call/call.ts'
import { OUTCOMES } from '../call/outcome.ts'
import { ChecklistReplySchema } from '../check/checklist.ts'
import { CHECK_CODE_NAMES } from '../check/code.ts'
import { DeviceConditionSchema } from '../check/device-condition.ts'
import { CheckCodeSchema } from '../check/report.ts'
import { PairedKindSchema } from '../device/kind.ts'
import { UnixMsSchema } from '../time.ts'
import { DaySchema } from '../wall/day-schema.ts'
import { closedObject } from '../wire/envelope.ts'
import { PseudonymSchema } from './administration.ts'
import { DeviceIdSchema } from './devices.ts'

/** So many devices are listed at a time; a municipality has hundreds. */
export const MAX_IT_DEVICES = 2_000

const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  Type.Unsafe<Names[number]>(Type.Enum([...names]))
const upTo = (maximum: number) => Type.Integer({ minimum: 0, maximum })

/**
 * What the way was like in the device's last call, by its last connection. Of the time only the day: when
 * people talk is none of IT's business.
 */
export const ItCallSchema = closedObject({
  day: DaySchema,
  outcome: oneOf(OUTCOMES),
  /** Null where the two were never connected; so is what was measured. */
  path: orNull(oneOf(PATHS)),
  protocol: orNull(oneOf(LEG_PROTOCOLS)),
  rttMs: orNull(upTo(MAX_LEG_RTT_MS)),
  lossPercent: orNull(upTo(100)),
  jitterMs: orNull(upTo(MAX_LEG_JITTER_MS)),
  freezes: orNull(upTo(MAX_LEG_COUNT)),
})
export type ItCall = Type.Static<typeof ItCallSchema>

/** How a device stood, and on which day. */
const DatedStateSchema = closedObject({ day: DaySchema, state: DeviceConditionSchema })
export type DatedState = Type.Static<typeof DatedStateSchema>

/** A citizen's paired device as IT sees it: under the citizen's pseudonym. Null is what is not known. */
export const ItDeviceSchema = closedObject({
  id: DeviceIdSchema,
  code: PseudonymSchema.properties.code,
  kind: PairedKindSchema,
  pairedAt: UnixMsSchema,
  /** When it last signed in. */
  seenAt: orNull(UnixMsSchema),
  isConnected: Type.Boolean(),
  /** As it told last. */
  last: orNull(DatedStateSchema),
  /** Whether its app is the one that the server has now. */
  isBuildCurrent: orNull(Type.Boolean()),
  /** Its last whole test, and what that found. */
  test: orNull(
    closedObject({
      at: UnixMsSchema,
      codes: Type.Array(CheckCodeSchema, { maxItems: CHECK_CODE_NAMES.length }),
    }),
  ),
  /** Null: it is not notified. `provenAt` null: no notice has arrived yet. */
  push: orNull(closedObject({ provenAt: orNull(UnixMsSchema) })),
  lastCall: orNull(ItCallSchema),
})
export type ItDevice = Type.Static<typeof ItDeviceSchema>

/** `GET /api/it/devices`: the connected ones first, then those that were seen last. */
export const ItDevicesReplySchema = closedObject({
  devices: Type.Array(ItDeviceSchema, { maxItems: MAX_IT_DEVICES }),
  /** How many there are, also where not all are listed. */
  total: Type.Integer({ minimum: 0 }),
})
export type ItDevicesReply = Type.Static<typeof ItDevicesReplySchema>

/** `GET /api/it/devices/connected`: which are connected at this moment. */
export const ItConnectedReplySchema = closedObject({
  deviceIds: Type.Array(DeviceIdSchema, { maxItems: 20_000 }),
})
export type ItConnectedReply = Type.Static<typeof ItConnectedReplySchema>

/** `GET /api/it/devices/:deviceId`: one of them, with what it was like when last it worked. */
export const ItDeviceReplySchema = closedObject({
  device: ItDeviceSchema,
  /** As it told when last all of it worked. */
  well: orNull(DatedStateSchema),
  /** The last call that two were connected in. */
  wellCall: orNull(ItCallSchema),
  lines: ChecklistReplySchema.properties.devices.items.properties.lines,
})
export type ItDeviceReply = Type.Static<typeof ItDeviceReplySchema>

export const ItDeviceParamsSchema = closedObject({ deviceId: DeviceIdSchema })

/** `GET /api/own/pseudonym`: under which name IT knows whoever asks. */
export const OwnPseudonymReplySchema = closedObject({ code: PseudonymSchema.properties.code })
export type OwnPseudonymReply = Type.Static<typeof OwnPseudonymReplySchema>
