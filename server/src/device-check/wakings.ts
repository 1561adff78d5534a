import type { DeviceId, DurationMs, PersonId, WakeState } from '@naervaer/shared'
import { NaervaerError } from '@naervaer/shared'
import type { Devices } from '../pairing/devices.ts'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { PresenceHub } from '../presence/hub.ts'
import type { Push, TrialReceipt } from '../push/service.ts'

/** A trial that has not come by then is one that a ring would not have come by, either. */
export const WAKE_MS: DurationMs = 60_000

export interface WakingsOptions {
  readonly clock: Clock
  readonly devices: Pick<Devices, 'listOf'>
  readonly presence: Pick<PresenceHub, 'listAll' | 'listConnections' | 'onClosed'>
  readonly push: Pick<Push, 'sendTrialTo' | 'onTrialReceipt' | 'onReminderReceipt'>
  /** What was found. */
  readonly onFound: (deviceId: DeviceId, isOk: boolean) => Promise<void>
  readonly onError: (error: unknown) => void
}

interface Waking {
  readonly citizenId: PersonId
  readonly stopWaiting: Cancel
}

/**
 * Whether a notice wakes the closed app (feature N7): sent while the device has no connection, and
 * receipted while it still has none. Who opens the app meanwhile has shown nothing, in either direction.
 */
export class Wakings {
  readonly #options: WakingsOptions
  readonly #waiting = new Map<DeviceId, Waking>()

  constructor(options: WakingsOptions) {
    this.#options = options
    options.push.onTrialReceipt((receipt) => {
      this.#take(receipt)
    })
    // A reminder is a proof that nobody had to ask for (feature N6).
    options.push.onReminderReceipt(({ deviceId }) => {
      const isOpen = [...options.presence.listAll()].some((each) => each.deviceId === deviceId)
      if (isOpen) return
      this.#drop(deviceId)
      this.#tell(deviceId, true)
    })
    // It was open, and nobody knows when.
    options.presence.onClosed(({ deviceId }) => {
      this.#drop(deviceId)
    })
  }

  /**
   * @param name - who would call
   * @throws NaervaerError DEVICE_NOT_FOUND unless it is a paired device of the citizen
   */
  async wake(citizenId: PersonId, deviceId: DeviceId, name: string): Promise<WakeState> {
    const { devices, push } = this.#options
    const paired = await devices.listOf(citizenId)
    if (!paired.some(({ id }) => id === deviceId)) throw new NaervaerError('DEVICE_NOT_FOUND')
    if (this.#isOpen(citizenId, deviceId)) return 'open'
    // The receipt may overtake the push service's answer.
    this.#wait(citizenId, deviceId)
    const isSent = await push.sendTrialTo(deviceId, name)
    if (isSent === true) return 'sent'
    this.#drop(deviceId)
    return isSent === null ? 'off' : 'failed'
  }

  #isOpen(citizenId: PersonId, deviceId: DeviceId): boolean {
    const connections = this.#options.presence.listConnections(citizenId)
    return connections.some((connection) => connection.deviceId === deviceId)
  }

  #wait(citizenId: PersonId, deviceId: DeviceId): void {
    this.#drop(deviceId)
    const { clock } = this.#options
    const stopWaiting = clock.at(clock.now() + WAKE_MS, () => {
      this.#waiting.delete(deviceId)
      if (!this.#isOpen(citizenId, deviceId)) this.#tell(deviceId, false)
    })
    this.#waiting.set(deviceId, { citizenId, stopWaiting })
  }

  #take({ deviceId }: TrialReceipt): void {
    const waking = this.#waiting.get(deviceId)
    if (waking === undefined) return
    this.#drop(deviceId)
    if (!this.#isOpen(waking.citizenId, deviceId)) this.#tell(deviceId, true)
  }

  #drop(deviceId: DeviceId): void {
    this.#waiting.get(deviceId)?.stopWaiting()
    this.#waiting.delete(deviceId)
  }

  #tell(deviceId: DeviceId, isOk: boolean): void {
    this.#options.onFound(deviceId, isOk).catch(this.#options.onError)
  }
}
