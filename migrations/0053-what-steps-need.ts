import type { AnyDatabase } from './dialect.ts'

/** What a version must know to run on records on which a step was made; null where the step only added. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema.alterTable('migrations').addColumn('needs', 'text').execute()
}
