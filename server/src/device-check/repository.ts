import type { ChecklistLine, DeviceId, UnixMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'

/** A line as it was found last. */
export interface FoundLine {
  readonly deviceId: DeviceId
  readonly line: ChecklistLine
  readonly isOk: boolean
  readonly at: UnixMs
}

/** What paired devices have found of themselves, in SQL. */
export function makeDeviceChecksRepository(database: Database) {
  return {
    async note({ deviceId, line, isOk, at }: FoundLine): Promise<void> {
      const is_ok = isOk ? 1 : 0
      await database
        .insertInto('device_checks')
        .values({ device_id: deviceId, line, is_ok, at })
        .onConflict((conflict) =>
          conflict.columns(['device_id', 'line']).doUpdateSet({ is_ok, at }),
        )
        .execute()
    },

    async load(deviceIds: readonly DeviceId[]): Promise<FoundLine[]> {
      if (deviceIds.length === 0) return []
      const rows = await database
        .selectFrom('device_checks')
        .select(['device_id as deviceId', 'line', 'is_ok', 'at'])
        .where('device_id', 'in', [...deviceIds])
        .execute()
      return rows.map(({ is_ok, ...rest }) => ({ ...rest, isOk: is_ok === 1 }))
    },

    async listDeviceIds(): Promise<DeviceId[]> {
      const rows = await database
        .selectFrom('device_checks')
        .select('device_id')
        .distinct()
        .execute()
      return rows.map((row) => row.device_id)
    },

    async forget(deviceId: DeviceId): Promise<void> {
      await database.deleteFrom('device_checks').where('device_id', '=', deviceId).execute()
    },
  }
}
