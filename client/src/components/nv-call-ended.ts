import type { Side } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { describeEnding, isHungUp } from './call-ending.ts'
import { backIcon, phoneIcon } from './icons.ts'
import './nv-screen.ts'

/**
 * The end of a call, in honest words.
 *
 * @fires nv-dismiss
 * @fires nv-ring-again
 */
@customElement('nv-call-ended')
export class NvCallEnded extends LitElement {
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
  @property() side: Side = 'citizen'

  constructor() {
    super()
    new FocusHeading(this, () => this.snapshot.call?.id ?? '')
  }

  #tell(type: 'nv-dismiss' | 'nv-ring-again'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult | typeof nothing {
    const { call } = this.snapshot
    if (call === null) return nothing
    const { title, body, canRingAgain } = describeEnding(call, this.side)
    return html`<nv-screen .rings=${isHungUp(call) ? 'near' : 'apart'}>
      <h1 tabindex="-1">${title}</h1>
      ${body === null ? nothing : html`<p>${body}</p>`}
      ${canRingAgain ? this.#renderAgain() : nothing}
      <button
        slot="actions"
        class="button ${canRingAgain ? '' : 'primary'}"
        type="button"
        @click=${() => this.#tell('nv-dismiss')}
      >
        ${backIcon}${t(this.side === 'worker' ? 'end.backToCitizens' : 'end.back')}
      </button>
    </nv-screen>`
  }

  #renderAgain(): TemplateResult {
    return html`<button
      slot="actions"
      class="button primary"
      type="button"
      @click=${() => this.#tell('nv-ring-again')}
    >
      ${phoneIcon}${t('end.again')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-call-ended': NvCallEnded
  }
  interface HTMLElementEventMap {
    'nv-dismiss': Event
    'nv-ring-again': Event
  }
}
