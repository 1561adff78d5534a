import {
  CalendarFeedReplySchema,
  NewCalendarFeedReplySchema,
  type CalendarFeedReply,
} from '@naervaer/shared/appointments'
import { read, send } from './http-request.ts'
import { makeCheck } from './socket/check.ts'

const isFeed = makeCheck(CalendarFeedReplySchema)
const isNewFeed = makeCheck(NewCalendarFeedReplySchema)

const PATH = '/api/own/calendar-feed'

/** The private address of a worker's calendar; every method rejects as `send` does. */
export interface CalendarFeedClient {
  fetch(): Promise<CalendarFeedReply>
  /** @returns the address, which is told this once */
  make(): Promise<string>
  revoke(): Promise<void>
}

/** The real thing, talking to the server this page came from. */
export const calendarFeedClient: CalendarFeedClient = {
  async fetch() {
    return read(await send('GET', PATH), isFeed)
  },
  async make() {
    return (await read(await send('POST', PATH), isNewFeed)).url
  },
  async revoke() {
    await send('DELETE', PATH)
  },
}
