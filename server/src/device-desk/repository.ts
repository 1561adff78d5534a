import type { CheckCode, DeviceId, DeviceCondition, Outcome, Path, UnixMs } from '@naervaer/shared'
import type { LegSideColumns } from '../database/schema.ts'
import type { Database } from '../database/open.ts'

/** As it told: the last time, or the last time that all of it worked. */
export interface StateRow {
  readonly deviceId: DeviceId
  readonly moment: 'last' | 'well'
  readonly at: UnixMs
  readonly state: DeviceCondition
}

/** What a device's last test has found. */
export interface TestRow {
  readonly deviceId: DeviceId
  readonly at: UnixMs
  readonly codes: readonly CheckCode[]
}

/** A call that a device took part in, with what its side met of the last connection. */
export interface DeviceCallRow extends Pick<
  LegSideColumns,
  'protocol' | 'rtt_ms' | 'loss_percent' | 'jitter_ms' | 'freezes'
> {
  readonly deviceId: DeviceId
  readonly createdAt: UnixMs
  readonly outcome: Outcome
  readonly path: Path | null
}

export interface PushRow {
  readonly deviceId: DeviceId
  readonly provenAt: UnixMs | null
}

/** What is known of paired devices, in SQL. Of calls and of notices it reads what those rooms have written. */
export function makeDeviceDeskRepository(database: Database) {
  return {
    async keepState({ deviceId, moment, at, state }: StateRow): Promise<void> {
      const kept = { at, state: JSON.stringify(state) }
      await database
        .insertInto('device_states')
        .values({ device_id: deviceId, moment, ...kept })
        .onConflict((conflict) => conflict.columns(['device_id', 'moment']).doUpdateSet(kept))
        .execute()
    },

    async keepTest({ deviceId, at, codes }: TestRow): Promise<void> {
      const kept = { at, codes: codes.join(' ') }
      await database
        .insertInto('device_tests')
        .values({ device_id: deviceId, ...kept })
        .onConflict((conflict) => conflict.column('device_id').doUpdateSet(kept))
        .execute()
    },

    /** @param only - one device; all of them without */
    async loadStates(only?: DeviceId): Promise<StateRow[]> {
      const query = database
        .selectFrom('device_states')
        .select(['device_id as deviceId', 'moment', 'at', 'state'])
      const rows = await (
        only === undefined ? query : query.where('device_id', '=', only)
      ).execute()
      // Checked against its schema before it was written.
      return rows.map((row) => ({ ...row, state: JSON.parse(row.state) as DeviceCondition }))
    },

    async loadTests(): Promise<TestRow[]> {
      const rows = await database
        .selectFrom('device_tests')
        .select(['device_id as deviceId', 'at', 'codes'])
        .execute()
      // Written from that very list.
      return rows.map((row) => ({
        ...row,
        codes: row.codes.split(' ').filter((code) => code !== '') as CheckCode[],
      }))
    },

    loadPush(): Promise<PushRow[]> {
      return (
        database
          .selectFrom('push_subscriptions')
          .select(['device_id as deviceId', 'proven_at as provenAt'])
          // Made for a former key: nothing arrives there.
          .where('lost_at', 'is', null)
          .execute()
      )
    },

    /** The last call of each device that is over. @param isCompleted - of those that were a talk to its end */
    async loadLastCalls({
      isCompleted = false,
      only,
    }: {
      readonly isCompleted?: boolean
      readonly only?: DeviceId
    }): Promise<DeviceCallRow[]> {
      const rows = await database
        .selectFrom('calls')
        .innerJoin(
          (query) =>
            query
              .selectFrom('calls')
              .select(({ fn }) => fn.max('created_at').as('last_at'))
              .select('citizen_device_id as last_device')
              .where('citizen_device_id', 'is not', null)
              .where('outcome', isCompleted ? '=' : 'is not', isCompleted ? 'completed' : null)
              .$if(only !== undefined, (all) => all.where('citizen_device_id', '=', only ?? null))
              .groupBy('citizen_device_id')
              .as('last'),
          (join) =>
            join
              .onRef('last_device', '=', 'calls.citizen_device_id')
              .onRef('last_at', '=', 'calls.created_at'),
        )
        .leftJoin('call_legs', 'call_legs.call_id', 'calls.id')
        .select(['citizen_device_id', 'calls.created_at as createdAt', 'calls.outcome'])
        .select(['call_legs.path', 'citizen_protocol as protocol', 'citizen_rtt_ms as rtt_ms'])
        .select(['citizen_loss_percent as loss_percent', 'citizen_jitter_ms as jitter_ms'])
        .select('citizen_freezes as freezes')
        .orderBy('call_legs.started_at', 'desc')
        .execute()
      return rows.flatMap(({ citizen_device_id: deviceId, outcome, ...rest }) =>
        deviceId === null || outcome === null ? [] : [{ ...rest, deviceId, outcome }],
      )
    },

    async listDeviceIds(): Promise<DeviceId[]> {
      const rows = await database
        .selectFrom('device_states')
        .select('device_id')
        .union(database.selectFrom('device_tests').select('device_id'))
        .execute()
      return rows.map((row) => row.device_id)
    },

    async forget(deviceId: DeviceId): Promise<void> {
      await database.deleteFrom('device_states').where('device_id', '=', deviceId).execute()
      await database.deleteFrom('device_tests').where('device_id', '=', deviceId).execute()
    },

    async forgetBefore(before: UnixMs): Promise<void> {
      await database.deleteFrom('device_states').where('at', '<', before).execute()
      await database.deleteFrom('device_tests').where('at', '<', before).execute()
    },
  }
}
