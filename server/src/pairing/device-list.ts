import {
  NaervaerError,
  type AuditActor,
  type DeviceId,
  type PairedKind,
  type PersonId,
  type UnixMs,
} from '@naervaer/shared'
import type { Accounts } from '../accounts/service.ts'
import type { Audit } from '../audit/audit.ts'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'
import { makePairingRepository } from './repository.ts'

export interface AnyDevice {
  readonly id: DeviceId
  readonly personId: PersonId
  readonly kind: PairedKind
  readonly pairedAt: UnixMs
  readonly seenAt: UnixMs | null
}

export interface DeviceListOptions {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Audit
  readonly accounts: Accounts
}

/** Everybody's paired devices, for the command line, which has no calls and no sockets at hand. */
export class DeviceList {
  readonly #options: DeviceListOptions

  constructor(options: DeviceListOptions) {
    this.#options = options
  }

  /** The newest pairing first. */
  list(): Promise<AnyDevice[]> {
    return this.#options.database
      .selectFrom('device_keys')
      .innerJoin('devices', 'devices.id', 'device_id')
      .select(['device_id as id', 'person_id as personId', 'kind'])
      .select(['paired_at as pairedAt', 'seen_at as seenAt'])
      .where('revoked_at', 'is', null)
      .orderBy('paired_at', 'desc')
      .limit(10_000)
      .execute()
  }

  /**
   * Ends a device for good. The server that is running finds it within a second, ends the call that it
   * takes part in and closes its sockets.
   *
   * @throws NaervaerError DEVICE_NOT_FOUND unless it is paired
   */
  async revoke(id: DeviceId, actor: AuditActor): Promise<void> {
    const { database, clock, audit, accounts } = this.#options
    await database.transaction().execute(async (transaction) => {
      const repository = makePairingRepository(transaction)
      const device = await repository.findDevice(id)
      if (device === null || !(await repository.revoke(id, clock.now(), 'asked'))) {
        throw new NaervaerError('DEVICE_NOT_FOUND')
      }
      const about = {
        actor,
        subjectId: device.personId,
        details: { deviceId: id, reason: 'asked' },
      }
      await audit.record({ action: 'device.revoked', ...about }, transaction)
    })
    await accounts.endSessionsOfDevice(id, actor)
  }
}
