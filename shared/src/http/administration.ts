import * as Type from 'typebox'
import { PersonIdSchema, TeamIdSchema } from '../ids.ts'
import type { StaffRole } from '../roles.ts'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'
import { PersonSchema } from '../wire/presence.ts'
import { DeviceIdSchema } from './devices.ts'
import { NewNameSchema } from './new-name.ts'
import { OwnSessionSchema, SessionIdSchema } from './sessions.ts'

export const StaffRoleSchema = Type.Unsafe<StaffRole>(
  Type.Enum(['worker', 'leader', 'authority', 'it', 'auditor']),
)
const StaffRolesSchema = Type.Array(StaffRoleSchema, { maxItems: 5, uniqueItems: true })
const NameSchema = Type.String({ minLength: 1, maxLength: 100 })

/** A member of staff as IT sees them. */
export const StaffMemberSchema = closedObject({
  person: PersonSchema,
  roles: StaffRolesSchema,
  isDisabled: Type.Boolean(),
  /** Whether it is the one who asks; nobody closes their own account. */
  isYou: Type.Boolean(),
})
export type StaffMember = Type.Static<typeof StaffMemberSchema>

/** A citizen as IT sees them: "Borger 4F2A", the same for ever, from which no name can be found. */
export const PseudonymSchema = closedObject({
  id: PersonIdSchema,
  code: Type.String({ pattern: '^[0-9A-F]{4,16}$' }),
})
export type Pseudonym = Type.Static<typeof PseudonymSchema>

export const StaffTeamSchema = closedObject({
  id: TeamIdSchema,
  name: NameSchema,
  /** Staff only. */
  memberIds: Type.Array(PersonIdSchema, { maxItems: 500 }),
})
export type StaffTeam = Type.Static<typeof StaffTeamSchema>

/** `GET /api/it/people`. */
export const ItPeopleReplySchema = closedObject({
  staff: Type.Array(StaffMemberSchema, { maxItems: 2_000 }),
  citizens: Type.Array(PseudonymSchema, { maxItems: 20_000 }),
  teams: Type.Array(StaffTeamSchema, { maxItems: 500 }),
})
export type ItPeopleReply = Type.Static<typeof ItPeopleReplySchema>

/** `POST /api/it/staff`. */
export const NewStaffSchema = closedObject({ name: NewNameSchema, roles: StaffRolesSchema })
/** `PUT /api/it/staff/:personId/roles`. */
export const RolesChangeSchema = closedObject({ roles: StaffRolesSchema })
/** `PUT /api/it/staff/:personId/disabled`. */
export const DisabledChangeSchema = closedObject({ isDisabled: Type.Boolean() })
/** `POST /api/it/teams`. */
export const NewTeamSchema = closedObject({ name: NewNameSchema })

/** `POST /api/it/staff/:personId/invitations`: a link for one use. */
export const InvitationLinkReplySchema = closedObject({
  url: Type.String({ maxLength: 300 }),
  expiresAt: UnixMsSchema,
})
export type InvitationLinkReply = Type.Static<typeof InvitationLinkReplySchema>

/** `GET /api/it/people/:personId/sessions`. */
export const ItSessionsReplySchema = closedObject({
  sessions: Type.Array(OwnSessionSchema, { maxItems: 100 }),
})
export type ItSessionsReply = Type.Static<typeof ItSessionsReplySchema>

export const PersonParamsSchema = closedObject({ personId: PersonIdSchema })
export const MemberParamsSchema = closedObject({ teamId: TeamIdSchema, personId: PersonIdSchema })
export const PersonDeviceParamsSchema = closedObject({
  personId: PersonIdSchema,
  deviceId: DeviceIdSchema,
})
export const PersonSessionParamsSchema = closedObject({
  personId: PersonIdSchema,
  sessionId: SessionIdSchema,
})
