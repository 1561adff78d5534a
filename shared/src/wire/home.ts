import * as Type from 'typebox'
import { AppointmentIdSchema, PersonIdSchema } from '../ids.ts'
import { UnixMsSchema } from '../time.ts'
import { DaySchema } from '../wall/day-schema.ts'
import { UpcomingSchema } from './appointment.ts'
import { closedObject } from './envelope.ts'
import { PersonSchema } from './person.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

/** A citizen's wish to be rung ("Bed {navn} om at ringe"). It is the citizen's: whoever is theirs sees it. */
export const CallbackSchema = orNull(
  closedObject({
    askedAt: UnixMsSchema,
    /** When a worker has said that it is seen; null until then. */
    seenAt: orNull(UnixMsSchema),
    /** The own worker whom the citizen would rather wait for; missing where anybody will do. */
    waitsFor: Type.Optional(PersonSchema),
  }),
)
export type Callback = Type.Static<typeof CallbackSchema>

/** What a citizen's first page says besides who will ring. */
export const HomeSchema = closedObject({
  /** Until when the citizen is ready ("Jeg er klar"); null when they are not. */
  readyUntil: orNull(UnixMsSchema),
  callback: CallbackSchema,
  /** The last ring, when it was not answered; null when there is none to speak of. */
  missed: orNull(closedObject({ worker: PersonSchema, at: UnixMsSchema })),
  /** The citizen's own, while anybody may hold them. */
  appointments: UpcomingSchema,
  /** Those of the citizen's workers who talk with somebody else now. */
  busyWorkers: Type.Array(PersonIdSchema, { maxItems: 50 }),
  /** Those of the citizen's workers who are not at work today, and up to which day; missing where all are. */
  away: Type.Optional(
    Type.Array(closedObject({ worker: PersonSchema, lastDay: DaySchema }), { maxItems: 50 }),
  ),
  /** Which of the appointments is so near that the citizen is asked whether they are ready. */
  soon: Type.Optional(orNull(closedObject({ id: AppointmentIdSchema, day: DaySchema }))),
  /** Whether they would like a reminder the day before as well. */
  remindsDayBefore: Type.Optional(Type.Boolean()),
})
export type Home = Type.Static<typeof HomeSchema>

/** The whole of it, to every connection of the citizen. */
export const HomeChangedSchema = closedObject({
  type: Type.Literal('home.changed'),
  home: HomeSchema,
})

/** Sent to the workers who are assigned at this moment. */
export const CallbackChangedSchema = closedObject({
  type: Type.Literal('callback.changed'),
  citizenId: PersonIdSchema,
  callback: CallbackSchema,
})
