import { Store } from '../../services/store.ts'
import type { LocalMedia } from '../media/local-media.ts'
import type { Feature, FeatureContext } from './features.ts'

export interface ScreenState {
  /** This side's picture is its screen. */
  readonly isOwn: boolean
  readonly isOther: boolean
}

/**
 * Staff show a screen or a window in the place of their own picture: the same sender, so that nothing
 * is negotiated anew. It ends by our button, by the browser's own, and with the call.
 */
export class ScreenShare implements Feature {
  readonly state = new Store<ScreenState>({ isOwn: false, isOther: false })
  readonly #context: FeatureContext
  #media: LocalMedia | null = null
  #unsubscribe: () => void = () => undefined

  constructor(context: FeatureContext) {
    this.#context = context
    context.line.on('screen', ({ isShown }) => {
      this.state.patch({ isOther: isShown })
    })
    context.line.onUp(() => {
      this.#tell()
    })
  }

  /** Only staff, and only where the browser can: no phone does. */
  get canShow(): boolean {
    const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined
    return this.#context.side === 'worker' && devices?.getDisplayMedia !== undefined
  }

  start(media: LocalMedia): void {
    this.#media = media
    this.#unsubscribe = media.tracks.subscribe(() => {
      const isOwn = media.tracks.value.screen !== null
      if (isOwn === this.state.value.isOwn) return
      this.state.patch({ isOwn })
      this.#tell()
    })
  }

  /** The browser asks which screen or window; who thinks better of it there has shown nothing. */
  async show(): Promise<void> {
    const stream = await navigator.mediaDevices
      .getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: false })
      .catch(() => null)
    const track = stream?.getVideoTracks()[0]
    if (track === undefined) return
    // Letters must stay sharp when the line is thin (W3C mst-content-hint).
    track.contentHint = 'detail'
    const media = this.#media
    if (media === null) {
      track.stop()
      return
    }
    track.addEventListener('ended', () => {
      if (media.tracks.value.screen === track) media.setScreen(null)
    })
    media.setScreen(track)
  }

  stop(): void {
    this.#media?.setScreen(null)
  }

  close(): void {
    this.#unsubscribe()
    this.#media = null
  }

  #tell(): void {
    this.#context.line.send({ type: 'screen', isShown: this.state.value.isOwn })
  }
}
