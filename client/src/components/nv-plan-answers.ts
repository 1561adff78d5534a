import type { Appointment, LateMinutes } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { Work } from '../controllers/work.ts'
import { appointmentsDesk, type AppointmentsDesk } from '../services/appointments-desk.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import './nv-error-notice.ts'
import { latenessOf } from './citizen-plans.ts'

/** Asks for the dialog: of an appointment there is, or of a new one. */
export class PlanEvent extends Event {
  readonly appointment: Appointment | null

  constructor(appointment: Appointment | null) {
    super('nv-plan', { bubbles: true, composed: true })
    this.appointment = appointment
  }
}

/**
 * What a worker may say to some of a citizen's appointments: that they are late, that they take it, that it
 * is to be at another time.
 *
 * @fires nv-plan
 */
@customElement('nv-plan-answers')
export class NvPlanAnswers extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-4);
        margin-inline-start: -0.5em;
      }

      .soft {
        padding-inline-start: 0.5em;
        color: var(--nv-ink-soft);
      }
    `,
  ]

  /** What the citizen is called by. */
  @property() name = ''
  /** Whoever reads this. */
  @property() you = ''
  @property({ attribute: false }) appointments: readonly Appointment[] = []
  /** For which one it may be said that one is late. */
  @property({ attribute: false }) late: Appointment | null = null
  /** Something new may be planned here. */
  @property({ type: Boolean }) isNewOffered = false
  @property({ attribute: false }) desk: AppointmentsDesk = appointmentsDesk
  readonly #work = new Work(this)

  #plan(appointment: Appointment | null): void {
    this.dispatchEvent(new PlanEvent(appointment))
  }

  #setLate(appointment: Appointment, minutes: LateMinutes): void {
    void this.#work.run(() => this.desk.setLate(appointment, minutes))
  }

  protected override render(): TemplateResult {
    return html`${this.late === null ? nothing : this.#renderLateness(this.late)}
      <div class="buttons">
        ${this.appointments.map((each) => this.#renderAnswers(each))}
        ${
          this.isNewOffered
            ? this.#renderButton(t('planning.new'), () => {
                this.#plan(null)
              })
            : nothing
        }
      </div>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }

  #renderLateness(late: Appointment): TemplateResult {
    return html`<div class="buttons" role="group" aria-labelledby="late">
      <span id="late" class="soft">${t('planning.late')}</span>
      ${latenessOf(late).map((each) =>
        this.#renderButton(t('planning.min', { n: String(each) }), () => {
          this.#setLate(late, each)
        }),
      )}
      ${
        late.lateMinutes === 0
          ? nothing
          : this.#renderButton(t('planning.lateNot'), () => {
              this.#setLate(late, 0)
            })
      }
    </div>`
  }

  #renderAnswers(each: Appointment): TemplateResult {
    const isOthers = each.worker.id !== this.you && each.calledOff !== 'citizen'
    return html`${
      isOthers
        ? this.#renderButton(t('planning.take'), () => {
            void this.#work.run(() => this.desk.takeOver(each))
          })
        : nothing
    }
    ${this.#renderButton(
      each.calledOff === null ? t('planning.change') : t('planning.newTime'),
      () => {
        this.#plan(each)
      },
    )}`
  }

  #renderButton(words: string, act: () => void): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      aria-label=${`${words}, ${this.name}`}
      aria-disabled=${this.#work.isBusy}
      @click=${act}
    >
      ${words}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-plan-answers': NvPlanAnswers
  }
  interface HTMLElementEventMap {
    'nv-plan': PlanEvent
  }
}
