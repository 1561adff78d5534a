import { sql } from 'kysely'
import { instant, isOneOf, isSqlite, strict, type AnyDatabase } from './dialect.ts'

const METHODS = ['demo', 'passkey', 'passphrase', 'oidc', 'device']
const BROWSER_KINDS = ['phone', 'tablet', 'computer', 'unknown']
const ACTOR_KINDS = ['person', 'cli', 'system']

/** How a session began, when it was last used and how long it may lie idle; and the audit log. */
export async function up(database: AnyDatabase): Promise<void> {
  await extendSessions(database)
  await createAuditEvents(database)
  await createAuditHead(database)
  if (isSqlite(database)) await refuseChanges(database)
}

async function extendSessions(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  const { schema } = database
  await schema
    .alterTable('sessions')
    .addColumn('method', 'text', (column) =>
      column.notNull().defaultTo('demo').check(isOneOf('method', METHODS)),
    )
    .execute()
  await schema
    .alterTable('sessions')
    .addColumn('device_kind', 'text', (column) =>
      column.notNull().defaultTo('unknown').check(isOneOf('device_kind', BROWSER_KINDS)),
    )
    .execute()
  await schema
    .alterTable('sessions')
    .addColumn('used_at', at, (column) => column.notNull().defaultTo(0))
    .execute()
  await sql`update sessions set used_at = created_at`.execute(database)
  // null: this session may lie idle as long as it likes.
  await schema.alterTable('sessions').addColumn('idle_limit_ms', 'integer').execute()
  await schema
    .alterTable('sessions')
    .addColumn('is_rotation_due', 'integer', (column) =>
      column
        .notNull()
        .defaultTo(0)
        .check(sql`is_rotation_due in (0, 1)`),
    )
    .execute()
  await schema.alterTable('sessions').addColumn('former_token_hash', 'text').execute()
  await schema.alterTable('sessions').addColumn('former_until_at', at).execute()
  await schema.createIndex('sessions_person').on('sessions').column('person_id').execute()
  await schema.createIndex('sessions_device').on('sessions').column('device_id').execute()
  await schema.createIndex('sessions_former').on('sessions').column('former_token_hash').execute()
}

async function createAuditEvents(database: AnyDatabase): Promise<void> {
  const { schema } = database
  await strict(database, schema.createTable('audit_events'))
    .addColumn('seq', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('at', instant(database), (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('actor_kind', 'text', (column) =>
      column.notNull().check(isOneOf('actor_kind', ACTOR_KINDS)),
    )
    .addColumn('actor_id', 'text')
    .addColumn('actor_role', 'text')
    .addColumn('subject_id', 'text')
    .addColumn('details', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('seal', 'text', (column) => column.notNull())
    .addCheckConstraint(
      'audit_events_actor',
      sql`(actor_kind = 'person') = (actor_id is not null and actor_role is not null)`,
    )
    .execute()
  await schema
    .createIndex('audit_events_subject')
    .on('audit_events')
    .columns(['subject_id', 'at'])
    .execute()
}

async function createAuditHead(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('audit_head'))
    .addColumn('id', 'integer', (column) =>
      column
        .primaryKey()
        .notNull()
        .check(sql`id = 1`),
    )
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .execute()
  await sql`insert into audit_head (id, seq, sealed) values (1, 0, '')`.execute(database)
}

/** What is written stays, and each line comes after the last. REPLACE would get around a mere DELETE trigger. */
async function refuseChanges(database: AnyDatabase): Promise<void> {
  const refuse = "select raise(abort, 'the audit log is only added to')"
  const triggers = [
    `create trigger audit_events_keep_all before delete on audit_events begin ${refuse}; end`,
    `create trigger audit_events_keep_each before update on audit_events begin ${refuse}; end`,
    `create trigger audit_events_add_last before insert on audit_events
      when new.seq <= (select coalesce(max(seq), 0) from audit_events) begin ${refuse}; end`,
    `create trigger audit_head_keep before delete on audit_head begin ${refuse}; end`,
    `create trigger audit_head_forward before update on audit_head
      when new.seq < old.seq begin ${refuse}; end`,
    `create trigger audit_head_only before insert on audit_head begin ${refuse}; end`,
  ]
  for (const trigger of triggers) await sql.raw(trigger).execute(database)
}
