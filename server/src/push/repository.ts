import type { CallId, DeviceId, NewsId, PersonId, ReminderId, UnixMs } from '@naervaer/shared'
import type { PushLanguage, PushLevel, PushSubscriptionBody } from '@naervaer/shared/push'
import type { Database } from '../database/open.ts'
import type { PushNoticeRow, PushSubscriptionRow } from '../database/push-rows.ts'
import type { Secrets } from '../secrets/secrets.ts'

const PURPOSE = 'push'

/** A device that is notified, with what it takes to notify it. */
export interface Subscription {
  readonly deviceId: DeviceId
  readonly level: PushLevel
  readonly language: PushLanguage
  readonly seenAt: UnixMs
  readonly provenAt: UnixMs | null
  readonly target: PushSubscriptionBody
  /** Whether it was made for a key that the server has no more: nothing can be delivered there. */
  readonly isLost: boolean
}

/** A device that is notified, and whose it is. */
export interface NotifiedDevice {
  readonly deviceId: DeviceId
  readonly personId: PersonId
  readonly provenAt: UnixMs | null
}

export type PushRepository = ReturnType<typeof makePushRepository>

/** Whom to notify, and what became of each notice, in SQL. What opens a device's mailbox is sealed. */
export function makePushRepository(database: Database, secrets: Secrets) {
  const toSubscription = (row: PushSubscriptionRow): Subscription => ({
    deviceId: row.device_id,
    level: row.level,
    language: row.language,
    seenAt: row.seen_at,
    provenAt: row.proven_at,
    isLost: row.lost_at !== null,
    // Only `save` seals here, and what it sealed has been checked.
    target: JSON.parse(
      secrets.open(PURPOSE, row.sealed, row.device_id).toString(),
    ) as PushSubscriptionBody,
  })

  const toKeys = (row: { public_key: string; sealed_private_key: string }): VapidKeys => ({
    publicKey: row.public_key,
    privateKey: secrets.open(PURPOSE, row.sealed_private_key, 'vapid').toString(),
  })

  const selectLive = () =>
    database
      .selectFrom('push_subscriptions')
      .innerJoin('device_keys', 'device_keys.device_id', 'push_subscriptions.device_id')
      .innerJoin('devices', 'devices.id', 'push_subscriptions.device_id')
      .where('revoked_at', 'is', null)

  return {
    /**
     * @param endpointHash - of the same browser: whatever device had it before has it no more
     * @param onNew - of a device that was not notified before, in the same transaction
     * @returns the devices that had it
     */
    async save(
      subscription: Omit<Subscription, 'seenAt' | 'provenAt' | 'isLost'>,
      endpointHash: string,
      now: UnixMs,
      onNew: (within: Database) => Promise<void>,
    ): Promise<DeviceId[]> {
      const { deviceId, level, language, target } = subscription
      const sealed = secrets.seal(PURPOSE, Buffer.from(JSON.stringify(target)), deviceId)
      return database.transaction().execute(async (transaction) => {
        const before = await transaction
          .deleteFrom('push_subscriptions')
          .where((row) =>
            row.or([row('device_id', '=', deviceId), row('endpoint_hash', '=', endpointHash)]),
          )
          .returning(['device_id', 'endpoint_hash', 'created_at', 'proven_at', 'lost_at'])
          .execute()
        const same = before.find(
          (row) => row.device_id === deviceId && row.endpoint_hash === endpointHash,
        )
        await transaction
          .insertInto('push_subscriptions')
          .values({
            device_id: deviceId,
            endpoint_hash: endpointHash,
            sealed,
            level,
            language,
            created_at: same?.created_at ?? now,
            seen_at: now,
            proven_at: same?.proven_at ?? null,
            // The browser may not have noticed yet: the same address leads nowhere as before.
            lost_at: same?.lost_at ?? null,
          })
          .execute()
        if (!before.some((row) => row.device_id === deviceId)) await onNew(transaction)
        return before.flatMap((row) => (row.device_id === deviceId ? [] : [row.device_id]))
      })
    },

    async find(deviceId: DeviceId): Promise<Subscription | null> {
      const row = await selectLive()
        .selectAll('push_subscriptions')
        .where('push_subscriptions.device_id', '=', deviceId)
        .executeTakeFirst()
      return row === undefined ? null : toSubscription(row)
    },

    async loadOf(personId: PersonId): Promise<Subscription[]> {
      const rows = await selectLive()
        .selectAll('push_subscriptions')
        .where('person_id', '=', personId)
        .where('lost_at', 'is', null)
        .execute()
      return rows.map(toSubscription)
    },

    /** Everybody's, without what it takes to notify them. */
    listDevices(): Promise<NotifiedDevice[]> {
      return selectLive()
        .select(['push_subscriptions.device_id as deviceId', 'person_id as personId'])
        .select('proven_at as provenAt')
        .where('lost_at', 'is', null)
        .execute()
    },

    /** @param onRemoved - where there was one, in the same transaction */
    async remove(
      deviceId: DeviceId,
      onRemoved: (within: Database) => Promise<void> = () => Promise.resolve(),
    ): Promise<void> {
      await database.transaction().execute(async (transaction) => {
        const { numDeletedRows } = await transaction
          .deleteFrom('push_subscriptions')
          .where('device_id', '=', deviceId)
          .executeTakeFirst()
        if (numDeletedRows === 1n) await onRemoved(transaction)
      })
    },

    /** Only where it is still this one: the browser may have been quicker with a new one. */
    async removeTarget({ deviceId, target }: Subscription): Promise<boolean> {
      const row = await database
        .selectFrom('push_subscriptions')
        .selectAll()
        .where('device_id', '=', deviceId)
        .executeTakeFirst()
      if (row === undefined || toSubscription(row).target.endpoint !== target.endpoint) return false
      const { numDeletedRows } = await database
        .deleteFrom('push_subscriptions')
        .where('device_id', '=', deviceId)
        .where('endpoint_hash', '=', row.endpoint_hash)
        .executeTakeFirst()
      return numDeletedRows === 1n
    },

    /** @returns the devices that have been silent since then, which are notified no more */
    async removeSilent(since: UnixMs): Promise<DeviceId[]> {
      const rows = await database
        .deleteFrom('push_subscriptions')
        .where('seen_at', '<', since)
        .returning('device_id')
        .execute()
      return rows.map((row) => row.device_id)
    },

    async addNotices(rows: readonly PushNoticeRow[]): Promise<void> {
      await database.insertInto('push_notices').values(rows).execute()
    },

    async saveNotice(id: string, state: 'sent' | 'failed'): Promise<void> {
      await database.updateTable('push_notices').set({ state }).where('id', '=', id).execute()
    },

    async findNotice(tokenHash: string): Promise<PushNoticeRow | null> {
      const row = await database
        .selectFrom('push_notices')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return row ?? null
    },

    async loadNotices(callId: CallId): Promise<PushNoticeRow[]> {
      return database
        .selectFrom('push_notices')
        .selectAll()
        .where('call_id', '=', callId)
        .orderBy('created_at')
        .execute()
    },

    async loadNoticesOf(reminderId: ReminderId): Promise<PushNoticeRow[]> {
      return database
        .selectFrom('push_notices')
        .selectAll()
        .where('reminder_id', '=', reminderId)
        .orderBy('created_at')
        .execute()
    },

    loadNoticesOfNews(newsId: NewsId): Promise<PushNoticeRow[]> {
      return database
        .selectFrom('push_notices')
        .selectAll()
        .where('news_id', '=', newsId)
        .orderBy('created_at')
        .execute()
    },

    /** The single use of a token. @returns the notice, or null where it was not, or is used */
    async takeReceipt(tokenHash: string, now: UnixMs): Promise<PushNoticeRow | null> {
      return database.transaction().execute(async (transaction) => {
        const notice = await transaction
          .updateTable('push_notices')
          .set({ arrived_at: now })
          .where('token_hash', '=', tokenHash)
          .where('arrived_at', 'is', null)
          .returningAll()
          .executeTakeFirst()
        if (notice === undefined) return null
        await transaction
          .updateTable('push_subscriptions')
          .set({ proven_at: now, seen_at: now })
          .where('device_id', '=', notice.device_id)
          .execute()
        return notice
      })
    },

    async removeOldNotices(before: UnixMs): Promise<void> {
      await database.deleteFrom('push_notices').where('created_at', '<', before).execute()
    },

    /** The server's pair of keys: what is there already, or else this one. */
    async findOrKeepKeys(make: () => VapidKeys, now: UnixMs): Promise<VapidKeys> {
      return database.transaction().execute(async (transaction) => {
        const made = make()
        const sealed = secrets.seal(PURPOSE, Buffer.from(made.privateKey), 'vapid')
        await transaction
          .insertInto('push_keys')
          .values({
            id: 1,
            public_key: made.publicKey,
            sealed_private_key: sealed,
            created_at: now,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        const row = await transaction.selectFrom('push_keys').selectAll().executeTakeFirstOrThrow()
        return toKeys(row)
      })
    },

    /** The pair there is now: the command line may have drawn another. */
    async findKeys(): Promise<VapidKeys | null> {
      const row = await database.selectFrom('push_keys').selectAll().executeTakeFirst()
      return row === undefined ? null : toKeys(row)
    },

    /**
     * Puts another pair in the place of the server's own: whatever was made for the former leads nowhere. What
     * citizens have chosen is kept, for the address that each device makes anew.
     *
     * @param onRotated - in the same transaction
     * @returns how many devices are notified no more until their app has been opened
     */
    async replaceKeys(
      { publicKey, privateKey }: VapidKeys,
      now: UnixMs,
      onRotated: (within: Database) => Promise<void>,
    ): Promise<number> {
      const sealed = secrets.seal(PURPOSE, Buffer.from(privateKey), 'vapid')
      const values = { public_key: publicKey, sealed_private_key: sealed, created_at: now }
      return database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('push_keys')
          .values({ id: 1, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute()
        const { numUpdatedRows } = await transaction
          .updateTable('push_subscriptions')
          .set({ lost_at: now, proven_at: null })
          .where('lost_at', 'is', null)
          .executeTakeFirst()
        await onRotated(transaction)
        return Number(numUpdatedRows)
      })
    },
  }
}

/** By which push services know us (RFC 8292), in base64url. */
export interface VapidKeys {
  readonly publicKey: string
  readonly privateKey: string
}
