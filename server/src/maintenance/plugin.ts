import fp from 'fastify-plugin'
import type { DurationMs, Maintenance } from '@naervaer/shared'
import type {} from '../presence/plugin.ts'
import { MaintenanceSwitch, toView } from './switch.ts'

/** How often it is looked for: people read it within two seconds. */
export const MAINTENANCE_WATCH_MS: DurationMs = 1_000

/** What rooms ask. */
export interface MaintenanceDesk {
  /** As people are told; null where nobody works on the system. */
  readonly now: Maintenance
}

declare module 'fastify' {
  interface FastifyInstance {
    maintenance: MaintenanceDesk
  }
}

/**
 * Whether IT works on the system, told to everybody who is connected when it changes.
 *
 * Owns the timer that looks for the file in `DATA_DIR`. Asks the clock, and presence whom to tell.
 */
export const maintenancePlugin = fp<{ dataDir: string }>(
  async (app, { dataDir }) => {
    const { clock, log, presence } = app
    const file = new MaintenanceSwitch(dataDir)
    const look = () => toView(file.read(clock.now()), clock.now())
    let now = look()
    const desk: MaintenanceDesk = {
      get now() {
        return now
      },
    }
    const stop = clock.every(MAINTENANCE_WATCH_MS, () => {
      const seen = look()
      if (JSON.stringify(seen) === JSON.stringify(now)) return
      now = seen
      log.info({ code: 'MAINTENANCE', isOn: now !== null }, 'maintenance announced or ended')
      for (const connection of presence.listAll()) {
        connection.send({ type: 'maintenance.changed', maintenance: now })
      }
    })
    app.addHook('onClose', (_app, done) => {
      stop()
      done()
    })
    app.decorate('maintenance', desk)
    return Promise.resolve()
  },
  { name: 'maintenance', dependencies: ['clock', 'presence'] },
)
