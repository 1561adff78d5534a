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
      /* Asked for room in letters, not in pixels: large letters get the layout of a small screen. */
      :host {
        container-type: inline-size;
      }

      /* Hanging up has a line of its own, away from what is pressed during a talk. */
      .bar {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: var(--nv-space-5) var(--nv-space-3);
        max-width: 60rem;
        margin-inline: auto;
      }

      .button {
        gap: 0.4em;
        min-height: 3.75rem;
        padding: var(--nv-space-1);
        font-size: var(--nv-text-s);
      }

      .button svg {
        width: 1.375rem;
        height: 1.375rem;
      }

      /* As large as the longer of its two labels: nothing moves when the label changes. */
      .label {
        display: grid;
        min-width: 0;
      }

      .label > span,
      .label::after {
        grid-area: 1 / 1;
        align-self: center;
      }

      .label::after {
        content: attr(data-other) / '';
        visibility: hidden;
      }

      .self {
        order: 1;
        padding: var(--nv-space-1);
      }

      .stop {
        order: 2;
      }

      /* Keeps its place, so that the others keep theirs. */
      .self.unavailable {
        visibility: hidden;
      }

      .self svg {
        width: 1.375rem;
        height: 1.375rem;
      }

      @container (min-width: 40rem) {
        .bar {
          grid-template-columns: repeat(2, minmax(0, 1fr)) minmax(0, 0.8fr);
          gap: var(--nv-space-2) var(--nv-space-4);
        }

        .button {
          gap: 0.5em;
          font-size: var(--nv-text-m);
        }

        .self {
          order: 3;
          grid-column: 1 / -1;
          justify-self: center;
          min-height: 3rem;
          padding-inline: var(--nv-space-2);
          font-size: var(--nv-text-s);
        }

        .stop {
          margin-inline-start: var(--nv-space-5);
        }
      }

      @container (min-width: 60rem) {
        .bar {
          grid-template-columns: minmax(0, 1.25fr) repeat(3, minmax(0, 1fr));
          max-width: 68rem;
        }

        .self {
          order: -1;
          grid-column: auto;
          justify-self: start;
        }
      }

      /* Little room for the letters: they stand below the icon, and no larger than a word is wide. */
      @container (max-width: 19rem) {
        .bar {
          row-gap: max(var(--nv-space-3), 1.25rem);
        }

        .button {
          flex-direction: column;
          gap: 0.2em;
          font-size: min(var(--nv-text-s), 7.2cqi);
        }
      }

      /* A phone on its side: a column of buttons leaves the height to the picture. */
      @media (max-height: 34rem) and (min-width: 36rem) {
        .bar {
          grid-template-columns: minmax(0, 1fr);
          gap: var(--nv-space-3);
        }

        .button {
          flex-direction: row;
          justify-content: start;
          gap: 0.5em;
          min-height: 3.25rem;
          padding-inline: var(--nv-space-3);
          font-size: var(--nv-text-s);
          text-align: start;
        }

        .button svg {
          width: 1.375rem;
          height: 1.375rem;
        }

        .self {
          order: -1;
        }

        .stop {
          margin-block-start: var(--nv-space-4);
        }
      }
    `,
  ]

  @property({ attribute: false }) media: MediaState = NO_MEDIA
  @property({ type: Boolean }) isSelfShown = false
  /** Whether there is an own picture to show or hide. */
  @property({ type: Boolean }) hasSelf = false

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
    const isShown = this.isSelfShown
    return html`<button
      class="button plain self ${this.hasSelf ? '' : 'unavailable'}"
      type="button"
      @click=${() => this.#tell('nv-set-self-view', !isShown)}
    >
      ${selfIcon}${renderLabel('call.hideSelf', 'call.showSelf', isShown)}
    </button>`
  }

  #renderCamera(): TemplateResult {
    const isOn = this.media.camera === 'on'
    return html`<button
      class="button"
      type="button"
      @click=${() => this.#tell('nv-set-camera', !isOn)}
    >
      ${isOn ? cameraIcon : cameraOffIcon}${renderLabel('call.camOff', 'call.camOn', isOn)}
    </button>`
  }

  #renderMicrophone(): TemplateResult {
    const isOn = this.media.microphone === 'on'
    return html`<button
      class="button"
      type="button"
      @click=${() => this.#tell('nv-set-microphone', !isOn)}
    >
      ${isOn ? microphoneIcon : microphoneOffIcon}${renderLabel('call.micOff', 'call.micOn', isOn)}
    </button>`
  }
}

type LabelKey = `call.${'hideSelf' | 'showSelf' | 'camOff' | 'camOn' | 'micOff' | 'micOn'}`

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
    'nv-set-self-view': CustomEvent<{ isOn: boolean }>
    'nv-hang-up': Event
  }
}
