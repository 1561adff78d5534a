import type { MediaState } from '@naervaer/shared'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { NO_MEDIA } from '../call/call-snapshot.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import {
  cameraIcon,
  cameraOffIcon,
  goOnIcon,
  hangUpIcon,
  microphoneIcon,
  microphoneOffIcon,
  moreIcon,
  pauseIcon,
  writeIcon,
} from './icons.ts'
import { callControlsStyles } from './nv-call-controls.styles.ts'

/**
 * What one can do in a call. Always there, always in the same place; hanging up takes one tap. What is
 * seldom needed lies behind one button.
 *
 * @fires nv-set-camera - detail: whether it is to be on
 * @fires nv-set-microphone - detail: whether it is to be on
 * @fires nv-write - detail: whether the place for writing is to be there
 * @fires nv-pause - begins one, or goes on
 * @fires nv-more
 * @fires nv-hang-up
 */
@customElement('nv-call-controls')
export class NvCallControls extends LitElement {
  static override styles = [baseStyles, buttonStyles, callControlsStyles]

  @property({ attribute: false }) media: MediaState = NO_MEDIA
  /** What cannot be done yet has no button. */
  @property({ type: Boolean }) canWrite = false
  @property({ type: Boolean }) isWriting = false
  /** In a pause there is one thing to do, and hanging up. */
  @property({ type: Boolean }) isPaused = false
  @property({ type: Boolean }) hasMore = false

  #hadFocus = false

  protected override willUpdate(): void {
    this.#hadFocus = this.shadowRoot?.activeElement?.matches('.pause') === true
  }

  /** The button that was pressed is gone: the focus stays in its place. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('isPaused') || !this.#hadFocus) return
    this.shadowRoot?.querySelector<HTMLElement>('.pause')?.focus()
  }

  #set(type: 'nv-set-camera' | 'nv-set-microphone' | 'nv-write', isOn: boolean): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail: { isOn } }))
  }

  #tell(type: 'nv-pause' | 'nv-more' | 'nv-hang-up'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`<div class="bar" role="group" aria-label=${t('call.controls')}>
      <div class="tools ${this.isPaused ? 'paused' : ''}">
        ${this.isPaused ? this.#renderGoOn() : this.#renderTools()}
      </div>
      <div class="ends">
        ${this.hasMore && !this.isPaused ? this.#renderMore() : html`<span></span>`}
        <button class="button stop" type="button" @click=${() => this.#tell('nv-hang-up')}>
          ${hangUpIcon}${t('call.hangup')}
        </button>
      </div>
    </div>`
  }

  #renderTools(): TemplateResult {
    return html`
      ${this.#renderCamera()} ${this.#renderMicrophone()}
      ${this.canWrite ? this.#renderWrite() : nothing} ${this.#renderPause()}
    `
  }

  #renderGoOn(): TemplateResult {
    return html`<button
      class="button go pause"
      type="button"
      @click=${() => this.#tell('nv-pause')}
    >
      ${goOnIcon}${t('call.resume')}
    </button>`
  }

  #renderCamera(): TemplateResult {
    const isOn = this.media.camera === 'on'
    return html`<button
      class="button"
      type="button"
      @click=${() => this.#set('nv-set-camera', !isOn)}
    >
      ${isOn ? cameraIcon : cameraOffIcon}${renderLabel('call.camOff', 'call.camOn', isOn)}
    </button>`
  }

  #renderMicrophone(): TemplateResult {
    const isOn = this.media.microphone === 'on'
    return html`<button
      class="button"
      type="button"
      @click=${() => this.#set('nv-set-microphone', !isOn)}
    >
      ${isOn ? microphoneIcon : microphoneOffIcon}${renderLabel('call.micOff', 'call.micOn', isOn)}
    </button>`
  }

  #renderWrite(): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-expanded=${this.isWriting}
      @click=${() => this.#set('nv-write', !this.isWriting)}
    >
      ${writeIcon}${t('call.write')}
    </button>`
  }

  #renderPause(): TemplateResult {
    return html`<button class="button pause" type="button" @click=${() => this.#tell('nv-pause')}>
      ${pauseIcon}${t('call.pause')}
    </button>`
  }

  #renderMore(): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      aria-haspopup="dialog"
      @click=${() => this.#tell('nv-more')}
    >
      ${moreIcon}${t('call.more')}
    </button>`
  }
}

type LabelKey = `call.${'camOff' | 'camOn' | 'micOff' | 'micOn'}`

/** What pressing does now, in the room of what it does the next time. */
function renderLabel(off: LabelKey, on: LabelKey, isOn: boolean): TemplateResult {
  return html`<span class="label" data-other=${t(isOn ? on : off)}
    ><span>${t(isOn ? off : on)}</span></span
  >`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-call-controls': NvCallControls
  }
  interface HTMLElementEventMap {
    'nv-set-camera': CustomEvent<{ isOn: boolean }>
    'nv-set-microphone': CustomEvent<{ isOn: boolean }>
    'nv-write': CustomEvent<{ isOn: boolean }>
    'nv-pause': Event
    'nv-more': Event
    'nv-hang-up': Event
  }
}
