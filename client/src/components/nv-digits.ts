import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { Digits } from '../call/features/digits.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { checkIcon } from './talk-icons.ts'
import { moreRowStyles } from './more-row.styles.ts'

/**
 * Four digits to be read aloud to each other: are they the same, nobody is in between (S-25). A row of
 * `nv-talk-more` that opens in its place.
 */
@customElement('nv-digits')
export class NvDigits extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    moreRowStyles,
    css`
      [role='status'] {
        display: grid;
        gap: var(--nv-space-3);
        font-size: var(--nv-text-m);
        line-height: 1.35;
      }

      .open {
        padding: var(--nv-space-4) var(--nv-space-3);
      }

      .digits {
        font-family: var(--nv-font-display);
        font-size: var(--nv-text-2xl);
        font-variant-numeric: lining-nums tabular-nums;
        line-height: var(--nv-line-tight);
        letter-spacing: 0.12em;
        text-align: center;
      }

      .new {
        font-size: var(--nv-text-s);
        color: var(--nv-ink-soft);
      }
    `,
  ]

  @property({ attribute: false }) feature!: Digits
  /** What the other is called by. */
  @property() name = ''
  /** Only staff are told that the other's connection is a new one. */
  @property({ type: Boolean }) isForStaff = false
  @state() private isOpen = false
  readonly #state = new StoreController(this, () => this.feature.state)

  protected override render(): TemplateResult {
    return html`
      <button
        class="button row"
        type="button"
        aria-expanded=${this.isOpen}
        @click=${() => (this.isOpen = !this.isOpen)}
      >
        ${checkIcon}${t('call.security')}
      </button>
      <div role="status" class=${this.isOpen ? 'open' : ''}>
        ${this.isOpen ? this.#renderStage() : nothing} ${this.#renderNew()}
      </div>
    `
  }

  #renderStage(): TemplateResult {
    const { stage, digits } = this.#state.value
    switch (stage) {
      case 'waiting':
        return html`<p>${t('call.securityWait')}</p>`
      case 'shown':
        // Apart from each other, so that they are read one by one.
        return html`<p>${t('call.securityHow')}</p>
          <p class="digits">
            <span class="visually-hidden">${t('call.securityDigits')}: </span
            >${Array.from(digits ?? '').join(' ')}
          </p>
          <p>${t('call.securityBad')}</p>`
      case 'stopped':
      case 'different':
        return html`<p>${t('call.securityNone')}</p>`
    }
  }

  #renderNew(): TemplateResult | typeof nothing {
    if (!this.isForStaff || !this.#state.value.isRenewed) return nothing
    return html`<p class="new">${t('call.securityNew', { name: this.name })}</p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-digits': NvDigits
  }
}
