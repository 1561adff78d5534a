import type {
  DeviceId,
  PairedKind,
  DevicePublicKey,
  PairedDevice,
  PairingId,
  PersonId,
  UnixMs,
} from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { PairingRow } from '../database/schema.ts'
import { newId } from '../new-id.ts'

export type PairingRepository = ReturnType<typeof makePairingRepository>

/** A device that is paired now, and whose it is. */
export interface KeyedDevice {
  readonly id: DeviceId
  readonly personId: PersonId
  readonly key: DevicePublicKey
}

/** Why a device is disconnected: somebody wants it, another takes its place, or no more calls are wanted. */
export type RevokeReason = 'asked' | 'replaced' | 'withdrawn'

/** A device that was paired, and why it is not any more; null where that was not written down. */
export interface FormerDevice {
  readonly key: DevicePublicKey
  readonly reason: RevokeReason | null
}

/** A device as it shows itself with a code. */
export interface Claim {
  readonly claimHash: string
  readonly digits: string
  readonly key: DevicePublicKey
  readonly kind: PairedKind
}

/** The device that a confirmed pairing makes. */
export interface NewDevice {
  readonly pairing: PairingRow & {
    readonly x: string
    readonly y: string
    readonly kind: PairedKind
  }
  readonly browserHash: string
  readonly thumbprint: string
}

