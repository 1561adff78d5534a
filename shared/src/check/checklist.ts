import * as Type from 'typebox'
import { PairedKindSchema } from '../device/kind.ts'
import { DeviceIdSchema } from '../http/devices.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'

/** What a home visit sees to, beside the pairing itself, in the order in which it is done (feature N7). */
export const CHECKLIST_LINES = [
  'installed',
  'camera',
  'microphone',
  'sound',
  'relay',
  'woken',
] as const
export type ChecklistLine = (typeof CHECKLIST_LINES)[number]

/** Those that a device tells of itself. That a notice has woken the closed app is seen by the server alone. */
export const TOLD_LINES = ['installed', 'camera', 'microphone', 'sound', 'relay'] as const
export type ToldLine = (typeof TOLD_LINES)[number]

/** `POST /api/check/results`: what a paired device has found of itself. */
export const CheckResultSchema = closedObject({
  line: Type.Unsafe<ToldLine>(Type.Enum([...TOLD_LINES])),
  isOk: Type.Boolean(),
})
export type CheckResult = Type.Static<typeof CheckResultSchema>

/** One line of the list: as it was found last; both null before that. */
const LineSchema = closedObject({
  isOk: Type.Union([Type.Boolean(), Type.Null()]),
  at: Type.Union([UnixMsSchema, Type.Null()]),
})
export type ChecklistEntry = Type.Static<typeof LineSchema>

/** `GET /api/citizens/:citizenId/checklist`: each paired device with its lines. */
export const ChecklistReplySchema = closedObject({
  devices: Type.Array(
    closedObject({
      id: DeviceIdSchema,
      kind: PairedKindSchema,
      pairedAt: UnixMsSchema,
      lines: closedObject({
        installed: LineSchema,
        camera: LineSchema,
        microphone: LineSchema,
        sound: LineSchema,
        relay: LineSchema,
        woken: LineSchema,
      }),
    }),
    { maxItems: 100 },
  ),
})
export type ChecklistReply = Type.Static<typeof ChecklistReplySchema>

/**
 * `POST /api/citizens/:citizenId/devices/:deviceId/notice`: what became of a notice to the closed app.
 *
 * - `open`: the app is open on the device, so nothing would be shown by a notice
 * - `off`: the device is not notified
 * - `failed`: the push service has not taken it
 * - `sent`: on its way
 */
export const WAKE_STATES = ['open', 'off', 'failed', 'sent'] as const
export type WakeState = (typeof WAKE_STATES)[number]

export const WakeReplySchema = closedObject({
  state: Type.Unsafe<WakeState>(Type.Enum([...WAKE_STATES])),
})
