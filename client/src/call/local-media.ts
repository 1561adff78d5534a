import type { DeviceState, MediaState } from '@naervaer/shared'
import { Store } from '../services/store.ts'
import { toDeviceState } from './media-error.ts'

type Kind = 'audio' | 'video'

const CONSTRAINTS = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  video: {
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
    facingMode: 'user',
  },
} as const satisfies Record<Kind, MediaTrackConstraints>

interface LocalTracks {
  readonly audio: MediaStreamTrack | null
  readonly video: MediaStreamTrack | null
  /** What is wished for while it is being opened, and what there is afterwards. */
  readonly state: MediaState
  /** The browser is opening the devices, and may be asking the person for leave. */
  readonly isOpening: boolean
}

const CLOSED: LocalTracks = {
  audio: null,
  video: null,
  state: { camera: 'off', microphone: 'off' },
  isOpening: false,
}

/**
 * This window's camera and microphone for one call.
 *
 * Whatever happens, `close` turns the lamp off: also for a device that is still being opened,
 * whose tracks are stopped the moment they come. A camera turned off is let go of, so that its
 * lamp goes out; a microphone turned off stays open and sends silence, so that it is back at once.
 */
export class LocalMedia {
  readonly tracks = new Store<LocalTracks>(CLOSED)
  /** What the person wants: it may change while the browser is still opening the devices. */
  readonly #isWanted: Record<Kind, boolean> = { audio: false, video: false }
  #isClosed = false

  /**
   * Opens the microphone and, where wished, the camera. Never rejects: what could not be opened
   * shows in the state, and the call goes on with what there is.
   */
  async open({ withCamera }: { withCamera: boolean }): Promise<void> {
    this.#isWanted.audio = true
    this.#isWanted.video = withCamera
    this.tracks.patch({
      state: { camera: withCamera ? 'on' : 'off', microphone: 'on' },
      isOpening: true,
    })
    await (withCamera ? this.#openBoth() : this.#openOne('audio'))
    this.tracks.patch({ isOpening: false })
  }

  async setCamera(isOn: boolean): Promise<void> {
    this.#isWanted.video = isOn
    if (isOn) await this.#openLater('video')
    else this.#release('video', 'off')
  }

  async setMicrophone(isOn: boolean): Promise<void> {
    this.#isWanted.audio = isOn
    const track = this.tracks.value.audio
    if (track === null) {
      if (isOn) await this.#openLater('audio')
      else this.#patch('audio', null, 'off')
      return
    }
    track.enabled = isOn
    this.#patch('audio', track, isOn ? 'on' : 'off')
  }

  close(): void {
    this.#isClosed = true
    this.#release('audio', 'off')
    this.#release('video', 'off')
  }

  async #openBoth(): Promise<void> {
    try {
      // One request for both: a second one would mute the first one's tracks on iOS (WebKit 179363).
      this.#adopt(await request(['audio', 'video']))
    } catch {
      // The error does not say which of the two it was about.
      await this.#openOne('audio')
      await this.#openOne('video')
    }
  }

  async #openLater(kind: Kind): Promise<void> {
    this.tracks.patch({ isOpening: true })
    await this.#openOne(kind)
    this.tracks.patch({ isOpening: false })
  }

  async #openOne(kind: Kind): Promise<void> {
    if (!this.#mayHave(kind)) return
    if (this.tracks.value[kind]?.readyState === 'live') return
    try {
      this.#adopt(await request([kind]))
    } catch (error) {
      if (this.#mayHave(kind)) this.#patch(kind, null, toDeviceState(error))
    }
  }

  #mayHave(kind: Kind): boolean {
    return !this.#isClosed && this.#isWanted[kind]
  }

  #adopt(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      const kind = track.kind === 'audio' ? 'audio' : 'video'
      if (this.#isClosed || (kind === 'video' && !this.#isWanted.video)) {
        track.stop()
        continue
      }
      this.tracks.value[kind]?.stop()
      // Unplugged, or taken away by the system; not fired by our own `stop`.
      track.addEventListener('ended', () => {
        if (this.tracks.value[kind] === track) this.#patch(kind, null, 'missing')
      })
      track.enabled = this.#isWanted[kind]
      this.#patch(kind, track, track.enabled ? 'on' : 'off')
    }
  }

  #release(kind: Kind, state: DeviceState): void {
    this.tracks.value[kind]?.stop()
    this.#patch(kind, null, state)
  }

  #patch(kind: Kind, track: MediaStreamTrack | null, deviceState: DeviceState): void {
    const { state } = this.tracks.value
    this.tracks.patch(
      kind === 'audio'
        ? { audio: track, state: { ...state, microphone: deviceState } }
        : { video: track, state: { ...state, camera: deviceState } },
    )
  }
}

/** @throws {DOMException} as `getUserMedia` does; `NotFoundError` where the browser offers none at all */
async function request(kinds: readonly Kind[]): Promise<MediaStream> {
  // Absent outside a secure context and in some in-app browsers, whatever the DOM types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) throw new DOMException('no media devices', 'NotFoundError')
  return devices.getUserMedia({
    audio: kinds.includes('audio') ? CONSTRAINTS.audio : false,
    video: kinds.includes('video') ? CONSTRAINTS.video : false,
  })
}
