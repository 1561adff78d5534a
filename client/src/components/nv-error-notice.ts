import type { ErrorCode } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { errorText } from '../texts/error-text.ts'

/** Says in a sentence why something could not be done; empty while nothing is wrong. */
@customElement('nv-error-notice')
export class NvErrorNotice extends LitElement {
  static override styles = [
    baseStyles,
    css`
      p {
        padding: var(--nv-space-3) var(--nv-space-4);
        border-inline-start: 4px solid var(--nv-stop);
        background: var(--nv-paper-raised);
        font-size: var(--nv-text-m);
      }
    `,
  ]

  @property({ reflect: true }) code: ErrorCode | 'CONNECTION_LOST' | null = null

  protected override render(): TemplateResult {
    return html`<div role="status">
      ${this.code === null ? nothing : html`<p>${errorText(this.code)}</p>`}
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-error-notice': NvErrorNotice
  }
}
