import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { copyIcon } from './around-icons.ts'

/**
 * "Kopiér linje til journalen": puts a line that is in sight on the clipboard. Where the browser refuses, the
 * line stands selected in a field, and is copied by hand.
 */
@customElement('nv-copy-line')
export class NvCopyLine extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        justify-items: start;
        font-size: var(--nv-text-m);
      }

      .line,
      textarea {
        margin: 0 0 var(--nv-space-2);
      }

      .line {
        color: var(--nv-ink-soft);
        user-select: all;
      }

      textarea {
        box-sizing: border-box;
        width: 100%;
        padding: var(--nv-space-2) var(--nv-space-3);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        background: var(--nv-paper-raised);
        color: var(--nv-ink);
        font: inherit;
        resize: vertical;
      }

      [role='status'] {
        font-weight: 600;
      }
    `,
  ]

  @property() line = ''
  @state() private outcome: 'none' | 'copied' | 'refused' = 'none'
  @query('textarea') private field!: HTMLTextAreaElement | null

  async #copy(): Promise<void> {
    // Empty first: what is said twice in the same words would be heard once.
    this.outcome = 'none'
    await this.updateComplete
    try {
      await navigator.clipboard.writeText(this.line)
      this.outcome = 'copied'
    } catch {
      this.outcome = 'refused'
      await this.updateComplete
      this.field?.select()
    }
  }

  protected override render(): TemplateResult {
    return html`
      ${this.outcome === 'refused' ? this.#renderField() : html`<p class="line">${this.line}</p>`}
      <button class="button" type="button" @click=${() => void this.#copy()}>
        ${copyIcon}${t('staff.copyLine')}
      </button>
      <p role="status">${this.#describe()}</p>
    `
  }

  #renderField(): TemplateResult {
    return html`<textarea
      readonly
      rows="2"
      aria-label=${t('journal.field')}
      .value=${this.line}
    ></textarea>`
  }

  #describe(): string | typeof nothing {
    if (this.outcome === 'none') return nothing
    return t(this.outcome === 'copied' ? 'staff.copied' : 'journal.byHand')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-copy-line': NvCopyLine
  }
}
