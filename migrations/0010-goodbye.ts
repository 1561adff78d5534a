import { instant, type AnyDatabase } from './dialect.ts'

/** Since when a talking worker is signed out and has time to say goodbye: it outlives a restart. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema.alterTable('calls').addColumn('barred_at', instant(database)).execute()
}
