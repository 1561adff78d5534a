import type { CallView, Side } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { describeElsewhere } from './call-elsewhere.ts'
import { backIcon, hangUpIcon, phoneIcon } from './icons.ts'
import './nv-error-notice.ts'
import './nv-screen.ts'

/**
 * The person's talk is in another window, or has lost its window and can be gone on with here.
 *
 * @fires nv-take-over
 * @fires nv-hang-up
 * @fires nv-dismiss - back to the list; the call goes on where it is
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
  @property() side: Side = 'citizen'

  constructor() {
    super()
    new FocusHeading(this, () => `${this.snapshot.phase} ${this.snapshot.call?.id ?? ''}`)
  }

  #tell(type: 'nv-take-over' | 'nv-hang-up' | 'nv-dismiss'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult | typeof nothing {
    const { call, phase } = this.snapshot
    if (call === null) return nothing
    return phase === 'vacant' ? this.#renderVacant() : this.#renderElsewhere(call)
  }

  #renderVacant(): TemplateResult {
    const name = firstName(this.snapshot.counterpart?.name ?? '')
    return html`<nv-screen rings="apart">
      <h1 tabindex="-1">${t('vacant.title', { name })}</h1>
      <p>${t('vacant.body')}</p>
      <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
      ${this.#renderActions()}
    </nv-screen>`
  }

  #renderElsewhere(call: CallView): TemplateResult {
    const { title, body } = describeElsewhere(call, this.side)
    return html`<nv-screen rings="near">
      <h1 tabindex="-1">${title}</h1>
      ${body === null ? nothing : html`<p>${body}</p>`}
      <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
      ${this.side === 'worker' ? this.#renderBack() : nothing}
    </nv-screen>`
  }

  /** A citizen has no list, and nothing to do there. */
  #renderBack(): TemplateResult {
    return html`<button
      slot="actions"
      class="button"
      type="button"
      @click=${() => this.#tell('nv-dismiss')}
    >
      ${backIcon}${t('end.backToCitizens')}
    </button>`
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
