import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { ResizeWatch } from '../controllers/resize-watch.ts'
import { choosePictureFit, type PictureFit } from './picture-fit.ts'

/**
 * One party's picture and, for the other party, the sound.
 *
 * @fires nv-playback-blocked - the browser wants a tap before it plays; see `play`
 * @fires nv-playback-started
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

    video.mirrored {
      transform: scaleX(-1);
    }

    /* Sound goes on without a picture. */
    :host([is-hidden]) video {
      opacity: 0;
    }
  `

  @property({ attribute: false }) stream: MediaStream | null = null
  @property() party: 'remote' | 'self' = 'remote'
  /** What the picture is called for those who cannot see it. */
  @property() label = ''
  /** There is no picture to show just now; sound plays on. */
  @property({ type: Boolean, reflect: true, attribute: 'is-hidden' }) isHidden = false

  @state() private fit: PictureFit = 'contain'
  @query('video') private video!: HTMLVideoElement

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

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('stream')) return
    // As properties: the attribute `muted` only sets a default that Lit's clone of a template ignores.
    this.video.muted = this.party === 'self'
    if (this.video.srcObject === this.stream) return
    this.video.srcObject = this.stream
    if (this.stream !== null) void this.play()
  }

  #fit(): void {
    const { videoWidth, videoHeight } = this.video
    this.fit = choosePictureFit({
      picture: { width: videoWidth, height: videoHeight },
      frame: { width: this.clientWidth, height: this.clientHeight },
    })
  }

  #tell(type: 'nv-playback-blocked' | 'nv-playback-started'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const isSelf = this.party === 'self'
    const fit = isSelf ? 'cover' : this.fit
    return html`<video
      class="${fit} ${isSelf ? 'mirrored' : ''}"
      autoplay
      playsinline
      .muted=${isSelf}
      disablepictureinpicture
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
  }
}
