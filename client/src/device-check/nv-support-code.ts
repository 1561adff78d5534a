import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import { spell } from './spelling.ts'

/** A support code, large, and as it is spelled on the telephone. */
@customElement('nv-support-code')
export class NvSupportCode extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
        padding: var(--nv-space-4);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        background: var(--nv-paper-raised);
      }

      ol {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(4.5rem, 1fr));
        gap: var(--nv-space-3) var(--nv-space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        justify-items: center;
        align-content: start;
        text-align: center;
      }

      .sign {
        font-size: var(--nv-text-2xl);
        font-weight: 600;
        line-height: 1.1;
      }

      .word,
      .soft {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }
    `,
  ]

  @property() code = ''
  /** Under which name IT knows this device; null where it is not paired. */
  @property({ attribute: false }) pseudonym: string | null = null

  protected override render(): TemplateResult {
    return html`<p id="what">${t('help.codeTitle')}</p>
      <ol aria-labelledby="what">
        ${Array.from(this.code, (sign) => this.#renderSign(sign))}
      </ol>
      <p>${t('help.readAloud')}</p>
      <p class="soft">${t('help.codeLife')}</p>
      ${
        this.pseudonym === null
          ? nothing
          : html`<p>${t('help.pseudonym')} <strong>${this.pseudonym}</strong></p>`
      }`
  }

  #renderSign(sign: string): TemplateResult {
    const word = spell(sign)
    return html`<li>
      <span class="sign">${sign}</span>
      ${word === null ? nothing : html`<span class="word">${t('help.spelled', { word })}</span>`}
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-support-code': NvSupportCode
  }
}
