import type { DurationMs } from '@naervaer/shared'
import fp from 'fastify-plugin'
import { AppointmentReading } from '../appointments/reading.ts'
import type { Config } from '../config.ts'
import { sweepRegularly } from '../plugins/sweep.ts'
import { CalendarFeeds } from './service.ts'

/** How soon nothing is left of the address of a closed account. */
const SWEEP_INTERVAL_MS: DurationMs = 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    calendarFeeds: CalendarFeeds
  }
}

/**
 * A worker's own appointments for their own calendar program, to read at a private address.
 *
 * Owns calendar_feeds. Asks accounts whose the citizens are, appointments what has been agreed, and audit to keep who
 * makes and closes an address.
 */
export const calendarFeedPlugin = fp<{ config: Config }>(
  async (app, { config }) => {
    const { clock, database, accounts, audit } = app
    const feeds = new CalendarFeeds({
      ...{ clock, database, accounts, audit },
      reading: new AppointmentReading({ clock, database, accounts }),
      hasNames: config.hasNamesInCalendars,
      host: new URL(config.publicUrl).hostname,
    })
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'removing calendar addresses of closed accounts',
      run: () => feeds.removeClosed(),
    })
    app.decorate('calendarFeeds', feeds)
    return Promise.resolve()
  },
  {
    name: 'calendar-feed',
    dependencies: ['accounts', 'appointments', 'audit', 'clock', 'database'],
  },
)
