import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { hangUpIcon } from './icons.ts'
import './nv-error-notice.ts'
import './nv-screen.ts'

/**
 * The worker rings: says what is known, and no more. "Det ringer" only once a device has said so.
 *
 * @fires nv-cancel
 */
@customElement('nv-outgoing-call')
export class NvOutgoingCall extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-2xl);
      }
    `,
  ]

  @property({ attribute: false }) snapshot!: CallSnapshot

  constructor() {
    super()
    new FocusHeading(this, () => this.snapshot.call?.id ?? '')
  }

  #cancel(): void {
    if (this.snapshot.isBusy) return
    this.dispatchEvent(new Event('nv-cancel', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const name = firstName(this.snapshot.counterpart?.name ?? '')
    const isRinging = this.snapshot.call?.state === 'ringing'
    return html`<nv-screen rings="calling">
      <h1 tabindex="-1">${t('out.title', { name })}</h1>
      <p role="status">${isRinging ? t('out.ringing', { name }) : t('out.sending')}</p>
      <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
      <button
        slot="actions"
        class="button"
        type="button"
        aria-disabled=${this.snapshot.isBusy}
        @click=${() => this.#cancel()}
      >
        ${hangUpIcon}${t('out.cancel')}
      </button>
    </nv-screen>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-outgoing-call': NvOutgoingCall
  }
  interface HTMLElementEventMap {
    'nv-cancel': Event
  }
}
