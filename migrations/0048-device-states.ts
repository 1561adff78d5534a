import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const MOMENTS = ['last', 'well']

/** How paired devices stand now, how they stood when last they worked, and what their last test found. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  const { schema } = database
  await strict(database, schema.createTable('device_states'))
    .addColumn('device_id', 'text', (column) => column.notNull().references('devices.id'))
    .addColumn('moment', 'text', (column) => column.notNull().check(isOneOf('moment', MOMENTS)))
    .addColumn('at', at, (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('device_states_key', ['device_id', 'moment'])
    .execute()
  await strict(database, schema.createTable('device_tests'))
    .addColumn('device_id', 'text', (column) =>
      column.primaryKey().notNull().references('devices.id'),
    )
    .addColumn('at', at, (column) => column.notNull())
    .addColumn('codes', 'text', (column) => column.notNull())
    .execute()
  // The last call of each device is looked for.
  await schema
    .createIndex('calls_citizen_device')
    .on('calls')
    .columns(['citizen_device_id', 'created_at'])
    .execute()
}
