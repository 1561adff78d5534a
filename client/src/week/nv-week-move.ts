import type { QuietHours } from '@naervaer/shared'
import { SCOPES, type Scope } from '@naervaer/shared/appointments'
import type { WallTime } from '@naervaer/shared/wall'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import '../components/nv-error-notice.ts'
import '../components/nv-plan-warnings.ts'
import { PlannedEvent, undoChange } from '../components/plan-done.ts'
import { PlanWarnings } from '../controllers/plan-warnings.ts'
import { Work } from '../controllers/work.ts'
import { appointmentsDesk, type AppointmentsDesk } from '../services/appointments-desk.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dialogStyles } from '../styles/dialog.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import '../texts/planning-errors.ts'
import { firstName, t } from '../texts/text.ts'
import { lengthOf, type WeekItem } from './week-item.ts'
import { whenAt } from './words.ts'

/**
 * Asks before an appointment is moved that was dragged or nudged: the citizen is told at once, and a hand
 * may slip. What went wrong is said here, and the wished time stands.
 *
 * @fires nv-planned
 * @fires nv-closed
 */
@customElement('nv-week-move')
export class NvWeekMove extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    staffFormStyles,
    dialogStyles,
    css`
      #about {
        display: grid;
        gap: var(--nv-space-2);
        margin-block: var(--nv-space-4);
      }

      .actions {
        margin-block-start: var(--nv-space-5);
      }
    `,
  ]

  @property({ attribute: false }) item!: WeekItem
  @property({ attribute: false }) to!: WallTime
  /** When the citizen does not want to be rung. */
  @property({ attribute: false }) quiet: QuietHours | null = null
  @property({ attribute: false }) desk: AppointmentsDesk = appointmentsDesk
  @query('dialog') private dialog!: HTMLDialogElement
  readonly #work = new Work(this)
  readonly #warnings = new PlanWarnings(this, () => this.desk)

  protected override willUpdate(): void {
    this.#warnings.look({ which: this.item.appointment, wish: { scope: 'this', to: this.#wished } })
  }

  protected override firstUpdated(): void {
    this.dialog.showModal()
  }

  get #wished() {
    const { appointment } = this.item
    const { day, minute } = this.to
    return { kind: appointment.kind, day, minute, lengthMinutes: lengthOf(appointment) }
  }

  async #move(scope: Scope): Promise<void> {
    const { appointment, citizen } = this.item
    const to = this.#wished
    const isDone = await this.#work.run(async () => {
      const which = await this.desk.change(appointment, { scope, to })
      const undo = undoChange(this.desk, appointment, scope, which)
      const name = firstName(citizen.name)
      this.dispatchEvent(new PlannedEvent({ did: 'moved', name, at: this.to, which, undo }))
    })
    if (isDone) this.dialog.close()
  }

  #close(): void {
    this.dispatchEvent(new Event('nv-closed', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const { appointment, citizen, start } = this.item
    const name = firstName(citizen.name)
    // Of a series it is asked which of them; the one that was moved is what was most likely meant.
    const scopes: readonly Scope[] = appointment.isSeries ? SCOPES : ['this']
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
      <nv-plan-warnings
        .warnings=${this.#warnings.found}
        .name=${name}
        .quiet=${this.quiet}
      ></nv-plan-warnings>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      <div class="actions">
        ${scopes.map(
          (scope, index) =>
            html`<button
              class="button ${index === 0 ? 'primary' : ''}"
              type="button"
              aria-disabled=${this.#work.isBusy}
              @click=${() => void this.#move(scope)}
            >
              ${appointment.isSeries ? t(`planning.scope.${scope}`) : t('week.moveYes')}
            </button>`,
        )}
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
