import type { DeviceState, MediaState } from '@naervaer/shared'
import { Store } from '../../services/store.ts'
import { toDeviceState } from './media-error.ts'
import { requestMedia, type Facing, type MediaKind } from './media-request.ts'
import type { OpenWish } from './open-wish.ts'
import { TrackWatch } from './track-watch.ts'

/** How often in a row what the system has taken is fetched back unasked: it may be taken again each time. */
const MAX_UNASKED = 3

export interface LocalTracks {
  readonly audio: MediaStreamTrack | null
  readonly video: MediaStreamTrack | null
  /** Sent instead of the camera's picture. */
  readonly screen: MediaStreamTrack | null
  /** What is wished for while it is being opened, and what there is afterwards. */
  readonly state: MediaState
  /** The browser is opening the devices, and may be asking the person for leave. */
  readonly isOpening: boolean
  /** Nothing is captured and nothing is sent, until the person goes on. */
  readonly isPaused: boolean
  /** The system has taken a device away, and it did not come back by itself. */
  readonly isInterrupted: boolean
}

const CLOSED: LocalTracks = {
  audio: null,
  video: null,
  screen: null,
  state: { camera: 'off', microphone: 'off' },
  isOpening: false,
  isPaused: false,
  isInterrupted: false,
}

/**
 * This window's camera and microphone for one call.
 *
 * Whatever happens, `close` turns the lamp off: also for a device that is still being opened,
 * whose tracks are stopped the moment they come. A camera turned off is let go of, so that its
 * lamp goes out; a microphone turned off stays open and sends silence, so that it is back at once.
 * In a pause both are let go of: who has been told that nobody hears them sees no lamp that says otherwise.
 */
export class LocalMedia {
  readonly tracks = new Store<LocalTracks>(CLOSED)
  /** What the person wants: it may change while the browser is still opening the devices. */
  readonly #isWanted: Record<MediaKind, boolean> = { audio: false, video: false }
  readonly #watch: TrackWatch
  #facing: Facing | null = null
  #isClosed = false
  /** What was there until the system took it. */
  readonly #taken = new Set<MediaKind>()
  #isRecovering = false
  #unasked = 0

