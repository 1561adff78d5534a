import { CHECK_CODE_NAMES, type CheckCode } from '@naervaer/shared'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { currentLanguage, t } from '../texts/text.ts'
import { CODE_FILES } from './code-files.ts'
import { readCodePage, type Block, type CodePage, type Run } from './code-page.ts'

/**
 * The pages of the error codes, for whoever helps: what the citizen sees, what to say, and what IT looks at. `#K1`
 * is the page of one, `#koder` the list of all. They come with the app, so they are there without the internet.
 */
@customElement('nv-codes-page')
export class NvCodesPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        max-width: 42rem;
        margin-inline: auto;
        padding: var(--nv-space-5) var(--nv-gutter) var(--nv-space-7);
        font-size: var(--nv-text-m);
      }

      h1 {
        margin-block-end: var(--nv-space-4);
        font-size: var(--nv-text-2xl);
        overflow-wrap: break-word;
      }

      h2 {
        margin-block: var(--nv-space-5) var(--nv-space-2);
        font-size: var(--nv-text-l);
      }

      p,
      blockquote,
      ul {
        margin-block: 0 var(--nv-space-3);
      }

      blockquote {
        margin-inline: 0;
        padding: var(--nv-space-4);
        border-inline-start: 4px solid var(--nv-accent);
        background: var(--nv-paper-raised);
      }

      ul:not(.codes) {
        padding-inline-start: 1.2em;
        list-style: disc;
      }

      code {
        overflow-wrap: anywhere;
      }

      .codes {
        padding: 0;
        list-style: none;
      }

      .codes li {
        border-block-start: 1px solid var(--nv-rule);
      }

      .codes a {
        display: flex;
        align-items: center;
        min-height: var(--nv-target);
        padding-block: var(--nv-space-2);
      }

      @media print {
        nav {
          display: none;
        }
      }
    `,
  ]

  readonly #onHash = () => {
    this.requestUpdate()
  }

  constructor() {
    super()
    new FocusHeading(this, () => this.#code ?? '')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    window.addEventListener('hashchange', this.#onHash)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#onHash)
  }

  get #code(): CheckCode | undefined {
    return CHECK_CODE_NAMES.find((code) => location.hash === `#${code}`)
  }

  protected override render(): TemplateResult {
    return this.#code === undefined ? this.#renderAll() : this.#renderPage(readPage(this.#code))
  }

  #renderAll(): TemplateResult {
    return html`<h1 tabindex="-1">${t('codes.title')}</h1>
      <p>${t('codes.about')}</p>
      <ul class="codes">
        ${CHECK_CODE_NAMES.map(
          (code) => html`<li><a href="#${code}">${readPage(code).title}</a></li>`,
        )}
      </ul>`
  }

  #renderPage({ title, blocks }: CodePage): TemplateResult {
    return html`<nav><a class="button plain" href="#koder">${t('codes.all')}</a></nav>
      <h1 tabindex="-1">${title}</h1>
      ${blocks.map((block) => this.#renderBlock(block))}`
  }

  #renderBlock({ kind, lines }: Block): TemplateResult {
    const all = lines.map((line) => line.map((run) => this.#renderRun(run)))
    switch (kind) {
      case 'heading':
        return html`<h2>${all}</h2>`
      case 'said':
        return html`<blockquote>${all}</blockquote>`
      case 'list':
        return html`<ul>
          ${all.map((line) => html`<li>${line}</li>`)}
        </ul>`
      case 'text':
        return html`<p>${all}</p>`
    }
  }

  #renderRun({ kind, text }: Run): TemplateResult | string {
    if (kind === 'bold') return html`<strong>${text}</strong>`
    return kind === 'code' ? html`<code>${text}</code>` : text
  }
}

const readPage = (code: CheckCode): CodePage => readCodePage(CODE_FILES[code], currentLanguage())

declare global {
  interface HTMLElementTagNameMap {
    'nv-codes-page': NvCodesPage
  }
}
