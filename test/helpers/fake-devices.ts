import { makeDeferred, type Deferred } from './deferred.ts'

/** A camera's or microphone's track: live until somebody stops it. */
export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video'
  enabled = true
  readyState: 'live' | 'ended' = 'live'
  muted = false
  readonly #settings: MediaTrackSettings

  constructor(kind: 'audio' | 'video', settings: MediaTrackSettings = {}) {
    super()
    this.kind = kind
    this.#settings = settings
  }

  getSettings(): MediaTrackSettings {
    return this.#settings
  }

  /** The system takes it away for a while, or gives it back. */
  setMuted(isMuted: boolean): void {
    this.muted = isMuted
    this.dispatchEvent(new Event(isMuted ? 'mute' : 'unmute'))
  }

  /** The system takes it away for good. */
  end(): void {
    this.readyState = 'ended'
    this.dispatchEvent(new Event('ended'))
  }

  stop(): void {
    this.readyState = 'ended'
  }
}

interface Opening {
  readonly kinds: readonly ('audio' | 'video')[]
  readonly wish: { readonly audio: unknown; readonly video: unknown }
  readonly settle: Deferred
}

/** The browser's devices, which open when the test says so. */
export class FakeDevices extends EventTarget {
  /** Every request there has been. */
  readonly openings: Opening[] = []
  readonly tracks: FakeTrack[] = []
  /** What is plugged in, as the browser lists it. */
  listed: { readonly kind: MediaDeviceKind; readonly deviceId: string }[] = []

  /** Puts itself in the place of the browser's own. */
  install(): void {
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: this })
  }

  enumerateDevices(): Promise<unknown[]> {
    return Promise.resolve(this.listed)
  }

  getUserMedia(wish: { audio: unknown; video: unknown }): Promise<unknown> {
    const kinds = (['audio', 'video'] as const).filter((kind) => wish[kind] !== false)
    const settle = makeDeferred()
    this.openings.push({ kinds, wish, settle })
    return settle.promise
  }

  /** Gives what the last request asked for. */
  grant(settings: MediaTrackSettings = {}): void {
    const opening = this.#last()
    const tracks = opening.kinds.map((kind) => new FakeTrack(kind, settings))
    this.tracks.push(...tracks)
    opening.settle.resolve({ getTracks: () => tracks })
  }

  /** Refuses the last request. */
  refuse(name: string): void {
    this.#last().settle.reject(new DOMException('no', name))
  }

  /** The kinds whose lamp is lit. */
  get live(): string[] {
    return this.tracks.filter((track) => track.readyState === 'live').map((track) => track.kind)
  }

  #last(): Opening {
    const last = this.openings.at(-1)
    if (last === undefined) throw new Error('nothing has been asked for')
    return last
  }
}
