import fp from 'fastify-plugin'
import { DeviceList } from '../pairing/device-list.ts'
import { sweepRegularly } from '../plugins/sweep.ts'
import { readClientBuild } from '../tech-reports/client-build.ts'
import { DeviceDesk } from './device-desk.ts'

/** Of a disconnected device nobody is shown anything; this is when it goes. */
const SWEEP_INTERVAL_MS = 10 * 60_000

declare module 'fastify' {
  interface FastifyInstance {
    deviceDesk: DeviceDesk
  }
}

/**
 * What the help desk sees of citizens' devices: which app and browser they have, what their last test and
 * their last call were like, and what has changed since they worked.
 *
 * Owns device_states and device_tests, and the timer that empties them. Reads what calls and push have
 * written; asks pairing for the devices, presence who is connected, administration for pseudonyms, and
 * device-check to write looks down.
 */
export const deviceDeskPlugin = fp<{ clientRoot: string }>(
  async (app, { clientRoot }) => {
    const { accounts, audit, checklistLooks, checklists, clock, database, devices } = app
    const { presence, staffing } = app
    app.decorate(
      'deviceDesk',
      new DeviceDesk({
        ...{ clock, database, devices, presence, staffing, checklists, looks: checklistLooks },
        list: new DeviceList({ accounts, audit, clock, database }),
        build: readClientBuild(clientRoot),
      }),
    )
    sweepRegularly(app, {
      everyMs: SWEEP_INTERVAL_MS,
      what: 'deleting what old devices have told',
      run: () => app.deviceDesk.forgetOld(),
      isHeld: () => app.knownTime.isDoubted,
    })
    return Promise.resolve()
  },
  {
    name: 'device-desk',
    dependencies: [
      'accounts',
      'administration',
      'audit',
      'calls',
      'clock',
      'database',
      'knownTime',
      'pairing',
      'presence',
      'push',
    ],
  },
)
