import { toPhoneNumber, writePhoneNumber } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { t } from '../texts/text.ts'
import { readText } from './form-text.ts'

/** Asks the page to write down a citizen's telephone number; null takes it out. */
export class PhoneEvent extends Event {
  readonly phone: string | null

  constructor(phone: string | null) {
    super('nv-phone', { bubbles: true, composed: true })
    this.phone = phone
  }
}

/**
 * A citizen's ordinary telephone, for when nobody takes a call: to be rung with a tap, and written down by
 * the citizen's worker or leader. It shows what is written down, never what was only wished.
 *
 * @fires nv-phone
 */
@customElement('nv-citizen-phone')
export class NvCitizenPhone extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    staffFormStyles,
    css`
      :host {
        display: block;
        font-size: var(--nv-text-m);
        font-weight: 400;
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--nv-space-4);
        margin-inline-start: -0.5em;
      }

      form {
        margin-block: var(--nv-space-2) var(--nv-space-4);
      }
    `,
  ]

  /** Whose it is, as the page calls them. */
  @property() name = ''
  @property() phone: string | null = null
  @property({ type: Boolean }) isBusy = false
  /** Rings, and changes nothing. */
  @property({ type: Boolean }) isSubstitute = false
  @state() private isOpen = false
  @state() private isWrong = false

  async #show(isOpen: boolean): Promise<void> {
    this.isOpen = isOpen
    this.isWrong = false
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(isOpen ? 'input' : 'button')?.focus()
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    // The listener stands on this very form.
    const phone = toPhoneNumber(readText(event.currentTarget as HTMLFormElement, 'phone'))
    this.isWrong = phone === null
    if (phone !== null) {
      this.#wish(phone)
      return
    }
    await this.updateComplete
    this.renderRoot.querySelector('input')?.focus()
  }

  #wish(phone: string | null): void {
    if (this.isBusy) return
    this.dispatchEvent(new PhoneEvent(phone))
    void this.#show(false)
  }

  protected override render(): TemplateResult {
    return html`<div class="line">
        ${this.phone === null ? nothing : this.#renderLink(this.phone)}
        ${this.isSubstitute || this.isOpen ? nothing : this.#renderOpen()}
      </div>
      ${this.isOpen ? this.#renderForm() : nothing}`
  }

  #renderLink(phone: string): TemplateResult {
    return html`<a class="button plain" href="tel:${phone}"
      >${t('phone.line', { phone: writePhoneNumber(phone) })}</a
    >`
  }

  #renderOpen(): TemplateResult {
    const words = this.phone === null ? t('phone.add') : t('phone.change')
    return html`<button
      class="button plain"
      type="button"
      aria-label=${`${words}, ${this.name}`}
      @click=${() => void this.#show(true)}
    >
      ${words}
    </button>`
  }

  #renderForm(): TemplateResult {
    const written = this.phone === null ? '' : writePhoneNumber(this.phone)
    return html`<form novalidate @submit=${(event: SubmitEvent) => void this.#submit(event)}>
      <div class="field">
        <label for="phone">${t('phone.label', { name: this.name })}</label>
        <input
          id="phone"
          name="phone"
          type="tel"
          inputmode="tel"
          autocomplete="off"
          maxlength="30"
          aria-describedby="wrong about"
          aria-invalid=${this.isWrong}
          .value=${written}
        />
      </div>
      <p class="needed" id="wrong" role="alert">${this.isWrong ? t('phone.wrong') : nothing}</p>
      <p class="hint" id="about">${t('phone.about', { name: this.name })}</p>
      <div class="actions">
        <button class="button primary" type="submit" aria-disabled=${this.isBusy}>
          ${t('lead.save')}
        </button>
        ${this.phone === null ? nothing : this.#renderRemove()}
        <button class="button plain" type="button" @click=${() => void this.#show(false)}>
          ${t('phone.back')}
        </button>
      </div>
    </form>`
  }

  #renderRemove(): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => {
        this.#wish(null)
      }}
    >
      ${t('phone.remove')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-phone': NvCitizenPhone
  }
  interface HTMLElementEventMap {
    'nv-phone': PhoneEvent
  }
}
