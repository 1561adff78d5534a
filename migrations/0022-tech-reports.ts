import { instant, strict, type AnyDatabase } from './dialect.ts'

/** Technical reports behind their support codes. Whose a report is stands nowhere. */
export async function up(database: AnyDatabase): Promise<void> {
  const at = instant(database)
  await strict(database, database.schema.createTable('tech_reports'))
    .addColumn('code', 'text', (column) => column.primaryKey().notNull())
    .addColumn('report', 'text', (column) => column.notNull())
    .addColumn('created_at', at, (column) => column.notNull())
    .addColumn('expires_at', at, (column) => column.notNull())
    .execute()
  await database.schema
    .createIndex('tech_reports_expiry')
    .on('tech_reports')
    .column('expires_at')
    .execute()
}
