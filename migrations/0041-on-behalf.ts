import type { AnyDatabase } from './dialect.ts'

/** In whose place a substitute rang, and which worker a citizen would rather wait for. */
export async function up(database: AnyDatabase): Promise<void> {
  const { schema } = database
  await schema
    .alterTable('calls')
    .addColumn('on_behalf_of', 'text', (column) => column.references('people.id'))
    .execute()
  await schema
    .alterTable('callbacks')
    .addColumn('waits_for', 'text', (column) => column.references('people.id'))
    .execute()
}
