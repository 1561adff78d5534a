import * as Type from 'typebox'
import { AssignmentKindSchema } from '../assignment-kind.ts'
import { PersonIdSchema } from '../ids.ts'
import { AvailabilitySchema } from '../presence/availability.ts'
import { UnixMsSchema } from '../time.ts'
import { UpcomingSchema } from './appointment.ts'
import { ChoiceViewSchema } from './choice.ts'
import { closedObject } from './envelope.ts'
import { CallbackSchema } from './home.ts'
import { PersonSchema } from './person.ts'
import { PhoneSchema } from './phone.ts'
import { QuietSchema } from './quiet.ts'
import { ReachedSchema } from './reminder.ts'

export { PersonSchema, type Person } from './person.ts'

/** That a worker stands in for the citizen's own. */
const StandsInSchema = closedObject({
  /** null where the citizen has no worker of their own meanwhile. */
  insteadOf: Type.Union([PersonSchema, Type.Null()]),
  /** The first moment at which it is over; null where no end is known. */
  until: Type.Union([UnixMsSchema, Type.Null()]),
})
export type StandsIn = Type.Static<typeof StandsInSchema>

/** One of the worker's citizens. */
export const CitizenPresenceSchema = closedObject({
  person: PersonSchema,
  /** A substitute reads the choice and disconnects devices; offers and pairing are the primary's. */
  assignment: AssignmentKindSchema,
  /** Of a substitute: for whom, and until when. Missing for the own worker, and from servers that do not say. */
  standsIn: Type.Optional(StandsInSchema),
  availability: AvailabilitySchema,
  choice: ChoiceViewSchema,
  /** Whether the citizen's calls are relayed, so that nobody learns an address of theirs. */
  isAddressProtected: Type.Boolean(),
  /** Whether one of the citizen's devices is notified when the app is closed. */
  isNotified: Type.Boolean(),
  quiet: QuietSchema,
  phone: PhoneSchema,
  callback: CallbackSchema,
  appointments: UpcomingSchema,
  /** Whether the last reminder has come; missing from servers that send none. */
  reached: Type.Optional(ReachedSchema),
})
export type CitizenPresence = Type.Static<typeof CitizenPresenceSchema>

/** Sent to the workers who are assigned to the citizen at this moment. */
export const PresenceChangedSchema = closedObject({
  type: Type.Literal('presence.changed'),
  citizenId: PersonIdSchema,
  availability: AvailabilitySchema,
  isNotified: Type.Boolean(),
})
