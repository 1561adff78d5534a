import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const NOTICES = ['none', 'sending', 'sent', 'arrived', 'failed']

/** Notices to devices whose app is closed: the server's key, the devices, and what became of each notice. */
export async function up(database: AnyDatabase): Promise<void> {
  await createKeys(database)
  await createSubscriptions(database)
  await createNotices(database)
  await addNoticeToCalls(database)
}

async function createKeys(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('push_keys'))
    .addColumn('id', 'integer', (column) =>
      column
        .primaryKey()
        .notNull()
        .check(sql`id = 1`),
    )
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('sealed_private_key', 'text', (column) => column.notNull())
    .addColumn('created_at', instant(database), (column) => column.notNull())
    .execute()
}

async function createSubscriptions(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('push_subscriptions'))
    .addColumn('device_id', 'text', (column) =>
      column.primaryKey().notNull().references('devices.id'),
    )
    .addColumn('endpoint_hash', 'text', (column) => column.notNull().unique())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('level', 'integer', (column) => column.notNull().check(sql`level in (1, 2, 3)`))
    .addColumn('language', 'text', (column) =>
      column.notNull().check(isOneOf('language', ['da', 'en'])),
    )
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('seen_at', at, (column) => column.notNull())
    .addColumn('proven_at', at)
    .execute()
}

async function createNotices(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('push_notices'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('call_id', 'text', (column) => column.references('calls.id'))
    .addColumn('device_id', 'text', (column) => column.notNull().references('devices.id'))
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('tag', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(isOneOf('state', ['sending', 'sent', 'failed'])),
    )
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('arrived_at', at)
    .execute()
  const { schema } = database
  await schema.createIndex('push_notices_call').on('push_notices').column('call_id').execute()
}

async function addNoticeToCalls(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('calls')
    .addColumn('notice', 'text', (column) =>
      column.notNull().defaultTo('none').check(isOneOf('notice', NOTICES)),
    )
    .execute()
  await database.schema.alterTable('calls').addColumn('noticed_at', instant(database)).execute()
  // How often somebody has been rung lately is asked before each ring.
  await database.schema
    .createIndex('calls_citizen_created')
    .on('calls')
    .columns(['citizen_id', 'created_at'])
    .execute()
}
