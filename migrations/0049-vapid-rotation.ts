import { instant, type AnyDatabase } from './dialect.ts'

/** Since when nothing can be delivered there, because it was made for a key that the server has no more. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('push_subscriptions')
    .addColumn('lost_at', instant(database))
    .execute()
}
