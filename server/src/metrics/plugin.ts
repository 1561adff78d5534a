import fp from 'fastify-plugin'
import { NaervaerError, type DurationMs } from '@naervaer/shared'
import { collectDefaultMetrics } from 'prom-client'
import { loadLastBackup } from '../backup/make-backup.ts'
import { APP_VERSION } from '../app-version.ts'
import type { Config } from '../config.ts'
import { readDatabaseBytes, readFreeShare } from '../health/disk.ts'
import { PARTS } from '../health/parts.ts'
import { watchDatabase } from '../health/watch-database.ts'
import { requireOperator } from '../plugins/operator.ts'
import { sweepRegularly } from '../plugins/sweep.ts'
import { makeMeters } from './meters.ts'
import { PastEvents } from './past-events.ts'

/** Looking through a year of the audit log takes seconds, with pauses for everybody else. */
const AUDIT_INTERVAL_MS: DurationMs = 6 * 3_600_000

/** Backups are made each night: so long after the last one, a night has gone by without. */
const BACKUP_AGE_MS: DurationMs = 26 * 3_600_000

export interface MetricsOptions {
  readonly config: Config
  readonly databaseFile: string
}

/**
 * Figures of the operation at `/metrics` (criterion § 4.4), in Prometheus' text format.
 *
 * Owns the figures and the timer that looks through the audit log. Reads what the rooms have written, and asks
 * presence who is connected, calls what is going on, push what was delivered, and parts what works.
 */
export const metricsPlugin = fp<MetricsOptions>(
  async (app, { config, databaseFile }) => {
    const { audit, clock, database, parts } = app
    const meters = makeMeters()
    const past = new PastEvents(clock, database, meters)
    await past.start()
    parts.watch(
      'database',
      watchDatabase(database, app.knownTime, (ms) => meters.databaseWrite.set(ms / 1_000)),
    )
    const readBackupAge = async () => {
      const last = await loadLastBackup(config.dataDir)
      return last === null ? Infinity : clock.now() - last.at
    }
    const hasBackups = config.backup.publicKey !== null
    if (hasBackups) parts.watch('backup', async () => (await readBackupAge()) <= BACKUP_AGE_MS)
    app.onRemoved((name, count) => meters.removed.inc({ class: name }, count))
    app.push.onDelivery((service, result) => meters.push.inc({ service, result }))
    const verify = async () => {
      const { isWhole } = await audit.verify()
      meters.auditWhole.set(isWhole ? 1 : 0)
      parts.say('audit', isWhole)
    }
    sweepRegularly(app, {
      everyMs: AUDIT_INTERVAL_MS,
      what: 'looking through the audit log',
      run: verify,
    })
    app.addHook('onListen', () => {
      // Not for every app that a test builds: these watch the whole process.
      collectDefaultMetrics({ register: meters.registry })
      return verify()
    })
    app.addHook('onError', async ({ routeOptions }, _reply, error) => {
      if (routeOptions.url !== '/ws') return
      meters.wsRejected.inc({ reason: error instanceof NaervaerError ? error.code : 'INTERNAL' })
      return Promise.resolve()
    })
    meters.info.set({ version: APP_VERSION }, 1)

    const readNow = async () => {
      await past.look()
      await parts.look('quick')
      const { isReady, degraded } = parts.state
      meters.maintenance.set(app.maintenance.now === null ? 0 : 1)
      meters.ready.set(isReady ? 1 : 0)
      for (const part of PARTS) meters.degraded.set({ part }, degraded.includes(part) ? 1 : 0)
      for (const role of ['citizen', 'worker'] as const) {
        const open = [...app.presence.listAll()].filter((connection) => connection.role === role)
        meters.connections.set({ role }, open.length)
      }
      meters.callsActive.set(app.calls.listLive().length)
      const { leftMs, turnLeftMs } = app.certificate
      for (const [name, left] of Object.entries({ page: leftMs, turn: turnLeftMs })) {
        // What is no longer known must not stand there as it last was.
        if (left === null) meters.certificate.remove({ name })
        else meters.certificate.set({ name }, left / 1_000)
      }
      if (hasBackups) meters.backupAge.set((await readBackupAge()) / 1_000)
      if (databaseFile === ':memory:') return
      meters.databaseBytes.set(await readDatabaseBytes(databaseFile))
      meters.diskFree.set(await readFreeShare(config.dataDir))
    }
    app.get('/metrics', { config: { serves: 'anybody' } }, async (request, reply) => {
      requireOperator(config, request)
      await readNow()
      return reply
        .header('cache-control', 'no-store')
        .type(meters.registry.contentType)
        .send(await meters.registry.metrics())
    })
  },
  {
    name: 'metrics',
    dependencies: [
      'audit',
      'calls',
      'clock',
      'database',
      'device-check',
      'maintenance',
      'parts',
      'presence',
      'push',
      'retention',
      'serves',
    ],
  },
)
