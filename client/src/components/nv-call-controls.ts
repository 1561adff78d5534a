import type { MediaState } from '@naervaer/shared'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { NO_MEDIA } from '../call/call-snapshot.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import {
  cameraIcon,
  cameraOffIcon,
  hangUpIcon,
  microphoneIcon,
  microphoneOffIcon,
  selfIcon,
} from './icons.ts'

/**
 * What one can do in a call. Always there, always in the same place; hanging up takes one tap.
 *
 * @fires nv-set-camera - detail: whether it is to be on
 * @fires nv-set-microphone - detail: whether it is to be on
 * @fires nv-set-self-view - detail: whether one's own picture is to be shown
 * @fires nv-hang-up
 */
@customElement('nv-call-controls')
export class NvCallControls extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      .bar {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--nv-space-2);
        max-width: 60rem;
        margin-inline: auto;
      }

      .button {
        flex-direction: column;
        gap: 0.3em;
        min-height: 4.5rem;
        padding: var(--nv-space-2) var(--nv-space-1);
        font-size: var(--nv-text-s);
      }

      .button svg {
        width: 1.75rem;
        height: 1.75rem;
      }

      .self {
        grid-column: 1 / -1;
        order: 1;
        flex-direction: row;
        min-height: 3rem;
        padding: var(--nv-space-1);
      }

      .self svg {
        width: 1.375rem;
        height: 1.375rem;
      }

      @media (min-width: 48rem) and (min-height: 34.01rem) {
        .bar {
          display: flex;
          justify-content: center;
          gap: var(--nv-space-4);
        }

        .button {
          flex-direction: row;
          gap: 0.6em;
          min-height: 3.75rem;
          padding-inline: var(--nv-space-5);
          font-size: var(--nv-text-m);
        }

        .self {
          order: -1;
          margin-inline-end: auto;
          padding-inline: var(--nv-space-2);
          font-size: var(--nv-text-s);
        }

        .stop {
          margin-inline-start: var(--nv-space-5);
        }
      }

      @media (min-width: 48rem) and (max-width: 70rem) and (min-height: 34.01rem) {
        .bar {
          flex-wrap: wrap;
          row-gap: var(--nv-space-2);
        }

        .self {
          order: 1;
          flex-basis: 100%;
          margin: 0;
        }
      }

      /* A phone on its side: a column of buttons leaves the height to the picture. */
      @media (max-height: 34rem) and (min-width: 36rem) {
        .bar {
          grid-template-columns: minmax(0, 1fr);
          height: 100%;
          grid-auto-rows: minmax(3rem, auto);
          align-content: space-evenly;
        }

        .button {
          flex-direction: row;
          justify-content: start;
          gap: 0.6em;
          min-height: 3rem;
          padding-inline: var(--nv-space-3);
          text-align: start;
        }

        .button svg {
          width: 1.375rem;
          height: 1.375rem;
        }

        .stop {
          order: 2;
        }
      }
    `,
  ]

  @property({ attribute: false }) media: MediaState = NO_MEDIA
  @property({ type: Boolean }) isSelfShown = false

  #tell(type: 'nv-set-camera' | 'nv-set-microphone' | 'nv-set-self-view', isOn: boolean): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail: { isOn } }))
  }

  #hangUp(): void {
    this.dispatchEvent(new Event('nv-hang-up', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`<div class="bar" role="group" aria-label=${t('call.controls')}>
      ${this.#renderSelf()} ${this.#renderCamera()} ${this.#renderMicrophone()}
      <button class="button stop" type="button" @click=${() => this.#hangUp()}>
        ${hangUpIcon}${t('call.hangup')}
      </button>
    </div>`
  }

  #renderSelf(): TemplateResult {
    const words = t(this.isSelfShown ? 'call.hideSelf' : 'call.showSelf')
    return html`<button
      class="button plain self"
      type="button"
      @click=${() => this.#tell('nv-set-self-view', !this.isSelfShown)}
    >
      ${selfIcon}${words}
    </button>`
  }

  #renderCamera(): TemplateResult {
    const isOn = this.media.camera === 'on'
    return html`<button
      class="button"
      type="button"
      @click=${() => this.#tell('nv-set-camera', !isOn)}
    >
      ${isOn ? cameraIcon : cameraOffIcon}${t(isOn ? 'call.camOff' : 'call.camOn')}
    </button>`
  }

  #renderMicrophone(): TemplateResult {
    const isOn = this.media.microphone === 'on'
    return html`<button
      class="button"
      type="button"
      @click=${() => this.#tell('nv-set-microphone', !isOn)}
    >
      ${isOn ? microphoneIcon : microphoneOffIcon}${t(isOn ? 'call.micOff' : 'call.micOn')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-call-controls': NvCallControls
  }
  interface HTMLElementEventMap {
    'nv-set-camera': CustomEvent<{ isOn: boolean }>
    'nv-set-microphone': CustomEvent<{ isOn: boolean }>
    'nv-set-self-view': CustomEvent<{ isOn: boolean }>
    'nv-hang-up': Event
  }
}
