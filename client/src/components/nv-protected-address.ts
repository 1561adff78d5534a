import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'

/** Asks the page to write down whether a citizen's address is protected from now on. */
export class ProtectEvent extends Event {
  readonly isAddressProtected: boolean

  constructor(isAddressProtected: boolean) {
    super('nv-protect', { bubbles: true, composed: true })
    this.isAddressProtected = isAddressProtected
  }
}

/**
 * Whether a citizen's address is protected, and the box by which their worker or leader says so. The box
 * shows what is written down, never what was only wished.
 *
 * @fires nv-protect
 */
@customElement('nv-protected-address')
export class NvProtectedAddress extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
        font-weight: 400;
      }

      label {
        display: flex;
        align-items: center;
        gap: 0.6em;
        justify-self: start;
        min-height: var(--nv-target);
        color: var(--nv-ink);
        cursor: pointer;
      }

      input {
        flex: none;
        width: 1.5rem;
        height: 1.5rem;
        margin: 0;
        accent-color: var(--nv-accent);
      }

      /* Under the words of the label, not under its room for a finger. */
      label + p {
        margin: -0.5rem 0 0 calc(1.5rem + 0.6em);
      }
    `,
  ]

  /** Whose address it is, as the page calls them. */
  @property() name = ''
  @property({ type: Boolean }) isAddressProtected = false
  @property({ type: Boolean }) isBusy = false
  /** Reads, and changes nothing. */
  @property({ type: Boolean }) isSubstitute = false

  #change(event: Event): void {
    // The listener stands on this very input.
    const box = event.currentTarget as HTMLInputElement
    const wish = box.checked
    box.checked = this.isAddressProtected
    if (!this.isBusy) this.dispatchEvent(new ProtectEvent(wish))
  }

  protected override render(): TemplateResult {
    return html`${this.isSubstitute ? this.#renderWords() : this.#renderBox()}
      <p id="about">
        ${this.isAddressProtected ? t('protect.about', { name: this.name }) : nothing}
      </p>`
  }

  #renderWords(): TemplateResult | typeof nothing {
    return this.isAddressProtected ? html`<p>${t('protect.label')}</p>` : nothing
  }

  #renderBox(): TemplateResult {
    return html`<label>
      <input
        type="checkbox"
        .checked=${this.isAddressProtected}
        aria-label=${`${t('protect.label')}, ${this.name}`}
        aria-disabled=${this.isBusy}
        aria-describedby="about"
        @change=${(event: Event) => this.#change(event)}
      />
      ${t('protect.label')}
    </label>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-protected-address': NvProtectedAddress
  }
  interface HTMLElementEventMap {
    'nv-protect': ProtectEvent
  }
}