/** Pairings, and devices with their keys, in SQL. */
export function makePairingRepository(database: Database) {
  return {
    async addPairing(row: PairingRow): Promise<void> {
      await database.insertInto('pairings').values(row).execute()
    },

    async findPairing(id: PairingId): Promise<PairingRow | null> {
      const row = await database
        .selectFrom('pairings')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row ?? null
    },

    async findBy(
      column: 'code_hash' | 'secret_hash' | 'claim_hash',
      hash: string,
    ): Promise<PairingRow | null> {
      const row = await database
        .selectFrom('pairings')
        .selectAll()
        .where(column, '=', hash)
        .executeTakeFirst()
      return row ?? null
    },

    /** The single use of a code. @returns whether this was it */
    async claim(id: PairingId, claim: Claim, now: UnixMs): Promise<boolean> {
      const { numUpdatedRows } = await database
        .updateTable('pairings')
        .set({
          state: 'claimed',
          claim_hash: claim.claimHash,
          digits: claim.digits,
          x: claim.key.x,
          y: claim.key.y,
          kind: claim.kind,
        })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** @returns whether it was still open or being asked about */
    async end(id: PairingId, state: 'refused' | 'closed'): Promise<boolean> {
      const { numUpdatedRows } = await database
        .updateTable('pairings')
        .set({ state })
        .where('id', '=', id)
        .where('state', 'in', ['open', 'claimed'])
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    /** Ends the codes for a citizen, or of them only one worker's: they have one at a time. */
    async closeOpen(citizenId: PersonId, workerId?: PersonId): Promise<void> {
      const open = database
        .updateTable('pairings')
        .set({ state: 'closed' })
        .where('citizen_id', '=', citizenId)
        .where('state', 'in', ['open', 'claimed'])
      await (workerId === undefined ? open : open.where('worker_id', '=', workerId)).execute()
    },

    async deleteOld(before: UnixMs): Promise<void> {
      await database.deleteFrom('pairings').where('expires_at', '<', before).execute()
    },

    /**
     * The worker's yes: makes the device, with the key that the claim has shown. In a transaction only.
     *
     * @returns null where somebody was quicker, or the time was over
     */
    async confirm({ pairing, browserHash, thumbprint }: NewDevice, now: UnixMs) {
      const deviceId = newId<DeviceId>()
      await database
        .insertInto('devices')
        .values({
          id: deviceId,
          person_id: pairing.citizen_id,
          browser_hash: browserHash,
          created_at: now,
        })
        .execute()
      const { numUpdatedRows } = await database
        .updateTable('pairings')
        .set({ state: 'confirmed', device_id: deviceId })
        .where('id', '=', pairing.id)
        .where('state', '=', 'claimed')
        .where('expires_at', '>', now)
        .executeTakeFirst()
      if (numUpdatedRows !== 1n) {
        await database.deleteFrom('devices').where('id', '=', deviceId).execute()
        return null
      }
      const { x, y, kind, worker_id } = pairing
      await database
        .insertInto('device_keys')
        .values({
          device_id: deviceId,
          thumbprint,
          x,
          y,
          kind,
          paired_by: worker_id,
          paired_at: now,
          seen_at: null,
          revoked_at: null,
          revoked_for: null,
        })
        .execute()
      return deviceId
    },

    async hasThumbprint(thumbprint: string): Promise<boolean> {
      const row = await database
        .selectFrom('device_keys')
        .select('device_id')
        .where('thumbprint', '=', thumbprint)
        .executeTakeFirst()
      return row !== undefined
    },

    async findDevice(id: DeviceId): Promise<KeyedDevice | null> {
      const row = await database
        .selectFrom('device_keys')
        .innerJoin('devices', 'devices.id', 'device_id')
        .select(['device_id', 'person_id', 'x', 'y'])
        .where('device_id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      if (row === undefined) return null
      return { id: row.device_id, personId: row.person_id, key: { x: row.x, y: row.y } }
    },

    /** A device that is paired no more; null for any other. */
    async findFormerDevice(id: DeviceId): Promise<FormerDevice | null> {
      const row = await database
        .selectFrom('device_keys')
        .select(['x', 'y', 'revoked_for'])
        .where('device_id', '=', id)
        .where('revoked_at', 'is not', null)
        .executeTakeFirst()
      if (row === undefined) return null
      return { key: { x: row.x, y: row.y }, reason: row.revoked_for }
    },

    async listDevices(personId: PersonId): Promise<PairedDevice[]> {
      const rows = await database
        .selectFrom('device_keys')
        .innerJoin('devices', 'devices.id', 'device_id')
        .select(['device_id as id', 'kind', 'paired_at as pairedAt', 'seen_at as seenAt'])
        .where('person_id', '=', personId)
        .where('revoked_at', 'is', null)
        .orderBy('paired_at', 'desc')
        .limit(100)
        .execute()
      return rows
    },

    /**
     * The browser in which the device signs in now: a lost cookie does not make it another device.
     *
     * @param spareHash - for whatever other device the person had in this browser
     * @returns that other device, whose key has been replaced by this one's; null where there is none
     */
    async setBrowser(
      { id, personId }: KeyedDevice,
      browserHash: string,
      spareHash: string,
      now: UnixMs,
    ): Promise<DeviceId | null> {
      return database.transaction().execute(async (transaction) => {
        const displaced = await transaction
          .updateTable('devices')
          .set({ browser_hash: spareHash })
          .where('person_id', '=', personId)
          .where('browser_hash', '=', browserHash)
          .where('id', '<>', id)
          .returning('id')
          .executeTakeFirst()
        await transaction
          .updateTable('devices')
          .set({ browser_hash: browserHash })
          .where('id', '=', id)
          .execute()
        await transaction
          .updateTable('device_keys')
          .set({ seen_at: now })
          .where('device_id', '=', id)
          .execute()
        return displaced?.id ?? null
      })
    },

    /** @returns whether it was paired until now */
    async revoke(id: DeviceId, now: UnixMs, reason: RevokeReason): Promise<boolean> {
      const { numUpdatedRows } = await database
        .updateTable('device_keys')
        .set({ revoked_at: now, revoked_for: reason })
        .where('device_id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },

    async listRevokedSince(from: UnixMs): Promise<DeviceId[]> {
      const rows = await database
        .selectFrom('device_keys')
        .select('device_id')
        .where('revoked_at', '>=', from)
        .execute()
      return rows.map((row) => row.device_id)
    },
  }
}
