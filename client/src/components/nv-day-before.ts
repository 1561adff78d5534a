import { consume } from '@lit/context'
import { html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { httpContext } from '../app/contexts.ts'
import { Work } from '../controllers/work.ts'
import type { HttpClient } from '../services/http-client.ts'
import { t } from '../texts/text.ts'
import { bellIcon } from './choice-icons.ts'
import './nv-error-notice.ts'

/** "Mind mig om aftaler dagen før": one line that is on or off. */
@customElement('nv-day-before')
export class NvDayBefore extends LitElement {
  @property({ type: Boolean }) isOn = false
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  readonly #work = new Work(this)

  /** One of the page's own rows, and looks like them. */
  protected override createRenderRoot(): this {
    return this
  }

  protected override render(): TemplateResult {
    const dayBefore = !this.isOn
    return html`<button
        class="row"
        type="button"
        role="switch"
        aria-checked=${this.isOn ? 'true' : 'false'}
        aria-label=${t('reminder.dayBefore')}
        aria-disabled=${this.#work.isBusy}
        @click=${() => {
          void this.#work.run(() => this.http.changeChoice('/api/reminders', { dayBefore }))
        }}
      >
        ${bellIcon}<span>${t('reminder.dayBefore')}</span>
        <small class="soft">${this.isOn ? t('reminder.on') : t('reminder.off')}</small>
      </button>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-day-before': NvDayBefore
  }
}
