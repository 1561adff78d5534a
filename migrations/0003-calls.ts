import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const STATES = ['inviting', 'ringing', 'connecting', 'connected', 'reconnecting', 'ended']
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
]
const PATHS = ['host', 'srflx', 'relay']

/** One row per attempt to talk, and one per stretch of flowing media in it. */
export async function up(database: AnyDatabase): Promise<void> {
  await createCalls(database)
  await createCallLegs(database)
  await createCallIndexes(database)
}

async function createCalls(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('calls'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('worker_device_id', 'text', (column) => column.notNull().references('devices.id'))
    .addColumn('citizen_device_id', 'text', (column) => column.references('devices.id'))
    .addColumn('state', 'text', (column) => column.notNull().check(isOneOf('state', STATES)))
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
  // Whatever runs at the same time, nobody is in two calls.
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
