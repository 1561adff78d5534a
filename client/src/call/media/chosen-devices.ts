import { Store } from '../../services/store.ts'

const KEY = 'naervaer.devices'

/** Which devices this browser shall use, by the ids it knows them by; null leaves it to the browser. */
export interface ChosenDevices {
  readonly microphone: string | null
  readonly camera: string | null
  readonly loudspeaker: string | null
}

const NONE: ChosenDevices = { microphone: null, camera: null, loudspeaker: null }

/**
 * The choice of devices, kept in this browser only (local storage). Ids are random, and differ between
 * sites and browsers (W3C mediacapture-streams § 9.2.1).
 */
export class DeviceChoice {
  readonly state = new Store<ChosenDevices>(read())

  choose(change: Partial<ChosenDevices>): void {
    this.state.patch(change)
    try {
      localStorage.setItem(KEY, JSON.stringify(this.state.value))
    } catch {
      // Storage may be refused (private windows, policies): the choice then holds for this window.
    }
  }
}

function read(): ChosenDevices {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof value !== 'object' || value === null) return NONE
    const { microphone, camera, loudspeaker } = value as Record<string, unknown>
    return { microphone: toId(microphone), camera: toId(camera), loudspeaker: toId(loudspeaker) }
  } catch {
    return NONE
  }
}

const toId = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

/** One for the window: what is chosen before a call holds in it. */
export const deviceChoice = new DeviceChoice()
