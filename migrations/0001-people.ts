import { sql } from 'kysely'
import { instant, isOneOf, strict, type AnyDatabase } from './dialect.ts'

/** Who there is, what they are, and which citizens are whose. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  const { schema } = database
  await strict(database, schema.createTable('people'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('is_demo', 'integer', (column) => column.notNull().check(sql`is_demo in (0, 1)`))
    .addColumn('created_at', at, (column) => column.notNull())
    .execute()
  await strict(database, schema.createTable('person_roles'))
    .addColumn('person_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('role', 'text', (column) =>
      column.notNull().check(isOneOf('role', ['citizen', 'worker'])),
    )
    .addPrimaryKeyConstraint('person_roles_key', ['person_id', 'role'])
    .execute()
  await strict(database, schema.createTable('assignments'))
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('worker_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('citizen_id', 'text', (column) => column.notNull().references('people.id'))
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(isOneOf('kind', ['primary', 'substitute'])),
    )
    .addColumn('from_at', at, (column) => column.notNull())
    .addColumn('to_at', at)
    .addCheckConstraint('assignments_last', sql`to_at is null or to_at > from_at`)
    .addCheckConstraint('assignments_between_two', sql`worker_id <> citizen_id`)
    .execute()
  await schema.createIndex('assignments_worker').on('assignments').column('worker_id').execute()
  await schema.createIndex('assignments_citizen').on('assignments').column('citizen_id').execute()
}
