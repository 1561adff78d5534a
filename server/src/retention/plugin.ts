import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import type { Config } from '../config.ts'
import type { Cancel } from '../plugins/clock.ts'
import type { RetentionClass } from './classes.ts'
import { Retention, startOfDay, type Removed } from './retention.ts'

const DAY_MS: DurationMs = 24 * 3_600_000

type RemovedListener = (name: RetentionClass, count: number) => void

declare module 'fastify' {
  interface FastifyInstance {
    /** Told of what has been removed for its age, where there was any. */
    onRemoved(listener: RemovedListener): void
  }
}

/**
 * Removes what is older than it is kept for, at the start, which catches up on missed days, and at the beginning of
 * each day (UTC).
 *
 * Owns call_months, and removes old rows of several rooms. What rooms also hold in memory (notices, appointments,
 * absences and the like) they remove themselves. Asks the audit log to cut off its old end.
 */
export const retentionPlugin = fp<{ config: Pick<Config, 'retention'> }>(
  (app, { config }, done) => {
    const { audit, clock, database, log } = app
    const retention = new Retention({ audit, clock, config: config.retention, database })
    const listeners: RemovedListener[] = []
    let cancel: Cancel = () => undefined
    let running: Promise<void> | null = null

    const tell = (removed: Removed) => {
      log.info({ code: 'RETENTION_RUN', removed }, 'old records removed')
      for (const [name, count] of Object.entries(removed)) {
        // The keys of a record of all classes, which entries() forgets.
        for (const listener of listeners) listener(name as RetentionClass, count)
      }
    }
    const run = () => {
      running ??= retention
        .run({ kind: 'system' })
        .then(tell)
        .catch((error: unknown) => {
          log.error({ err: error, code: 'RETENTION_FAILED' }, 'removing old records failed')
        })
        .finally(() => (running = null))
      return running
    }
    const arm = () => {
      cancel = clock.at(startOfDay(clock.now()) + DAY_MS, () => {
        arm()
        void run()
      })
    }
    app.decorate('onRemoved', (listener: RemovedListener) => {
      listeners.push(listener)
    })
    app.addHook('onListen', () => {
      arm()
      // Nobody waits for it: after a long stop there may be much.
      void run()
    })
    app.addHook('onClose', async () => {
      cancel()
      retention.stop()
      await running
    })
    done()
  },
  { name: 'retention', dependencies: ['audit', 'clock', 'database'] },
)
