import type { DeviceState } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { Devices } from '../call/features/devices.ts'
import { LocalMedia } from '../call/media/local-media.ts'
import { watchLevel } from '../call/media/sound-level.ts'
import { cameraIcon, cameraOffIcon } from '../components/icons.ts'
import '../components/nv-device-choice.ts'
import '../components/nv-own-page.ts'
import '../components/nv-video-tile.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { ownPageStyles } from './own-page.styles.ts'

/**
 * "Lyd og billede": camera, microphone and loudspeaker are tried and chosen before somebody rings.
 * Nothing opens before the button, nothing leaves the device, and all is let go of with the page.
 */
@customElement('nv-sound-page')
export class NvSoundPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    ownPageStyles,
    css`
      nv-video-tile {
        width: min(100%, 24rem);
        aspect-ratio: 4 / 3;
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
      }

      .level {
        display: grid;
        gap: var(--nv-space-2);
        width: min(100%, 24rem);
      }

      meter {
        width: 100%;
        height: 1.5rem;
      }

      .button {
        justify-self: start;
      }
    `,
  ]

  @state() private stream: MediaStream | null = null
  @state() private level = 0
  @state() private isTrying = false
  #media: LocalMedia | null = null
  #devices = new Devices()
  #watched: MediaStreamTrack | null = null
  #endWatch: () => void = () => undefined

  constructor() {
    super()
    new FocusHeading(this, () => 'sound')
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  async #try(): Promise<void> {
    const media = new LocalMedia()
    this.#media = media
    this.#devices = new Devices()
    this.isTrying = true
    media.tracks.subscribe(() => {
      this.#follow(media)
    })
    this.#devices.start(media)
    await media.open({ withCamera: true })
  }

  #stop(): void {
    this.isTrying = false
    this.#media?.close()
    this.#media = null
    this.#devices.close()
    this.stream = null
  }

  #follow(media: LocalMedia): void {
    const { audio, video } = media.tracks.value
    if (this.stream?.getVideoTracks()[0] !== video) {
      this.stream = video === null ? null : new MediaStream([video])
    }
    if (audio !== this.#watched) this.#watch(audio)
    this.requestUpdate()
  }

  #watch(track: MediaStreamTrack | null): void {
    this.#endWatch()
    this.#watched = track
    this.level = 0
    const isThere = track !== null
    this.#endWatch = isThere ? watchLevel(track, (level) => (this.level = level)) : () => undefined
  }

  protected override render(): TemplateResult {
    return html`<nv-own-page back="/">
      <h1 tabindex="-1">${t('device.title')}</h1>
      <p>${t('device.about')}</p>
      ${this.isTrying ? this.#renderTrial() : this.#renderStart()}
    </nv-own-page>`
  }

  #renderStart(): TemplateResult {
    return html`<button class="button primary" type="button" @click=${() => void this.#try()}>
      ${cameraIcon}${t('device.try')}
    </button>`
  }

  #renderTrial(): TemplateResult {
    const { state, isOpening } = this.#media?.tracks.value ?? {}
    const isLost = (device: DeviceState | undefined) => isOpening !== true && device !== 'on'
    return html`
      <div role="status">
        ${isLost(state?.camera) ? html`<p>${t('device.noCamera')}</p>` : nothing}
        ${isLost(state?.microphone) ? html`<p>${t('device.noMicrophone')}</p>` : nothing}
      </div>
      ${this.stream === null ? nothing : this.#renderPicture(this.stream)}
      ${state?.microphone === 'on' ? this.#renderLevel() : nothing}
      <nv-device-choice .devices=${this.#devices}></nv-device-choice>
      <button class="button" type="button" @click=${() => this.#stop()}>
        ${cameraOffIcon}${t('device.stop')}
      </button>
    `
  }

  #renderPicture(stream: MediaStream): TemplateResult {
    return html`<nv-video-tile
      party="self"
      .stream=${stream}
      .label=${t('call.ownPicture')}
    ></nv-video-tile>`
  }

  #renderLevel(): TemplateResult {
    return html`<label class="level">
      ${t('device.saySomething')}
      <meter min="0" max="1" .value=${this.level}></meter>
    </label>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-sound-page': NvSoundPage
  }
}
