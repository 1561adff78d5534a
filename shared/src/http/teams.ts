import * as Type from 'typebox'
import { AssignmentKindSchema } from '../assignment-kind.ts'
import { AssignmentIdSchema, PersonIdSchema, TeamIdSchema } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { ChoiceViewSchema } from '../wire/choice.ts'
import { closedObject } from '../wire/envelope.ts'
import { DeviceIdSchema } from './devices.ts'
import { NewNameSchema } from './new-name.ts'
import { PhoneSchema } from '../wire/phone.ts'
import { TravelValueSchema } from './travel.ts'
import { PersonSchema } from '../wire/presence.ts'

const EndSchema = Type.Union([UnixMsSchema, Type.Null()])

/** Who is whose, from an instant up to but not including another, or until further notice. */
export const AssignmentSchema = closedObject({
  id: AssignmentIdSchema,
  workerId: PersonIdSchema,
  citizenId: PersonIdSchema,
  kind: AssignmentKindSchema,
  fromAt: UnixMsSchema,
  toAt: EndSchema,
})
export type Assignment = Type.Static<typeof AssignmentSchema>

/** A citizen of the team: where they stand with video, whether their address is protected, how far it is. */
export const TeamCitizenSchema = closedObject({
  ...PersonSchema.properties,
  choice: ChoiceViewSchema,
  isAddressProtected: Type.Boolean(),
  phone: PhoneSchema,
  travel: TravelValueSchema,
})
export type TeamCitizen = Type.Static<typeof TeamCitizenSchema>

/** One of the leader's teams, with the assignments of its citizens that last or are to come. */
export const TeamSchema = closedObject({
  id: TeamIdSchema,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  workers: Type.Array(PersonSchema, { maxItems: 500 }),
  citizens: Type.Array(TeamCitizenSchema, { maxItems: 2_000 }),
  assignments: Type.Array(AssignmentSchema, { maxItems: 5_000 }),
})
export type Team = Type.Static<typeof TeamSchema>

/** `GET /api/teams`. There is nothing about calls in it, for anybody (criterion W-27). */
export const TeamsReplySchema = closedObject({ teams: Type.Array(TeamSchema, { maxItems: 100 }) })
export type TeamsReply = Type.Static<typeof TeamsReplySchema>

/** `POST /api/assignments`. `fromAt` null means now; a substitute's has an end. */
export const NewAssignmentSchema = closedObject({
  workerId: PersonIdSchema,
  citizenId: PersonIdSchema,
  kind: AssignmentKindSchema,
  fromAt: EndSchema,
  toAt: EndSchema,
})
export type NewAssignment = Type.Static<typeof NewAssignmentSchema>

/** `POST /api/teams/:teamId/citizens`: the name that the worker sees, and nothing else about them. */
export const NewCitizenSchema = closedObject({ name: NewNameSchema })

/** The id of what was made. */
export const CreatedSchema = closedObject({ id: Type.String({ maxLength: 36 }) })
export type Created = Type.Static<typeof CreatedSchema>

export const TeamParamsSchema = closedObject({ teamId: TeamIdSchema })
export const TeamCitizenParamsSchema = closedObject({
  teamId: TeamIdSchema,
  citizenId: PersonIdSchema,
})
export const TeamDeviceParamsSchema = closedObject({
  teamId: TeamIdSchema,
  citizenId: PersonIdSchema,
  deviceId: DeviceIdSchema,
})
export const AssignmentParamsSchema = closedObject({ assignmentId: AssignmentIdSchema })
