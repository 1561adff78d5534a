import type { CallView, DurationMs, PickUp } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { aroundClient } from '../services/around-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { closeIcon } from './talk-icons.ts'
import { describePickUp } from './pick-up-words.ts'

/** How long until a line that could not be fetched is asked for again. */
const RETRY_MS: DurationMs = 5_000

/**
 * "Saml op fra sidst" (N23): what the two have agreed to take up, shown to both when their talk opens, until it
 * is closed. Where nothing was agreed there is nothing.
 */
@customElement('nv-pick-up')
export class NvPickUp extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      .agreed {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--nv-space-3);
        max-width: min(44rem, 100% - 2 * var(--nv-space-3));
        margin: var(--nv-space-2) auto 0;
        padding: var(--nv-space-1) var(--nv-space-2) var(--nv-space-1) var(--nv-space-4);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        background: var(--nv-paper-raised);
        font-size: var(--nv-text-m);
        line-height: 1.35;
      }

      strong {
        display: block;
      }

      .button {
        flex: none;
      }
    `,
  ]

  @property({ attribute: false }) call!: CallView
  @state() private line: PickUp | null = null
  #askedFor: CallView['id'] | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    // Put back on the page, it asks again.
    this.#askedFor = null
  }

  protected override willUpdate(): void {
    const { id, connectedAt } = this.call
    if (connectedAt === null || this.#askedFor === id) return
    this.#askedFor = id
    void this.#fetch(id)
  }

  async #fetch(id: CallView['id']): Promise<void> {
    clearTimeout(this.#timer)
    try {
      this.line = await aroundClient.fetchForTalk()
    } catch {
      this.#timer = setTimeout(() => void this.#fetch(id), RETRY_MS)
    }
  }

  protected override render(): TemplateResult {
    return html`<div role="status">
      ${this.line === null ? nothing : this.#renderLine(this.line)}
    </div>`
  }

  #renderLine(line: PickUp): TemplateResult {
    return html`<div class="agreed">
      <p>${t('pickup.agreed')} <strong>${describePickUp(line)}</strong></p>
      <button class="button plain" type="button" @click=${() => (this.line = null)}>
        ${closeIcon}${t('write.close')}
      </button>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-pick-up': NvPickUp
  }
}
