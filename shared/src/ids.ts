import * as Type from 'typebox'

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** A citizen or a member of staff. */
export type PersonId = Branded<'PersonId'>
/** One installation of the client; a person may have several. */
export type DeviceId = Branded<'DeviceId'>
/** A leader's people: staff and citizens. */
export type TeamId = Branded<'TeamId'>
/** That a citizen is a worker's, from and perhaps to an instant. */
export type AssignmentId = Branded<'AssignmentId'>
/** Some days on which a worker is not at work. */
export type AbsenceId = Branded<'AbsenceId'>
/** What has been agreed: once, or again and again. One time of several is named by its day as well. */
export type AppointmentId = Branded<'AppointmentId'>
/** One reminder of one time of an appointment. */
export type ReminderId = Branded<'ReminderId'>
export type NewsId = Branded<'NewsId'>
/** One attempt to talk, from the ring to its end. */
export type CallId = Branded<'CallId'>
/** One WebSocket: a new socket is a new connection. Told to the window that has it, and to nobody else. */
export type ConnectionId = Branded<'ConnectionId'>

/** Ids are UUIDv7 (RFC 9562 § 5.7): sortable by time of creation and hard to guess. */
export const UUID_PATTERN = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'

const uuid = { pattern: UUID_PATTERN, maxLength: 36 }

export const PersonIdSchema = Type.Unsafe<PersonId>(Type.String(uuid))
export const ConnectionIdSchema = Type.Unsafe<ConnectionId>(Type.String(uuid))
export const TeamIdSchema = Type.Unsafe<TeamId>(Type.String(uuid))
export const AssignmentIdSchema = Type.Unsafe<AssignmentId>(Type.String(uuid))
export const AbsenceIdSchema = Type.Unsafe<AbsenceId>(Type.String(uuid))
export const AppointmentIdSchema = Type.Unsafe<AppointmentId>(Type.String(uuid))
export const CallIdSchema = Type.Unsafe<CallId>(Type.String(uuid))
