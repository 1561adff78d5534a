import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'

/** The way to what the law asks a municipality to say, below what a page is about. */
@customElement('nv-about-link')
export class NvAboutLink extends LitElement {
  static override styles = [
    baseStyles,
    css`
      a {
        display: inline-flex;
        align-items: center;
        min-height: var(--nv-target);
        line-height: 1.2;
        font-size: var(--nv-text-s);
        color: var(--nv-ink-soft);
      }
    `,
  ]

  protected override render(): TemplateResult {
    return html`<a href="/om">${t('about.title')}</a>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-about-link': NvAboutLink
  }
}
