import fp from 'fastify-plugin'
import { readClientBuild } from './client-build.ts'
import { TechReports } from './service.ts'
import { sweepRegularly } from '../plugins/sweep.ts'

/** Reports end by their own time; this is when what has ended goes. */
const SWEEP_INTERVAL_MS = 10 * 60_000

declare module 'fastify' {
  interface FastifyInstance {
    techReports: TechReports
  }
}

/**
 * Technical reports behind support codes: what "Prøv din telefon" has found, without whose it is.
 *
 * Owns tech_reports and the timer that empties it. Asks audit to keep who opened one.
 */
export const techReportsPlugin = fp<{ clientRoot: string }>(
  async (app, { clientRoot }) => {
    const { audit, clock, database } = app
    const build = readClientBuild(clientRoot)
    app.decorate('techReports', new TechReports({ audit, clock, database, build }))
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'deleting old reports',
      run: () => app.techReports.forgetOld(),
    })
    return Promise.resolve()
  },
  { name: 'tech-reports', dependencies: ['audit', 'clock', 'database'] },
)
