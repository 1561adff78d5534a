import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import type { CallQuality } from '../call/features/quality.ts'
import { FollowStore } from '../controllers/follow-store.ts'
import { ResizeWatch } from '../controllers/resize-watch.ts'
import { onFirstPicture } from './first-picture.ts'
import { choosePictureFit, type PictureFit } from './picture-fit.ts'

const PAGE_EVENTS = ['pageshow', 'focus'] as const

/**
 * One party's picture and, for the other party, the sound.
 *
 * @fires nv-playback-blocked - the browser wants a tap before it plays; see `play`
 * @fires nv-playback-started
 * @fires nv-picture - `hasPicture` has changed
 */
@customElement('nv-video-tile')
export class NvVideoTile extends LitElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      overflow: hidden;
    }

    video {
      display: block;
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
      object-fit: contain;
      /* A face sits above the middle of most pictures; what is cut off comes from below. */
      object-position: 50% 35%;
    }

    video.cover {
      object-fit: cover;
    }

    video.closer {
      inset-inline: -16.5%;
      width: 133%;
    }

    /* Two colours, so that one of them stands out from any picture. */
    :host([is-speaking])::after {
      content: '';
      position: absolute;
      inset: 0;
      border: 4px solid var(--nv-accent);
      border-radius: inherit;
      box-shadow: inset 0 0 0 2px var(--nv-paper-raised);
      pointer-events: none;
    }

    video.mirrored {
      transform: scaleX(-1);
    }
  `

  @property({ attribute: false }) stream: MediaStream | null = null
  @property() party: 'remote' | 'self' = 'remote'
  /** What the picture is called for those who cannot see it. */
  @property() label = ''
  /** There is no picture to wait for just now; something lies over the video, and sound plays on. */
  @property({ type: Boolean }) isCovered = false
  /** Who speaks, and what is shown, is told and asked here; null while there is no talk. */
  @property({ attribute: false }) quality: CallQuality | null = null
  /** Whoever is shown here speaks just now. */
  @property({ type: Boolean, reflect: true, attribute: 'is-speaking' }) isSpeaking = false
  /** The picture is a screen: nothing of it may be cut off. */
  @property({ type: Boolean }) isWhole = false
  /** In a pause nothing is heard. */
  @property({ type: Boolean }) isSilent = false
  /** Whether the picture may be put into a small window of its own. */
  @property({ type: Boolean }) mayFloat = false
  /** The loudspeaker; null leaves it to the browser. */
  @property({ attribute: false }) loudspeaker: string | null = null
  /** Whether the other side has been seen since the stream came, or since it was last uncovered. */
  @property({ type: Boolean, reflect: true, attribute: 'has-picture' }) hasPicture = false

  @state() private fit: PictureFit = 'contain'
  @query('video') private video!: HTMLVideoElement

  #stopWaiting: (() => void) | null = null
  #stopCounting: (() => void) | null = null
  readonly #voices = new FollowStore(this, () => this.quality?.voices ?? null)

  constructor() {
    super()
    new ResizeWatch(this, () => this.#fit())
  }

  /** Tries to play; to be called from a tap after `nv-playback-blocked`. */
  async play(): Promise<void> {
    try {
      await this.video.play()
      this.#tell('nv-playback-started')
    } catch (error) {
      // AbortError only says that a newer stream took the place of this one.
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        this.#tell('nv-playback-blocked')
      }
    }
  }

  /** Into a small window over everything else, or back; to be called from a tap. */
  async toggleFloating(): Promise<void> {
    if (this.#isFloating) this.#endFloating()
    // Refused while there is no picture; then there is nothing to float.
    else await this.video.requestPictureInPicture().catch(() => undefined)
  }

  get #isFloating(): boolean {
    return this.shadowRoot?.pictureInPictureElement === this.video
  }

  #endFloating(): void {
    if (this.#isFloating) document.exitPictureInPicture().catch(() => undefined)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.#resume)
    for (const type of PAGE_EVENTS) addEventListener(type, this.#resume)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.#resume)
    for (const type of PAGE_EVENTS) removeEventListener(type, this.#resume)
    this.#stopWaiting?.()
    this.#stopCounting?.()
    this.#stopCounting = null
    this.#endFloating()
  }

  /** An ordinary telephone call, or another app's sound, stops ours, and nobody starts it again. */
  readonly #resume = (): void => {
    const isStopped = document.visibilityState === 'visible' && this.video.paused
    if (isStopped && this.stream !== null) void this.play()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('stream') || changed.has('isCovered')) this.hasPicture = false
    const voices = this.#voices.value
    const isSelf = this.party === 'self'
    this.isSpeaking = (isSelf ? voices?.own : voices?.other) ?? false
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('stream')) this.#show()
    this.video.muted = this.party === 'self' || this.isSilent
    // What is covered here must not stay over everything else.
    if (this.isSilent || this.isCovered) this.#endFloating()
    if (changed.has('loudspeaker')) this.#chooseLoudspeaker()
    if (changed.has('isWhole')) this.#fit()
    if (changed.has('stream') || changed.has('isCovered')) this.#awaitPicture()
    if (changed.has('quality') || this.#stopCounting === null) this.#countFrames()
    if (changed.has('hasPicture')) this.#tell('nv-picture')
  }

  #show(): void {
    // As a property: the attribute `muted` only sets a default that Lit's clone of a template ignores.
    this.video.muted = this.party === 'self' || this.isSilent
    if (this.video.srcObject === this.stream) return
    this.video.srcObject = this.stream
    if (this.stream !== null) void this.play()
  }

  #countFrames(): void {
    this.#stopCounting?.()
    this.#stopCounting = null
    if (this.party === 'self' || this.quality === null || !this.isConnected) return
    const { shownFrames, playback } = this.quality
    const stops = [shownFrames.watch(this.video), playback.watch(this.video)]
    this.#stopCounting = () => {
      for (const stop of stops) stop()
    }
  }

  #awaitPicture(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = null
    if (this.stream === null || this.isCovered) return
    this.#stopWaiting = onFirstPicture(this.video, () => (this.hasPicture = true))
  }

  /** One that is not there any more leaves the sound where it is. */
  #chooseLoudspeaker(): void {
    if (this.party === 'self' || !('setSinkId' in this.video)) return
    this.video.setSinkId(this.loudspeaker ?? '').catch(() => undefined)
  }

  #fit(): void {
    const { videoWidth, videoHeight } = this.video
    this.fit = choosePictureFit({
      picture: { width: videoWidth, height: videoHeight },
      frame: { width: this.clientWidth, height: this.clientHeight },
    })
  }

  /** As in a mirror, which is how one knows oneself; what a camera shows of the room reads the right way. */
  get #isMirrored(): boolean {
    const [track] = this.party === 'self' ? (this.stream?.getVideoTracks() ?? []) : []
    return track !== undefined && track.getSettings().facingMode !== 'environment'
  }

  #tell(type: 'nv-playback-blocked' | 'nv-playback-started' | 'nv-picture'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const isSelf = this.party === 'self'
    const fit = isSelf ? 'cover' : this.isWhole ? 'contain' : this.fit
    return html`<video
      class="${fit} ${this.#isMirrored ? 'mirrored' : ''}"
      autoplay
      playsinline
      .muted=${isSelf || this.isSilent}
      ?disablepictureinpicture=${!this.mayFloat}
      data-party=${this.party}
      aria-label=${this.label}
      @resize=${() => this.#fit()}
      @loadedmetadata=${() => this.#fit()}
    ></video>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-video-tile': NvVideoTile
  }
  interface HTMLElementEventMap {
    'nv-playback-blocked': Event
    'nv-playback-started': Event
    'nv-picture': Event
  }
}
