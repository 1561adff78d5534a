import { isOneOf, type AnyDatabase } from './dialect.ts'

/** Why a device's key is of no use any more, so that the device can be told; null before this. */
export async function up(database: AnyDatabase): Promise<void> {
  await database.schema
    .alterTable('device_keys')
    .addColumn('revoked_for', 'text', (column) =>
      column.check(isOneOf('revoked_for', ['asked', 'replaced', 'withdrawn'])),
    )
    .execute()
}
