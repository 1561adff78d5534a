import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

const KINDS = ['iphone', 'ipad', 'androidPhone', 'androidTablet', 'computer', 'other']
const STATES = ['open', 'claimed', 'confirmed', 'refused', 'closed']
const OUTCOMES = [
  'completed',
  'declined',
  'missed',
  'cancelled',
  'busy',
  'unreachable',
  'failed',
  'dropped',
]
const END_REASONS = [
  'hangup_citizen',
  'hangup_staff',
  'timeout',
  'network',
  'citizen_busy',
  'citizen_offline',
  'revoked',
]
const CALL_STATES = ['inviting', 'ringing', 'connecting', 'connected', 'reconnecting', 'ended']
const PATHS = ['host', 'srflx', 'relay']

/** Citizens' devices with their keys, the codes that pair them, and calls that end by revocation. */
export async function up(database: AnyDatabase): Promise<void> {
  await createDeviceKeys(database)
  await createPairings(database)
  await letCallsEndByRevocation(database)
}

async function createDeviceKeys(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('device_keys'))
    .addColumn('device_id', 'text', (column) =>
      column.primaryKey().notNull().references('devices.id'),
    )
    // Never that of two devices: a key that is met again is somebody trying.
    .addColumn('thumbprint', 'text', (column) => column.notNull().unique())
    .addColumn('x', 'text', (column) => column.notNull())
    .addColumn('y', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(isOneOf('kind', KINDS)))
    .addColumn('paired_by', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('paired_at', at, (column) => column.notNull())
    .addColumn('seen_at', at)
    .addColumn('revoked_at', at)
    .execute()
  await database.schema
    .createIndex('device_keys_revoked')
    .on('device_keys')
    .column('revoked_at')
    .execute()
}

async function createPairings(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('pairings'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('worker_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('replaces_device_id', 'text', (column) => column.references('devices.id'))
    .addColumn('code_hash', 'text', (column) => column.notNull().unique())
    .addColumn('secret_hash', 'text', (column) => column.notNull().unique())
    .addColumn('state', 'text', (column) => column.notNull().check(isOneOf('state', STATES)))
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('expires_at', at, (column) => column.notNull())
    .addColumn('claim_hash', 'text', (column) => column.unique())
    .addColumn('digits', 'text')
    .addColumn('x', 'text')
    .addColumn('y', 'text')
    .addColumn('kind', 'text', (column) => column.check(isOneOf('kind', KINDS)))
    .addColumn('device_id', 'text', (column) => column.references('devices.id'))
    .addCheckConstraint(
      'pairings_claimed_whole',
      sql`(claim_hash is null) = (digits is null) and (claim_hash is null) = (x is null)
        and (claim_hash is null) = (y is null) and (claim_hash is null) = (kind is null)
        and (state <> 'claimed' or claim_hash is not null)
        and (state = 'confirmed') = (device_id is not null)`,
    )
    .execute()
  await database.schema.createIndex('pairings_expiry').on('pairings').column('expires_at').execute()
}

/** SQLite cannot widen a CHECK: calls, and the legs that lean on them, are written anew. */
async function letCallsEndByRevocation(database: AnyDatabase): Promise<void> {
  const { schema } = database
  await createCalls(database)
  await sql`insert into calls_next select * from calls`.execute(database)
  await sql`create table legs_kept as select * from call_legs`.execute(database)
  await schema.dropTable('call_legs').execute()
  await schema.dropTable('calls').execute()
  await schema.alterTable('calls_next').renameTo('calls').execute()
  await createCallLegs(database)
  await sql`insert into call_legs select * from legs_kept`.execute(database)
  await schema.dropTable('legs_kept').execute()
  await createCallIndexes(database)
}

async function createCalls(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('calls_next'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('worker_device_id', 'text', (column) => column.notNull().references('devices.id'))
    .addColumn('citizen_device_id', 'text', (column) => column.references('devices.id'))
    .addColumn('state', 'text', (column) => column.notNull().check(isOneOf('state', CALL_STATES)))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('generation', 'integer', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.check(isOneOf('outcome', OUTCOMES)))
    .addColumn('end_reason', 'text', (column) => column.check(isOneOf('end_reason', END_REASONS)))
    .addColumn('path', 'text', (column) => column.check(isOneOf('path', PATHS)))
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('ringing_at', at)
    .addColumn('answered_at', at)
    .addColumn('connected_at', at)
    .addColumn('lost_at', at)
    .addColumn('ended_at', at)
    .addCheckConstraint(
      'calls_ended_whole',
      sql`(state = 'ended') = (outcome is not null and end_reason is not null and ended_at is not null)
        and (state = 'ended' or (outcome is null and end_reason is null and ended_at is null))`,
    )
    .execute()
}

async function createCallLegs(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('call_legs'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('call_id', 'text', (column) => column.notNull().references('calls.id'))
    .addColumn('path', 'text', (column) => column.notNull().check(isOneOf('path', PATHS)))
    .addColumn('started_at', at, (column) => column.notNull())
    .addColumn('ended_at', at)
    .execute()
}

async function createCallIndexes(database: AnyDatabase): Promise<void> {
  const { schema } = database
  await schema.createIndex('call_legs_call').on('call_legs').column('call_id').execute()
  await schema.createIndex('calls_created').on('calls').column('created_at').execute()
  for (const column of ['worker_id', 'citizen_id']) {
    await schema
      .createIndex(`calls_live_${column}`)
      .unique()
      .on('calls')
      .column(column)
      .where(sql.ref('state'), '!=', 'ended')
      .execute()
  }
}
