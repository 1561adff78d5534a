import { Store } from '../../services/store.ts'
import { deviceChoice, type ChosenDevices } from '../media/chosen-devices.ts'
import type { LocalMedia } from '../media/local-media.ts'
import type { Feature } from './features.ts'

/** A device as the browser names it. */
export interface NamedDevice {
  readonly id: string
  readonly label: string
}

/** What there is to choose from; empty where nothing can be chosen. */
export type DeviceLists = Readonly<Record<keyof ChosenDevices, readonly NamedDevice[]>>

const NONE: DeviceLists = { microphone: [], camera: [], loudspeaker: [] }

const KINDS = {
  microphone: 'audioinput',
  camera: 'videoinput',
  loudspeaker: 'audiooutput',
} as const satisfies Record<keyof ChosenDevices, MediaDeviceKind>

/** Which camera, microphone and loudspeaker are used: for a call, and before one. */
export class Devices implements Feature {
  readonly lists = new Store<DeviceLists>(NONE)
  /** The same for all calls of this browser. */
  readonly choice = deviceChoice
  #media: LocalMedia | null = null
  #over = new AbortController()

  start(media: LocalMedia): void {
    this.#media = media
    const devices = navigator.mediaDevices as MediaDevices | undefined
    devices?.addEventListener('devicechange', () => void this.refresh(), {
      signal: this.#over.signal,
    })
    // Browsers name the devices only while one is open.
    const unsubscribe = media.tracks.subscribe(() => {
      if (!media.tracks.value.isOpening) void this.refresh()
    })
    this.#over.signal.addEventListener('abort', unsubscribe)
    void this.refresh()
  }

  async choose(change: Partial<ChosenDevices>): Promise<void> {
    this.choice.choose(change)
    if (change.microphone !== undefined) await this.#media?.reopen('audio')
    if (change.camera !== undefined) await this.#media?.reopen('video')
  }

  /** The other of a phone's two cameras. */
  async turnCamera(): Promise<void> {
    await this.#media?.turnCamera()
  }

  /** Looks again at what there is. */
  async refresh(): Promise<void> {
    const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined
    const found = (await devices?.enumerateDevices?.().catch(() => [])) ?? []
    if (this.#over.signal.aborted) return
    const list = (name: keyof ChosenDevices): NamedDevice[] =>
      found
        .filter(
          ({ kind, deviceId, label }) => kind === KINDS[name] && deviceId !== '' && label !== '',
        )
        .map(({ deviceId, label }) => ({ id: deviceId, label }))
    const lists = {
      microphone: list('microphone'),
      camera: list('camera'),
      loudspeaker: canChooseLoudspeaker() ? list('loudspeaker') : [],
    }
    if (JSON.stringify(lists) !== JSON.stringify(this.lists.value)) this.lists.set(lists)
  }

  close(): void {
    this.#over.abort()
    this.#media = null
  }
}

/**
 * Phones decide for themselves where sound comes out, and where they offer a choice it has no effect on
 * a call's sound (livekit/client-sdk-js#1635, element-hq/element-call#1071).
 */
function canChooseLoudspeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype && !matchMedia('(pointer: coarse)').matches
}
