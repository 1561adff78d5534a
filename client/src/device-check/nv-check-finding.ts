import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import { describeActor, describeMending } from './finding-words.ts'
import type { Finding } from './finding.ts'

/** Below the sentence that says what is wrong: who acts, how it is mended in this browser, and the code. */
@customElement('nv-check-finding')
export class NvCheckFinding extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
        padding: var(--nv-space-4);
        border-inline-start: 4px solid var(--nv-accent);
        background: var(--nv-paper-raised);
      }

      .actor {
        font-weight: 600;
      }

      .code {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }
    `,
  ]

  @property({ attribute: false }) finding!: Finding

  protected override render(): TemplateResult {
    const { code, actor } = this.finding
    return html`<p class="actor">${describeActor(actor)}</p>
      <p>${describeMending(this.finding)}</p>
      ${code === null ? nothing : html`<p class="code">${t('check.code', { code })}</p>`}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-check-finding': NvCheckFinding
  }
}
