import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { hangUpIcon, phoneIcon } from './icons.ts'
import './nv-error-notice.ts'
import './nv-screen.ts'

/**
 * The person's talk is in another window, or has lost its window and can be gone on with here.
 *
 * @fires nv-take-over
 * @fires nv-hang-up
 */
@customElement('nv-call-aside')
export class NvCallAside extends LitElement {
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
    new FocusHeading(this, () => `${this.snapshot.phase} ${this.snapshot.call?.id ?? ''}`)
  }

  #tell(type: 'nv-take-over' | 'nv-hang-up'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const name = firstName(this.snapshot.counterpart?.name ?? '')
    const isVacant = this.snapshot.phase === 'vacant'
    return html`<nv-screen .rings=${isVacant ? 'apart' : 'near'}>
      <h1 tabindex="-1">${isVacant ? t('vacant.title', { name }) : t('ring.elsewhere')}</h1>
      <p>${isVacant ? t('vacant.body') : t('ring.elsewhereBody', { name })}</p>
      <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
      ${isVacant ? this.#renderActions() : nothing}
    </nv-screen>`
  }

  #renderActions(): TemplateResult {
    return html`
      <button
        slot="actions"
        class="button go"
        type="button"
        aria-disabled=${this.snapshot.isBusy}
        @click=${() => this.#tell('nv-take-over')}
      >
        ${phoneIcon}${t('vacant.back')}
      </button>
      <button
        slot="actions"
        class="button stop"
        type="button"
        @click=${() => this.#tell('nv-hang-up')}
      >
        ${hangUpIcon}${t('call.hangup')}
      </button>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-call-aside': NvCallAside
  }
  interface HTMLElementEventMap {
    'nv-take-over': Event
  }
}
