import type { DeviceId, DurationMs, PersonId, UnixMs } from '@naervaer/shared'
import type { PresenceHub } from '../presence/hub.ts'
import type { NotifiedDevice } from './repository.ts'

/** A notice that has arrived proves its device for this long: two weeks of holiday in a drawer. */
export const PROVEN_MS: DurationMs = 14 * 24 * 3_600_000

/** Which devices are notified, in memory: asked with every ring, and told to presence. */
export class KnownDevices {
  readonly #presence: Pick<PresenceHub, 'setNotified'>
  readonly #now: () => UnixMs
  readonly #ofPeople = new Map<PersonId, Map<DeviceId, NotifiedDevice>>()
  readonly #owners = new Map<DeviceId, PersonId>()

  constructor(presence: Pick<PresenceHub, 'setNotified'>, now: () => UnixMs) {
    this.#presence = presence
    this.#now = now
  }

  set(device: NotifiedDevice): void {
    const { deviceId, personId } = device
    if (this.#owners.get(deviceId) !== personId) this.remove(deviceId)
    this.#owners.set(deviceId, personId)
    const own = this.#ofPeople.get(personId) ?? new Map<DeviceId, NotifiedDevice>()
    this.#ofPeople.set(personId, own.set(deviceId, device))
    this.#tell(personId)
  }

  remove(deviceId: DeviceId): void {
    const personId = this.#owners.get(deviceId)
    if (personId === undefined) return
    this.#owners.delete(deviceId)
    const own = this.#ofPeople.get(personId)
    own?.delete(deviceId)
    if (own?.size === 0) this.#ofPeople.delete(personId)
    this.#tell(personId)
  }

  /** Nothing can be delivered to any of them. */
  clear(): void {
    for (const deviceId of [...this.#owners.keys()]) this.remove(deviceId)
  }

  /** A notice has reached the device. */
  prove(deviceId: DeviceId, now: UnixMs): void {
    const personId = this.#owners.get(deviceId)
    if (personId !== undefined) this.set({ deviceId, personId, provenAt: now })
  }

  has(personId: PersonId): boolean {
    return this.#ofPeople.has(personId)
  }

  /** What was proven long ago is proven no more: told again from time to time. */
  tellAll(): void {
    for (const personId of this.#ofPeople.keys()) this.#tell(personId)
  }

  #tell(personId: PersonId): void {
    const since = this.#now() - PROVEN_MS
    const own = [...(this.#ofPeople.get(personId)?.values() ?? [])]
    this.#presence.setNotified(personId, {
      isNotified: own.length > 0,
      isProven: own.some(({ provenAt }) => provenAt !== null && provenAt > since),
    })
  }
}
