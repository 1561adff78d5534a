import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'

/**
 * A button for what one tap must not do: it asks in its own place first. The question takes the focus,
 * so that it is heard, and the answer gives it back.
 *
 * @fires nv-sure
 */
@customElement('nv-asking-button')
export class NvAskingButton extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        color: var(--nv-ink);
        font-size: var(--nv-text-m);
      }

      /* As high as the button was, so that a double tap answers nothing. */
      .question {
        display: flex;
        align-items: center;
        max-width: 40rem;
        min-height: var(--nv-target);
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-2) var(--nv-space-3);
        margin-block: var(--nv-space-2);
      }
    `,
  ]

  /** What stands on the button. */
  @property() words = ''
  /** About whom or what, for those who hear many of these buttons. */
  @property() about = ''
  /** One sentence with the name in it. */
  @property() question = ''
  /** The yes, which says what it does. */
  @property() yes = ''
  @property({ type: Boolean }) isBusy = false
  /** Words with a target around them, or an outlined button. */
  @property({ type: Boolean }) isPlain = false
  @state() private isAsking = false

  async #show(isAsking: boolean): Promise<void> {
    this.isAsking = isAsking
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(isAsking ? '.question' : 'button')?.focus()
  }

  #sayYes(): void {
    if (this.isBusy) return
    this.dispatchEvent(new Event('nv-sure', { bubbles: true, composed: true }))
    void this.#show(false)
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    // Around it may be a dialog, which would close.
    event.preventDefault()
    event.stopPropagation()
    void this.#show(false)
  }

  protected override render(): TemplateResult {
    if (this.isAsking) return this.#renderQuestion()
    return html`<button
      class="button ${this.isPlain ? 'plain' : ''}"
      type="button"
      aria-label=${`${this.words}, ${this.about}`}
      aria-disabled=${this.isBusy}
      @click=${() => void this.#show(true)}
    >
      ${this.words}
    </button>`
  }

  #renderQuestion(): TemplateResult {
    return html`<div
      role="group"
      aria-labelledby="question"
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
    >
      <p class="question" id="question" tabindex="-1">${this.question}</p>
      <div class="buttons">
        <button
          class="button"
          type="button"
          aria-disabled=${this.isBusy}
          @click=${() => this.#sayYes()}
        >
          ${this.yes}
        </button>
        <button class="button" type="button" @click=${() => void this.#show(false)}>
          ${t('ask.no')}
        </button>
      </div>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-asking-button': NvAskingButton
  }
  interface HTMLElementEventMap {
    'nv-sure': Event
  }
}
