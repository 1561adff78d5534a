import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { httpContext } from '../app/contexts.ts'
import { Work } from '../controllers/work.ts'
import type { HttpClient } from '../services/http-client.ts'
import { noticesDesk, type NoticesDesk, type NoticesState } from '../services/push/notices-desk.ts'
import { t } from '../texts/text.ts'
import { bellIcon } from './choice-icons.ts'
import './nv-error-notice.ts'
import { describeThisDevice } from './this-device-words.ts'

/** "Mind mig om aftaler dagen før": one line that is on or off, and what hinders it on this device. */
@customElement('nv-day-before')
export class NvDayBefore extends LitElement {
  @property({ type: Boolean }) isOn = false
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  @property({ attribute: false }) desk: NoticesDesk = noticesDesk
  /** Why this device shows no notices; null where it does, and where nothing is known. */
  @state() private silence: NoticesState | null = null
  readonly #work = new Work(this)

  /** Whether this browser is a paired device: no other is notified, nor asked about. */
  @property({ type: Boolean }) isDevice = false

  protected override firstUpdated(): void {
    if (this.isDevice) void this.#look()
  }

  async #look(): Promise<void> {
    // Whoever cannot be reached is told nothing that may be wrong.
    const notices = await this.desk.load().catch(() => null)
    this.silence = notices === null || notices.state === 'on' ? null : notices.state
  }

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
      ${this.isOn && this.silence !== null ? this.#renderSilence(this.silence) : nothing}
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }

  #renderSilence(silence: NoticesState): TemplateResult {
    // The municipality sends none, or the browser knows of none: there is no way to be shown.
    const hasWay = silence !== 'closed' && silence !== 'cannot'
    return html`<p>${t('reminder.silent', { device: describeThisDevice() })}</p>
      ${
        hasWay ? html`<a class="button plain" href="/besked">${t('reminder.turnOn')}</a>` : nothing
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-day-before': NvDayBefore
  }
}
