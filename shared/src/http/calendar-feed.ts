import * as Type from 'typebox'
import { UnixMsSchema } from '../time.ts'
import { closedObject } from '../wire/envelope.ts'

/** `GET /api/own/calendar-feed`: since when there is an address. It is not told again. */
export const CalendarFeedReplySchema = closedObject({
  since: Type.Union([UnixMsSchema, Type.Null()]),
  /** Whether citizens' first names stand in it. */
  hasNames: Type.Boolean(),
})
export type CalendarFeedReply = Type.Static<typeof CalendarFeedReplySchema>

/** `POST /api/own/calendar-feed`: the new address, told this once. */
export const NewCalendarFeedReplySchema = closedObject({
  url: Type.String({ pattern: '^https?://', maxLength: 300 }),
})
export type NewCalendarFeedReply = Type.Static<typeof NewCalendarFeedReplySchema>
