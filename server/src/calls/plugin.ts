import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import { makePastCallsRepository } from './past-calls-repository.ts'
import { PastCalls } from './past-calls.ts'
import { makeCallsRepository } from './repository.ts'
import { Calls } from './service.ts'
import { Talks } from './talks.ts'
import { WorkerWatch } from './worker-watch.ts'

/** For what nobody tells: a role that is gone, a sign-in that ends while its socket is away. */
const WATCH_INTERVAL_MS: DurationMs = 5_000

declare module 'fastify' {
  interface FastifyInstance {
    calls: Calls
    pastCalls: PastCalls
    talks: Talks
  }
}

/**
 * The calls, from the ring to the record.
 *
 * Owns calls and call_legs, the live calls in memory and one timer for each. Asks accounts who may
 * ring whom, choice who wants to be rung and quiet when not, protection whose address nobody may learn,
 * presence who is connected, push to tell devices whose app is closed, turn for credentials, and audit to
 * keep why somebody was rung all the same.
 */
export const callsPlugin = fp(
  async (app) => {
    const past = makePastCallsRepository(app.database)
    const calls = new Calls({
      clock: app.clock,
      log: app.log,
      maintenance: app.maintenance,
      repository: makeCallsRepository(app.database),
      past,
      accounts: app.accounts,
      audit: app.audit,
      choice: app.choice,
      presence: app.presence,
      protection: app.protection,
      push: app.push,
      quiet: app.quiet,
      turn: app.turn,
    })
    const { accounts, log } = app
    const watch = new WorkerWatch({ calls, accounts, log })
    const stopWatch = app.clock.every(WATCH_INTERVAL_MS, () => void watch.check())
    app.addHook('onClose', () => {
      stopWatch()
      calls.stop()
    })
    await calls.restore()
    // What has ended while no server was there counts from now.
    await watch.check()
    app.decorate('calls', calls)
    app.decorate('pastCalls', new PastCalls(past, accounts))
    app.decorate('talks', new Talks({ clock: app.clock, database: app.database, accounts }))
  },
  {
    name: 'calls',
    dependencies: [
      'accounts',
      'audit',
      'choice',
      'clock',
      'database',
      'maintenance',
      'presence',
      'protection',
      'push',
      'quiet',
      'turn',
    ],
  },
)
