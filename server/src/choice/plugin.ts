import fp from 'fastify-plugin'
import { makeChoiceRepository } from './repository.ts'
import { Choices } from './service.ts'

declare module 'fastify' {
  interface FastifyInstance {
    choice: Choices
  }
}

/**
 * Whether a citizen wants to be called by video, as the citizen has said.
 *
 * Owns choice_steps and one timer for each running pause. Asks accounts who is whose, presence who
 * is to be told at once, and audit to keep who did what.
 */
export const choicePlugin = fp(
  async (app) => {
    const choice = new Choices({
      clock: app.clock,
      log: app.log,
      repository: makeChoiceRepository(app.database),
      accounts: app.accounts,
      presence: app.presence,
      audit: app.audit,
    })
    app.addHook('onClose', () => choice.stopTimers())
    await choice.restore()
    app.decorate('choice', choice)
  },
  { name: 'choice', dependencies: ['accounts', 'audit', 'clock', 'database', 'presence'] },
)
