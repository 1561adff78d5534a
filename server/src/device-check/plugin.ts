import fp from 'fastify-plugin'
import { ChecklistLooks } from './checklist-looks.ts'
import { Checklists } from './checklists.ts'
import { TurnTests } from './turn-tests.ts'
import { Wakings } from './wakings.ts'
import { sweepRegularly } from '../plugins/sweep.ts'

/** Of a disconnected device nobody is shown anything; this is when it goes. */
const SWEEP_INTERVAL_MS = 10 * 60_000

declare module 'fastify' {
  interface FastifyInstance {
    checklists: Checklists
    checklistLooks: ChecklistLooks
    turnTests: TurnTests
    wakings: Wakings
  }
}

/**
 * What "Prøv din telefon" asks of the server, and what paired devices have shown.
 *
 * Owns device_checks, the count of strangers who try TURN, which lists lie open, and the timer that forgets devices. Asks
 * pairing which devices there are, turn for credentials, push for trials, presence who is connected, and audit to write looks down.
 */
export const deviceCheckPlugin = fp(
  async (app) => {
    const { audit, clock, database, devices, log, presence, push, turn } = app
    const checklists = new Checklists({ clock, database, devices })
    app.decorate('checklists', checklists)
    app.decorate('checklistLooks', new ChecklistLooks({ clock, audit }))
    app.decorate(
      'wakings',
      new Wakings({
        ...{ clock, devices, presence, push },
        onFound: (deviceId, isOk) => checklists.noteWoken(deviceId, isOk),
        onError: (err) => {
          log.error({ err }, 'a woken device was not written down')
        },
      }),
    )
    app.decorate('turnTests', new TurnTests(turn, clock))
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'deleting old device checks',
      run: () => {
        app.checklistLooks.forgetOld()
        return app.checklists.forgetDisconnected()
      },
    })
    return Promise.resolve()
  },
  {
    name: 'device-check',
    dependencies: ['audit', 'clock', 'database', 'pairing', 'presence', 'push', 'turn'],
  },
)
