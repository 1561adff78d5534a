import * as Type from 'typebox'
import { PairedKindSchema } from '../device/kind.ts'
import { DeviceIdSchema } from '../http/devices.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'

/** What a home visit sees to, beside the pairing itself, in the order in which it is done (feature N7). */
export const CHECKLIST_LINES = ['installed', 'camera', 'microphone', 'sound', 'relay'] as const
export type ChecklistLine = (typeof CHECKLIST_LINES)[number]

/** `POST /api/check/results`: what a paired device has found of itself. */
export const CheckResultSchema = closedObject({
  line: Type.Unsafe<ChecklistLine>(Type.Enum([...CHECKLIST_LINES])),
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
      }),
    }),
    { maxItems: 100 },
  ),
})
export type ChecklistReply = Type.Static<typeof ChecklistReplySchema>
