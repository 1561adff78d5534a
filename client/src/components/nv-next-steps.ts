import type { CallView } from '@naervaer/shared'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { firstName, t } from '../texts/text.ts'
import './nv-phone-link.ts'

/**
 * Nobody took the call: what is known of the notices, and what may be done now, in its order (feature
 * N16). Silence is a reason to think of somebody, and never one to ring them down.
 */
@customElement('nv-next-steps')
export class NvNextSteps extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
        font-size: var(--nv-text-m);
        line-height: 1.35;
      }

      h2 {
        font-size: var(--nv-text-m);
      }

      ol {
        display: grid;
        gap: var(--nv-space-2);
        margin: 0;
        padding-inline-start: 1.5em;
        color: var(--nv-ink-soft);
        list-style: decimal;
      }
    `,
  ]

  @property({ attribute: false }) call!: CallView

  protected override render(): TemplateResult {
    const name = firstName(this.call.citizen.name)
    return html`<p>${this.#describe(name)}</p>
      <h2>${t('next.title')}</h2>
      <ol>
        <li>${t('next.again')}</li>
        <li>${t('next.device', { name })}</li>
        <li><nv-phone-link .citizenId=${this.call.citizen.id}></nv-phone-link></li>
      </ol>`
  }

  #describe(name: string): string {
    switch (this.call.notice) {
      case 'arrived':
        return t('staff.delivered')
      case 'sending':
      case 'sent':
        return t('staff.notDelivered')
      case 'none':
      case 'failed':
        return t('staff.noPush', { name })
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-next-steps': NvNextSteps
  }
}
