import { writePhoneNumber } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { phoneIcon } from './icons.ts'

/** A worker's citizen on the ordinary telephone, one tap away; words instead where no number is known. */
@customElement('nv-phone-link')
export class NvPhoneLink extends LitElement {
  static override styles = [baseStyles, buttonStyles]

  @property({ attribute: false }) citizenId: string | null = null
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  readonly #directory = new StoreController(this, () => this.directoryStore)

  protected override render(): TemplateResult {
    const citizen = this.#directory.value?.citizens.find(
      ({ person }) => person.id === this.citizenId,
    )
    const phone = citizen?.phone ?? null
    if (phone === null) return html`<span>${t('next.phone')}</span>`
    return html`<a class="button" href="tel:${phone}">
      ${phoneIcon}${t('phone.ring', { phone: writePhoneNumber(phone) })}
    </a>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-phone-link': NvPhoneLink
  }
}
