import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import { Certificate } from './certificate.ts'
import { Parts } from './parts.ts'
import { watchClock } from './watch-clock.ts'
import { watchDisk } from './disk.ts'

/** How often everything is looked at, so that the log says what is broken even where nobody asks. */
const LOOK_INTERVAL_MS: DurationMs = 60_000

/** What does not work is looked at more often: whoever mends it waits to see that it does. */
const BROKEN_INTERVAL_MS: DurationMs = 10_000

declare module 'fastify' {
  interface FastifyInstance {
    parts: Parts
    certificate: Certificate
  }
}

/**
 * Which parts of the stack work.
 *
 * Owns the timer that looks. Rooms register what is theirs to be looked at, or say what they notice.
 */
export const partsPlugin = fp<{ config: Config; isKept: boolean }>(
  async (app, { config, isKept }) => {
    const parts = new Parts(app.log)
    parts.watch('clock', watchClock(app.clock))
    if (isKept) parts.watch('disk', watchDisk(config.dataDir))
    const certificate = new Certificate(config, app.clock)
    parts.watch('certificate', () => certificate.isGood)
    app.decorate('certificate', certificate)
    app.decorate('parts', parts)
    const stopLooking = app.clock.every(LOOK_INTERVAL_MS, () => void parts.look())
    const stopWaiting = app.clock.every(BROKEN_INTERVAL_MS, () => {
      if (parts.state.degraded.length > 0) void parts.look()
    })
    app.addHook('onClose', (_app, done) => {
      stopLooking()
      stopWaiting()
      done()
    })
    return Promise.resolve()
  },
  { name: 'parts', dependencies: ['clock'] },
)
