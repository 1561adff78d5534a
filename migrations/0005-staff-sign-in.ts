import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

const PURPOSES = ['signIn', 'enrol', 'totp']

/** How staff prove who they are: invitations, passkeys, passphrases with TOTP, and open challenges. */
export async function up(database: AnyDatabase): Promise<void> {
  await createInvitations(database)
  await createPasskeys(database)
  await createPassphrases(database)
  await createChallenges(database)
}

async function createInvitations(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('invitations'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('secret_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('expires_at', at, (column) => column.notNull())
    .addColumn('used_at', at)
    .execute()
  await database.schema
    .createIndex('invitations_person')
    .on('invitations')
    .column('person_id')
    .execute()
}

async function createPasskeys(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('passkeys'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('credential_id', 'text', (column) => column.notNull().unique())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('counter', 'integer', (column) => column.notNull())
    .addColumn('transports', 'text', (column) => column.notNull())
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('last_used_at', at)
    .execute()
  await database.schema.createIndex('passkeys_person').on('passkeys').column('person_id').execute()
}

async function createPassphrases(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('passphrases'))
    .addColumn('person_id', 'text', (column) =>
      column.primaryKey().notNull().references('people.id'),
    )
    .addColumn('sign_in_name', 'text', (column) => column.notNull().unique())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('totp_seed', 'text', (column) => column.notNull())
    .addColumn('totp_last_step', 'integer', (column) => column.notNull())
    .addColumn('created_at', at, (column) => column.notNull())
    .execute()
}

async function createChallenges(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('sign_in_challenges'))
    .addColumn('hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('purpose', 'text', (column) => column.notNull().check(isOneOf('purpose', PURPOSES)))
    .addColumn('bound_to', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text')
    .addColumn('expires_at', at, (column) => column.notNull())
    .execute()
  await database.schema
    .createIndex('sign_in_challenges_expiry')
    .on('sign_in_challenges')
    .column('expires_at')
    .execute()
}
