import fp from 'fastify-plugin'
import type { DurationMs, UnixMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Cancel } from '../plugins/clock.ts'
import type { RetentionClass } from './classes.ts'
import { Retention, startOfDay, type Removed } from './retention.ts'

/** How late after midnight (UTC) a day may be begun. */
const LOOK_MS: DurationMs = 10 * 60_000

type RemovedListener = (name: RetentionClass, count: number) => void

declare module 'fastify' {
  interface FastifyInstance {
    /** Told of what has been removed for its age, where there was any. */
    onRemoved(listener: RemovedListener): void
  }
}

/**
 * Removes what is older than it is kept for, at the start, which catches up on missed days, and at the beginning of
 * each day (UTC). Not while the time is in doubt: whoever has looked at the clock says so by the command line.
 *
 * Owns call_months, and removes old rows of several rooms. What rooms also hold in memory (notices, appointments,
 * absences and the like) they remove themselves. Asks the audit log to cut off its old end.
 */
export const retentionPlugin = fp<{ config: Pick<Config, 'retention'> }>(
  (app, { config }, done) => {
    const { audit, clock, database, log, parts } = app
    const retention = new Retention({ audit, clock, config: config.retention, database })
    const listeners: RemovedListener[] = []
    let cancel: Cancel = () => undefined
    let running: Promise<void> | null = null
    let day: UnixMs | null = null

    const tell = (removed: Removed) => {
      log.info({ code: 'RETENTION_RUN', removed }, 'old records removed')
      for (const [name, count] of Object.entries(removed)) {
        // The keys of a record of all classes, which entries() forgets.
        for (const listener of listeners) listener(name as RetentionClass, count)
      }
    }
    const run = () => {
      if (app.knownTime.isDoubted) {
        log.error({ code: 'RETENTION_CLOCK' }, 'the clock is a month ahead: nothing is removed')
        parts.say('retention', false)
        return Promise.resolve()
      }
      running ??= retention
        .run({ kind: 'system' })
        .then((removed) => {
          parts.say('retention', true)
          tell(removed)
        })
        .catch((error: unknown) => {
          log.error({ err: error, code: 'RETENTION_FAILED' }, 'removing old records failed')
          parts.say('retention', false)
          // A lock passes: it is tried again at the next look, not a day later.
          day = null
        })
        .finally(() => (running = null))
      return running
    }
    // Looked at, not armed: after a clock that was set ahead and back an instant may be years away.
    const runOnceADay = () => {
      const today = startOfDay(clock.now())
      if (today === day) return
      day = today
      // Nobody waits for it: after a long stop there may be much.
      void run()
    }
    app.decorate('onRemoved', (listener: RemovedListener) => {
      listeners.push(listener)
    })
    app.addHook('onListen', () => {
      runOnceADay()
      cancel = clock.every(LOOK_MS, runOnceADay)
    })
    app.addHook('onClose', async () => {
      cancel()
      retention.stop()
      await running
    })
    done()
  },
  { name: 'retention', dependencies: ['audit', 'clock', 'database', 'knownTime', 'parts'] },
)