  constructor() {
    this.#watch = new TrackWatch({
      onMuted: (track) => {
        this.#onMuted(track)
      },
      onUnmuted: (track) => {
        this.#onUnmuted(track)
      },
      onEnded: (track) => {
        this.#onEnded(track)
      },
      onReturn: () => {
        this.#unasked = 0
        void this.#recover({ isAsked: false })
      },
    })
  }

  /**
   * Opens what is wished for. Never rejects: what could not be opened shows in the state, and the call
   * goes on with what there is.
   */
  async open({ withCamera, withMicrophone = true, isPaused = false }: OpenWish): Promise<void> {
    this.#isWanted.audio = withMicrophone
    this.#isWanted.video = withCamera
    if (isPaused) this.tracks.patch({ isPaused })
    else await this.#openWanted()
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

  /** Lets go of everything, or opens again what was wanted before. */
  async setPaused(isPaused: boolean): Promise<void> {
    if (this.#isClosed || isPaused === this.tracks.value.isPaused) return
    this.tracks.patch({ isPaused, isInterrupted: false })
    if (!isPaused) {
      await this.#openWanted()
      return
    }
    this.setScreen(null)
    this.#release('audio', 'off')
    this.#release('video', 'off')
  }

  /** What the camera would show is replaced by the screen, or is itself again; the former screen is let go of. */
  setScreen(screen: MediaStreamTrack | null): void {
    const { screen: former, isPaused } = this.tracks.value
    if (former !== screen) former?.stop()
    // The browser's question stays open while the person goes into a pause, and may be answered in it.
    const mayShow = !this.#isClosed && !isPaused
    if (!mayShow) screen?.stop()
    if (!this.#isClosed) this.tracks.patch({ screen: mayShow ? screen : null })
  }

  /** Opens what has been chosen instead of what is open; see `deviceChoice`. */
  async reopen(kind: MediaKind): Promise<void> {
    if (kind === 'video') this.#facing = null
    if (!this.#mayHave(kind)) return
    // Stopped first: some phones cannot have two cameras open, or one of them twice.
    this.#release(kind, 'on')
    await this.#openLater(kind)
  }

  /** The other of a phone's cameras, until the call is over. */
  async turnCamera(): Promise<void> {
    if (!this.#mayHave('video')) return
    const facing = this.tracks.value.video?.getSettings().facingMode ?? this.#facing
    this.#facing = facing === 'environment' ? 'user' : 'environment'
    this.#release('video', 'on')
    await this.#openLater('video')
  }

  /** Fetches what the system has taken away: asked for by a tap, which some browsers demand. */
  async recover(): Promise<void> {
    await this.#recover({ isAsked: true })
  }

  close(): void {
    this.setScreen(null)
    this.#isClosed = true
    this.#watch.close()
    this.#release('audio', 'off')
    this.#release('video', 'off')
  }

  async #openWanted(): Promise<void> {
    const { audio, video } = this.#isWanted
    this.tracks.patch({
      state: { camera: video ? 'on' : 'off', microphone: audio ? 'on' : 'off' },
      isOpening: true,
    })
    if (audio && video) await this.#openBoth()
    else if (audio || video) await this.#openOne(audio ? 'audio' : 'video')
    this.tracks.patch({ isOpening: false })
  }

  async #openBoth(): Promise<void> {
    try {
      // One request for both: a second one would mute the first one's tracks on iOS (WebKit 179363).
      this.#adopt(await requestMedia(['audio', 'video'], this.#facing))
    } catch {
      // The error does not say which of the two it was about.
      await this.#openOne('audio')
      await this.#openOne('video')
    }
  }

  async #openLater(kind: MediaKind): Promise<void> {
    this.tracks.patch({ isOpening: true })
    await this.#openOne(kind)
    this.tracks.patch({ isOpening: false })
  }

  async #openOne(kind: MediaKind): Promise<void> {
    if (!this.#mayHave(kind)) return
    const { [kind]: known } = this.tracks.value
    if (known?.readyState === 'live' && !known.muted) return
    try {
      this.#adopt(await requestMedia([kind], this.#facing))
    } catch (error) {
      if (this.#mayHave(kind)) this.#patch(kind, null, toDeviceState(error))
    }
  }

  #mayHave(kind: MediaKind): boolean {
    return !this.#isClosed && !this.tracks.value.isPaused && this.#isWanted[kind]
  }

  #adopt(stream: MediaStream): void {
    for (const track of stream.getTracks()) {
      const kind = toKind(track)
      const isUnwanted = kind === 'video' && !this.#isWanted.video
      if (this.#isClosed || this.tracks.value.isPaused || isUnwanted) {
        track.stop()
        continue
      }
      this.#letGo(kind)
      this.#taken.delete(kind)
      track.enabled = this.#isWanted[kind]
      this.#patch(kind, track, track.enabled ? 'on' : 'off')
      this.#watch.add(track)
    }
  }

  #onMuted(track: MediaStreamTrack): void {
    const kind = toKind(track)
    if (!track.muted || !this.#mayHave(kind)) return
    this.#taken.add(kind)
    this.#patch(kind, track, 'inUse')
    this.tracks.patch({ isInterrupted: true })
  }

  #onUnmuted(track: MediaStreamTrack): void {
    const kind = toKind(track)
    if (this.tracks.value[kind] !== track) return
    this.#taken.delete(kind)
    this.#patch(kind, track, track.enabled ? 'on' : 'off')
    if (this.#taken.size === 0) this.tracks.patch({ isInterrupted: false })
  }

  #onEnded(track: MediaStreamTrack): void {
    const kind = toKind(track)
    if (this.tracks.value[kind] !== track) return
    if (!this.#isWanted[kind]) {
      this.#release(kind, 'off')
      return
    }
    this.#taken.add(kind)
    this.#patch(kind, null, 'missing')
    if (this.#unasked >= MAX_UNASKED) this.tracks.patch({ isInterrupted: true })
    else if (document.visibilityState === 'visible') void this.#recover({ isAsked: false })
  }

  /** Nothing is fetched that a person has turned off themselves. */
  async #recover({ isAsked }: { isAsked: boolean }): Promise<void> {
    if (this.#isRecovering || ![...this.#taken].some((kind) => this.#mayHave(kind))) return
    this.#isRecovering = true
    this.#unasked += isAsked ? 0 : 1
    try {
      await this.#fetchTaken()
    } finally {
      this.#isRecovering = false
    }
    const { state } = this.tracks.value
    const isMissed = [...this.#taken].some((kind) => {
      const device = kind === 'audio' ? state.microphone : state.camera
      // What is not there any more is in nobody's hands. A refusal may only mean: not without a tap.
      return this.#mayHave(kind) && (device === 'inUse' || (device === 'refused' && !isAsked))
    })
    this.tracks.patch({ isInterrupted: isMissed })
  }

  /** All that is wanted in one request, also what is still there (see `#openBoth`); else one by one. */
  async #fetchTaken(): Promise<void> {
    const wanted = (['audio', 'video'] as const).filter((kind) => this.#mayHave(kind))
    try {
      this.#adopt(await requestMedia(wanted, this.#facing))
    } catch {
      for (const kind of [...this.#taken]) await this.#openOne(kind)
    }
  }

  #release(kind: MediaKind, state: DeviceState): void {
    this.#letGo(kind)
    this.#taken.delete(kind)
    this.#patch(kind, null, state)
  }

  #letGo(kind: MediaKind): void {
    const { [kind]: track } = this.tracks.value
    if (track === null) return
    this.#watch.remove(track)
    track.stop()
  }

  #patch(kind: MediaKind, track: MediaStreamTrack | null, deviceState: DeviceState): void {
    const { state } = this.tracks.value
    this.tracks.patch(
      kind === 'audio'
        ? { audio: track, state: { ...state, microphone: deviceState } }
        : { video: track, state: { ...state, camera: deviceState } },
    )
  }
}

const toKind = (track: MediaStreamTrack): MediaKind => (track.kind === 'audio' ? 'audio' : 'video')
