import { instant, strict, type AnyDatabase } from './dialect.ts'

/** Who signs in with an account of the municipality's, which sessions came of it, and orders to end them. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  const { schema } = database
  await strict(database, schema.createTable('oidc_identities'))
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) =>
      column.notNull().references('people.id').onDelete('cascade'),
    )
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('used_at', at, (column) => column.notNull())
    .addPrimaryKeyConstraint('oidc_identities_key', ['issuer', 'key'])
    .execute()
  await strict(database, schema.createTable('oidc_sessions'))
    .addColumn('session_id', 'text', (column) =>
      column.primaryKey().notNull().references('sessions.id').onDelete('cascade'),
    )
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('sub', 'text', (column) => column.notNull())
    .addColumn('sid', 'text')
    // Sealed: it holds a name, and is needed again only to end the provider's session.
    .addColumn('sealed_id_token', 'text', (column) => column.notNull())
    .execute()
  await strict(database, schema.createTable('oidc_logouts'))
    .addColumn('jti_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('sub', 'text')
    .addColumn('sid', 'text')
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('expires_at', at, (column) => column.notNull())
    .execute()
  await schema
    .createIndex('oidc_identities_person')
    .on('oidc_identities')
    .column('person_id')
    .execute()
  await schema.createIndex('oidc_sessions_sub').on('oidc_sessions').column('sub').execute()
  await schema.createIndex('oidc_logouts_expiry').on('oidc_logouts').column('expires_at').execute()
}
