import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import { sweepRegularly } from '../plugins/sweep.ts'
import { makePickUpsRepository } from './repository.ts'
import { PickUps } from './service.ts'

/** How often lines are forgotten that no talk has taken up. */
const SWEEP_INTERVAL_MS: DurationMs = 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    pickUps: PickUps
  }
}

/**
 * What a worker and a citizen have agreed to take up in their next talk.
 *
 * Owns pick_ups. Asks accounts who is whose, calls who talks and when a talk is over, and choice who has
 * stopped.
 */
export const aroundPlugin = fp(
  async (app) => {
    const { clock, log, accounts, choice, calls, talks } = app
    const repository = makePickUpsRepository(app.database)
    const pickUps = new PickUps({ clock, log, repository, accounts, choice, calls, talks })
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'removing old agreed lines',
      run: () => pickUps.removeOld(),
    })
    await pickUps.removeOld()
    app.decorate('pickUps', pickUps)
  },
  { name: 'around', dependencies: ['accounts', 'calls', 'choice', 'clock', 'database'] },
)
