import { sql } from 'kysely'
import { isOneOf, isSqlite, strict, type AnyDatabase } from './dialect.ts'

// Written out rather than imported: a migration says what was true when it was released.
const MODES = ['video']

/** Calls of old as counts of nobody, and from where on the audit log is still there. */
export async function up(database: AnyDatabase): Promise<void> {
  await createCallMonths(database)
  await createAuditAnchor(database)
  if (isSqlite(database)) await refuseChanges(database)
}

async function createCallMonths(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('call_months'))
    .addColumn('month', 'text', (column) => column.notNull())
    // No reference, and '' for nobody's: a count stays whatever becomes of the team.
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(isOneOf('mode', MODES)))
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('from_minutes', 'integer', (column) => column.notNull())
    .addColumn('count', 'integer', (column) => column.notNull().check(sql`count > 0`))
    .addPrimaryKeyConstraint('call_months_key', [
      'month',
      'team_id',
      'mode',
      'outcome',
      'from_minutes',
    ])
    .execute()
}

async function createAuditAnchor(database: AnyDatabase): Promise<void> {
  await strict(database, database.schema.createTable('audit_anchor'))
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .execute()
  await sql`insert into audit_anchor (id, seq, sealed) values (1, 0, '')`.execute(database)
}

/** Only lines that the anchor has passed may go; it moves forward only, and never past the last line. */
async function refuseChanges(database: AnyDatabase): Promise<void> {
  const refuse = "select raise(abort, 'the audit log is only added to')"
  const statements = [
    'drop trigger audit_events_keep_all',
    `create trigger audit_events_keep_all before delete on audit_events
      when old.seq > (select seq from audit_anchor) begin ${refuse}; end`,
    `create trigger audit_anchor_keep before delete on audit_anchor begin ${refuse}; end`,
    `create trigger audit_anchor_only before insert on audit_anchor begin ${refuse}; end`,
    `create trigger audit_anchor_forward before update on audit_anchor
      when new.seq < old.seq or new.seq >= (select seq from audit_head) begin ${refuse}; end`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(database)
}
