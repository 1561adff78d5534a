import { instant, strict, type AnyDatabase } from './dialect.ts'

/** Which browsers a person uses, and who is signed in where. Tokens are kept as hashes only. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  const { schema } = database
  await strict(database, schema.createTable('devices'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('browser_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', at, (column) => column.notNull())
    .addUniqueConstraint('devices_browser', ['person_id', 'browser_hash'])
    .execute()
  await strict(database, schema.createTable('sessions'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('device_id', 'text', (column) => column.notNull().references('devices.id'))
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('expires_at', at, (column) => column.notNull())
    .execute()
  await schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute()
}
