import { loadIncident, type TouchedQuery } from '../audit/touched.ts'
import { Accounts } from '../accounts/service.ts'
import { StaffAccounts } from '../accounts/staff-accounts.ts'
import { makePseudonyms, PSEUDONYMS } from '../administration/pseudonyms.ts'
import type { Config } from '../config.ts'
import { DeviceList } from '../pairing/device-list.ts'
import { believeClock } from '../health/known-time.ts'
import { CLIENT_DIST } from '../plugins/client-files.ts'
import { systemClock } from '../plugins/clock.ts'
import { ServerKeys } from '../push/server-keys.ts'
import { Retention } from '../retention/retention.ts'
import { Invitations } from '../sign-in/invitations.ts'
import { MileageRates } from '../travel/mileage-rates.ts'
import { readClientBuild } from '../tech-reports/client-build.ts'
import { TechReports } from '../tech-reports/service.ts'
import { openCore } from './open-core.ts'

/** What the commands work with: the rooms' services on the records, without the server around them. */
export type Tools = Awaited<ReturnType<typeof openTools>>

/**
 * Opens the same records that the server uses, which may be running.
 *
 * @param mayCreate - whether records that are not there yet are begun
 * @throws StartError where there are none, or the key is another
 */
export async function openTools(config: Config, mayCreate: boolean) {
  const clock = systemClock
  const core = await openCore(config, { clock, mayCreate, mayMigrate: true })
  const { database, secrets, audit } = core
  const accounts = new Accounts({ clock, database, audit })
  const staff = new StaffAccounts({ database, clock, audit, accounts })
  return {
    audit,
    accounts,
    staff,
    devices: new DeviceList({ database, clock, audit, accounts }),
    serverKeys: new ServerKeys({ database, secrets, audit, clock }),
    retention: new Retention({ database, clock, audit, config: config.retention }),
    mileageRates: new MileageRates({ database, audit }),
    now: () => clock.now(),
    believeClock: () => believeClock(database, clock.now()),
    dataDir: config.dataDir,
    techReports: new TechReports({ database, clock, audit, build: readClientBuild(CLIENT_DIST) }),
    publicUrl: config.publicUrl,
    isPublicUrlDefault: config.isPublicUrlDefault,
    invitations: new Invitations({ database, clock, publicUrl: config.publicUrl }),
    loadIncident: (query: TouchedQuery) => loadIncident(database, query),
    /** Also somebody who has been deleted: the log names them for years. */
    isPerson: (id: string) => accounts.isPerson(id),
    /** Citizens by the names under which IT knows them. */
    loadPseudonyms: async () =>
      makePseudonyms(await staff.loadCitizenIds(), secrets.key(PSEUDONYMS)),
    close: () => core.close(),
  }
}
