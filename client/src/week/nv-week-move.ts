import type { WallTime } from '@naervaer/shared/wall'
import { html, LitElement, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { appointmentDialogStyles } from '../components/nv-appointment-dialog.styles.ts'
import '../components/nv-error-notice.ts'
import { Work } from '../controllers/work.ts'
import { appointmentsDesk, type AppointmentsDesk } from '../services/appointments-desk.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import '../texts/planning-errors.ts'
import { firstName, t } from '../texts/text.ts'
import { lengthOf, type WeekItem } from './week-item.ts'
import { whenAt } from './words.ts'

/**
 * Asks before an appointment is moved that was dragged or nudged: the citizen is told at once, and a hand
 * may slip. What went wrong is said here, and the wished time stands.
 *
 * @fires nv-closed
 */
@customElement('nv-week-move')
export class NvWeekMove extends LitElement {
  static override styles = [baseStyles, buttonStyles, staffFormStyles, appointmentDialogStyles]

  @property({ attribute: false }) item!: WeekItem
  @property({ attribute: false }) to!: WallTime
  @property({ attribute: false }) desk: AppointmentsDesk = appointmentsDesk
  @query('dialog') private dialog!: HTMLDialogElement
  readonly #work = new Work(this)

  protected override firstUpdated(): void {
    this.dialog.showModal()
  }

  async #move(): Promise<void> {
    const { appointment } = this.item
    const { day, minute } = this.to
    const { revision } = appointment
    const wish = { day, minute, lengthMinutes: lengthOf(appointment), revision }
    if (await this.#work.run(() => this.desk.move(appointment, wish))) this.dialog.close()
  }

  #close(): void {
    this.dispatchEvent(new Event('nv-closed', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const { appointment, citizen, start } = this.item
    const name = firstName(citizen.name)
    return html`<dialog
      aria-labelledby="title"
      aria-describedby="about"
      @close=${() => this.#close()}
    >
      <h2 id="title">${t('week.moveTitle', { name })}</h2>
      <div id="about">
        <p class="hint">${t('week.moveFrom', { when: whenAt(start) })}</p>
        <p><strong>${t('week.moveTo', { when: whenAt(this.to) })}</strong></p>
        <p>${t('week.moveTold', { name })}</p>
      </div>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      <div class="actions">
        <button
          class="button primary"
          type="button"
          aria-disabled=${this.#work.isBusy}
          @click=${() => void this.#move()}
        >
          ${appointment.isSeries ? t('week.moveOne') : t('week.moveYes')}
        </button>
        <button class="button" type="button" @click=${() => this.dialog.close()}>
          ${t('week.moveNo')}
        </button>
      </div>
    </dialog>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-week-move': NvWeekMove
  }
}
