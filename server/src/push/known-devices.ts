import type { DeviceId, DurationMs, PersonId, UnixMs } from '@naervaer/shared'
import type { PresenceHub } from '../presence/hub.ts'
import type { NotifiedDevice } from './repository.ts'

/** A notice that has arrived proves its device for this long: two weeks of holiday in a drawer. */
export const PROVEN_MS: DurationMs = 14 * 24 * 3_600_000

/** Which devices are notified, in memory: asked with every ring, and told to presence. */
export class KnownDevices {
  readonly #presence: Pick<PresenceHub, 'setNotified'>
  readonly #now: () => UnixMs
  readonly #devices = new Map<DeviceId, NotifiedDevice>()

  constructor(presence: Pick<PresenceHub, 'setNotified'>, now: () => UnixMs) {
    this.#presence = presence
    this.#now = now
  }

  set(device: NotifiedDevice): void {
    const former = this.#devices.get(device.deviceId)
    this.#devices.set(device.deviceId, device)
    if (former !== undefined && former.personId !== device.personId) this.#tell(former.personId)
    this.#tell(device.personId)
  }

  remove(deviceId: DeviceId): void {
    const former = this.#devices.get(deviceId)
    if (former === undefined) return
    this.#devices.delete(deviceId)
    this.#tell(former.personId)
  }

  /** A notice has reached the device. */
  prove(deviceId: DeviceId, now: UnixMs): void {
    const device = this.#devices.get(deviceId)
    if (device !== undefined) this.set({ ...device, provenAt: now })
  }

  has(personId: PersonId): boolean {
    return this.#listOf(personId).length > 0
  }

  /** What was proven long ago is proven no more: told again from time to time. */
  tellAll(): void {
    const people = new Set([...this.#devices.values()].map(({ personId }) => personId))
    for (const personId of people) this.#tell(personId)
  }

  #tell(personId: PersonId): void {
    const since = this.#now() - PROVEN_MS
    const own = this.#listOf(personId)
    this.#presence.setNotified(personId, {
      isNotified: own.length > 0,
      isProven: own.some(({ provenAt }) => provenAt !== null && provenAt > since),
    })
  }

  #listOf(personId: PersonId): NotifiedDevice[] {
    return [...this.#devices.values()].filter((device) => device.personId === personId)
  }
}
