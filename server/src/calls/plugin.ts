import fp from 'fastify-plugin'
import { makeCallsRepository } from './repository.ts'
import { Calls } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    calls: Calls
  }
}

/**
 * The calls, from the ring to the record.
 *
 * Owns calls and call_legs, the live calls in memory and one timer for each. Asks accounts who may
 * ring whom, choice who wants to be rung, presence who is connected, and turn for credentials.
 */
export const callsPlugin = fp(
  async (app) => {
    const calls = new Calls({
      clock: app.clock,
      log: app.log,
      repository: makeCallsRepository(app.database),
      accounts: app.accounts,
      choice: app.choice,
      presence: app.presence,
      turn: app.turn,
    })
    app.addHook('onClose', () => calls.stop())
    await calls.restore()
    app.decorate('calls', calls)
  },
  { name: 'calls', dependencies: ['accounts', 'choice', 'clock', 'database', 'presence', 'turn'] },
)
