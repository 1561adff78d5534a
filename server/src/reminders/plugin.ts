import fp from 'fastify-plugin'
import type { DurationMs } from '@naervaer/shared'
import { sweepRegularly } from '../plugins/sweep.ts'
import { ChangeNews } from './change-news.ts'
import { Reminders } from './service.ts'

/** How often it is looked for what is older than its time. */
const SWEEP_INTERVAL_MS: DurationMs = 3_600_000

declare module 'fastify' {
  interface FastifyInstance {
    reminders: Reminders
  }
}

/**
 * Reminders of appointments: the day before, who wants that, and ten minutes before; and news of what is moved or
 * called off.
 *
 * Owns reminders, reminder_progress, reminder_wishes and appointment_news, and the timer of the next one that is due. Asks appointments
 * what begins, choice and quiet whether anybody may be told, push to tell them, presence which workers read what came of it,
 * and audit to keep who turns them on and off.
 */
export const remindersPlugin = fp(
  async (app) => {
    const { clock, log, database, accounts, appointments, audit, choice, presence, push, quiet } =
      app
    const news = new ChangeNews({
      ...{ clock, log, database, appointments, choice, push, quiet },
    })
    const reminders = new Reminders({
      ...{ clock, log, database, accounts, appointments, audit, choice, presence, push, quiet },
    })
    push.tellReminders(reminders)
    choice.onWithdrawn((citizenId) => reminders.forget(citizenId))
    choice.onWithdrawn((citizenId) => news.forget(citizenId))
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'removing old reminders',
      run: async () => {
        await reminders.removeOld()
        await news.removeOld()
      },
    })
    app.addHook('preClose', (done) => {
      reminders.stop()
      news.stop()
      done()
    })
    app.decorate('reminders', reminders)
    await reminders.restore()
    await news.look()
  },
  {
    name: 'reminders',
    dependencies: [
      ...['accounts', 'appointments', 'audit', 'choice', 'clock', 'database', 'presence', 'push'],
      'quiet',
    ],
  },
)
