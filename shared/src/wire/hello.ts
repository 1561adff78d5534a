import * as Type from 'typebox'
import { ConnectionIdSchema } from '../ids.ts'
import { SocketRoleSchema } from '../roles.ts'
import { UnixMsSchema } from '../time.ts'
import { CallViewSchema } from './call.ts'
import { ChoiceViewSchema } from './choice.ts'
import { closedObject } from './envelope.ts'
import { HomeSchema } from './home.ts'
import { MaintenanceSchema } from './maintenance.ts'
import { PhoneSchema } from './phone.ts'
import { CitizenPresenceSchema, PersonSchema } from './presence.ts'
import { QuietSchema } from './quiet.ts'

/**
 * The first frame of every connection, and the whole truth: whatever the client believed
 * before is replaced by it. There is no log of missed events to replay.
 */
export const WelcomeSchema = closedObject({
  type: Type.Literal('welcome'),
  protocol: Type.Integer({ minimum: 1 }),
  serverTime: UnixMsSchema,
  /** Known to this connection alone: proves to the next one that it is the same window's. */
  connection: ConnectionIdSchema,
  you: PersonSchema,
  role: SocketRoleSchema,
  /** The worker's own citizens; empty for a citizen. */
  citizens: Type.Array(CitizenPresenceSchema, { maxItems: 500 }),
  /** The citizen's own workers; empty for a worker. */
  workers: Type.Array(PersonSchema, { maxItems: 50 }),
  /** The citizen's own choice about video; null for a worker. */
  choice: Type.Union([ChoiceViewSchema, Type.Null()]),
  /** Whether the citizen's own address is protected; false for a worker. */
  isAddressProtected: Type.Boolean(),
  /** When the citizen does not want to be rung; null for a worker. */
  quiet: QuietSchema,
  /** The citizen's own, as staff have written it down; null for a worker. */
  phone: PhoneSchema,
  /** What the citizen's first page says; null for a worker. */
  home: Type.Union([HomeSchema, Type.Null()]),
  call: Type.Union([CallViewSchema, Type.Null()]),
  /** Missing where a server cannot announce it yet. */
  maintenance: Type.Optional(MaintenanceSchema),
})
export type Welcome = Type.Static<typeof WelcomeSchema>
