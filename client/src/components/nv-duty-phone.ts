import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { phoneIcon } from './icons.ts'

/** Whom to ring for somebody who has no other number; nothing where the municipality has given none. */
@customElement('nv-duty-phone')
export class NvDutyPhone extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      p {
        margin-block-end: var(--nv-space-2);
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-m);
        line-height: 1.35;
      }
    `,
  ]

  /** As it is written, such as "12 34 56 78". */
  @property() phone: string | null = null
  /** Why one might ring, where it is not for want of another number. */
  @property() lead: string | null = null

  protected override render(): TemplateResult | typeof nothing {
    const { phone } = this
    if (phone === null) return nothing
    return html`<p>${this.lead ?? t('duty.noNumber')}</p>
      <a class="button" href="tel:${phone.replaceAll(' ', '')}">
        ${phoneIcon}${t('duty.ring', { phone })}
      </a>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-duty-phone': NvDutyPhone
  }
}
