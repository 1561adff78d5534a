import type { UnixMs } from '@naervaer/shared'
import { instant, strict, type AnyDatabase, type Migration } from '../../../migrations/dialect.ts'
import * as people from '../../../migrations/0001-people.ts'
import * as devicesAndSessions from '../../../migrations/0002-devices-and-sessions.ts'
import * as calls from '../../../migrations/0003-calls.ts'
import * as sessionsAndAudit from '../../../migrations/0004-sessions-and-audit.ts'
import * as staffSignIn from '../../../migrations/0005-staff-sign-in.ts'
import * as oidc from '../../../migrations/0006-oidc.ts'
import * as pairing from '../../../migrations/0007-pairing.ts'
import * as choice from '../../../migrations/0008-choice.ts'
import * as teamsAndRoles from '../../../migrations/0009-teams-and-roles.ts'
import * as goodbye from '../../../migrations/0010-goodbye.ts'
import * as endsAndRolesApart from '../../../migrations/0011-ends-and-roles-apart.ts'
import * as whyDisconnected from '../../../migrations/0012-why-disconnected.ts'
import * as deletedAccounts from '../../../migrations/0013-deleted-accounts.ts'
import * as legQuality from '../../../migrations/0014-leg-quality.ts'
import * as protectedAddresses from '../../../migrations/0015-protected-addresses.ts'
import * as relayedCalls from '../../../migrations/0016-relayed-calls.ts'
import * as relayMissing from '../../../migrations/0017-relay-missing.ts'
import * as push from '../../../migrations/0020-push.ts'
import * as techReports from '../../../migrations/0022-tech-reports.ts'
import * as deviceChecks from '../../../migrations/0023-device-checks.ts'
import * as home from '../../../migrations/0024-home.ts'
import * as quietHours from '../../../migrations/0025-quiet-hours.ts'
import * as appointments from '../../../migrations/0026-appointments.ts'
import * as woken from '../../../migrations/0029-woken.ts'
import * as phones from '../../../migrations/0030-phones.ts'
import * as aroundCalls from '../../../migrations/0032-around-calls.ts'
import * as travel from '../../../migrations/0033-travel.ts'
import * as mileageRates from '../../../migrations/0034-mileage-rates.ts'
import * as changedKind from '../../../migrations/0035-changed-kind.ts'
import * as reminders from '../../../migrations/0037-reminders.ts'
import * as calendarFeeds from '../../../migrations/0038-calendar-feeds.ts'
import * as absences from '../../../migrations/0040-absences.ts'
import * as onBehalf from '../../../migrations/0041-on-behalf.ts'
import * as appointmentNews from '../../../migrations/0042-appointment-news.ts'
import * as heartbeat from '../../../migrations/0046-heartbeat.ts'
import * as deviceStates from '../../../migrations/0048-device-states.ts'
import * as vapidRotation from '../../../migrations/0049-vapid-rotation.ts'
import * as retention from '../../../migrations/0051-retention.ts'
import * as auditStream from '../../../migrations/0052-audit-stream.ts'
import * as whatStepsNeed from '../../../migrations/0053-what-steps-need.ts'
import type { Database } from './open.ts'

/** In the order in which they are applied. */
const MIGRATIONS: readonly (readonly [name: string, migration: Migration])[] = [
  ['0001-people', people],
  ['0002-devices-and-sessions', devicesAndSessions],
  ['0003-calls', calls],
  ['0004-sessions-and-audit', sessionsAndAudit],
  ['0005-staff-sign-in', staffSignIn],
  ['0006-oidc', oidc],
  ['0007-pairing', pairing],
  ['0008-choice', choice],
  ['0009-teams-and-roles', teamsAndRoles],
  ['0010-goodbye', goodbye],
  ['0011-ends-and-roles-apart', endsAndRolesApart],
  ['0012-why-disconnected', whyDisconnected],
  ['0013-deleted-accounts', deletedAccounts],
  ['0014-leg-quality', legQuality],
  ['0015-protected-addresses', protectedAddresses],
  ['0016-relayed-calls', relayedCalls],
  ['0017-relay-missing', relayMissing],
  ['0020-push', push],
  ['0022-tech-reports', techReports],
  ['0023-device-checks', deviceChecks],
  ['0024-home', home],
  ['0025-quiet-hours', quietHours],
  ['0026-appointments', appointments],
  ['0029-woken', woken],
  ['0030-phones', phones],
  ['0032-around-calls', aroundCalls],
  ['0033-travel', travel],
  ['0034-mileage-rates', mileageRates],
  ['0035-changed-kind', changedKind],
  ['0037-reminders', reminders],
  ['0038-calendar-feeds', calendarFeeds],
  ['0040-absences', absences],
  ['0041-on-behalf', onBehalf],
  ['0042-appointment-news', appointmentNews],
  ['0046-heartbeat', heartbeat],
  ['0048-device-states', deviceStates],
  ['0049-vapid-rotation', vapidRotation],
  ['0051-retention', retention],
  ['0052-audit-stream', auditStream],
  ['0053-what-steps-need', whatStepsNeed],
]

/** The names of all steps that this version knows, in their order. */
export const STEP_NAMES: readonly string[] = MIGRATIONS.map(([name]) => name)

/**
 * Brings the schema up to date, each step once and in a transaction of its own.
 *
 * @returns the names of the steps applied now
 */
export async function migrate(database: Database, now: UnixMs): Promise<string[]> {
  await createMigrationsTable(database)
  const applied: string[] = []
  for (const [name, migration] of MIGRATIONS) {
    const isNew = await database.transaction().execute(async (transaction) => {
      // Writing first takes the write lock, so that two processes do not both find it missing.
      const claim = await transaction
        .insertInto('migrations')
        .values({ name, applied_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (claim.numInsertedOrUpdatedRows !== 1n) return false
      await migration.up(withoutTables(transaction))
      await noteNeeds(transaction, name, migration)
      return true
    })
    if (isNew) applied.push(name)
  }
  return applied
}

/** Versions that do not know the step read it, before they run on these records. */
async function noteNeeds(database: Database, name: string, { needs }: Migration): Promise<void> {
  if (needs === undefined) return
  await database.updateTable('migrations').set({ needs }).where('name', '=', name).execute()
}

async function createMigrationsTable(database: Database): Promise<void> {
  const untyped = withoutTables(database)
  await strict(untyped, untyped.schema.createTable('migrations').ifNotExists())
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('applied_at', instant(untyped), (column) => column.notNull())
    .execute()
}

/** Migrations must not lean on today's tables: what they see has none. */
function withoutTables(database: Database): AnyDatabase {
  return database as unknown as AnyDatabase
}
