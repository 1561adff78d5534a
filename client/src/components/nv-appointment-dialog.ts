import {
  APPOINTMENT_KINDS,
  mayBeRung,
  type Appointment,
  type AppointmentKind,
  type CitizenPresence,
} from '@naervaer/shared'
import { SCOPES, type Repeat, type Scope } from '@naervaer/shared/appointments'
import { addDays, wallTimeAt, weekdayOf, type Day, type WallTime } from '@naervaer/shared/wall'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { PlanWarnings, type Wish } from '../controllers/plan-warnings.ts'
import { Work } from '../controllers/work.ts'
import { appointmentsDesk, type AppointmentsDesk } from '../services/appointments-desk.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dialogStyles } from '../styles/dialog.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import '../texts/planning-errors.ts'
import { firstName, t } from '../texts/text.ts'
import { appointmentDialogStyles } from './nv-appointment-dialog.styles.ts'
import './nv-error-notice.ts'
import './nv-plan-warnings.ts'

const MINUTE_MS = 60_000
const TEN_O_CLOCK = 10 * 60

/** What is offered; one that is none of them is offered as well. */
const LENGTHS = [10, 15, 20, 30, 45, 60, 90, 120]
const USUAL_LENGTH: Readonly<Record<AppointmentKind, number>> = { video: 20, phone: 20, visit: 60 }

const REPEATS = ['once', 'weekly', 'twoWeekly', 'weekdays', 'daily'] as const
type Repeats = (typeof REPEATS)[number]

/** How long a series goes on where nobody says otherwise: a quarter of a year. */
const USUAL_SERIES_DAYS = 13 * 7

/** When a new one is to be; null is as long as is usual. */
export interface PlannedStart extends WallTime {
  readonly lengthMinutes: number | null
}

/**
 * A new appointment with a citizen, or one there is: moved, or called off. It opens with what is most likely,
 * so that day and time are all that must be said.
 *
 * @fires nv-closed
 */
@customElement('nv-appointment-dialog')
export class NvAppointmentDialog extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    staffFormStyles,
    dialogStyles,
    appointmentDialogStyles,
  ]

  @property({ attribute: false }) citizen!: CitizenPresence
  /** null for a new one. */
  @property({ attribute: false }) appointment: Appointment | null = null
  /** Where it is known already when a new one is to be. */
  @property({ attribute: false }) start: PlannedStart | null = null
  @property({ attribute: false }) desk: AppointmentsDesk = appointmentsDesk
  @state() private kind: AppointmentKind = 'video'
  @state() private day: Day = ''
  @state() private minute = TEN_O_CLOCK
  @state() private lengthMinutes = 0
  @state() private repeats: Repeats = 'once'
  @state() private until: Day = ''
  @state() private scope: Scope = 'this'
  @state() private isAsking = false
  @query('dialog') private dialog!: HTMLDialogElement
  readonly #work = new Work(this)
  readonly #warnings = new PlanWarnings(this, () => this.desk)

  override connectedCallback(): void {
    super.connectedCallback()
    const { appointment } = this
    if (appointment === null) this.#suggest()
    else this.#take(appointment)
  }

  /** When it was said to be, otherwise the next working day at ten, by video where that may be. */
  #suggest(): void {
    const { start } = this
    this.kind = mayBeRung(this.citizen.choice.state) ? 'video' : 'visit'
    this.lengthMinutes = start?.lengthMinutes ?? USUAL_LENGTH[this.kind]
    if (start !== null) {
      this.day = start.day
      this.minute = start.minute
      return
    }
    this.day = addDays(wallTimeAt(Date.now()).day, 1)
    while (weekdayOf(this.day) > 5) this.day = addDays(this.day, 1)
  }

  #take({ kind, startAt, endAt }: Appointment): void {
    this.kind = kind
    this.lengthMinutes = (endAt - startAt) / MINUTE_MS
    Object.assign(this, wallTimeAt(startAt))
  }

  protected override willUpdate(): void {
    this.#warnings.look(this.day === '' ? null : this.#wished)
  }

  protected override firstUpdated(): void {
    this.dialog.showModal()
  }

  #choose(kind: AppointmentKind): void {
    if (this.lengthMinutes === USUAL_LENGTH[this.kind]) this.lengthMinutes = USUAL_LENGTH[kind]
    this.kind = kind
  }

  #repeat(repeats: Repeats): void {
    this.repeats = repeats
    if (this.until < this.day) this.until = addDays(this.day, USUAL_SERIES_DAYS)
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    const isDone = await this.#work.run(async () => {
      await work()
    })
    if (isDone) this.dialog.close()
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const { which, wish } = this.#wished
    void this.#run(() => (which === null ? this.desk.make(wish) : this.desk.change(which, wish)))
  }

  get #wished(): Wish {
    const { appointment: which, kind, day, minute, lengthMinutes, scope } = this
    const to = { kind, day, minute, lengthMinutes }
    if (which !== null) return { which, wish: { scope, to } }
    const citizenId = this.citizen.person.id
    return { which, wish: { citizenId, ...to, repeat: this.#wishedRepeat } }
  }

  get #wishedRepeat(): Repeat | null {
    const end = { until: this.until }
    switch (this.repeats) {
      case 'once':
        return null
      case 'daily':
        return { every: 'day', weekdays: [], end }
      case 'weekdays':
        return { every: 'week', weekdays: [1, 2, 3, 4, 5], end }
      case 'weekly':
        return { every: 'week', weekdays: [weekdayOf(this.day)], end }
      case 'twoWeekly':
        return { every: 'twoWeeks', weekdays: [weekdayOf(this.day)], end }
    }
  }

  #cancel(appointment: Appointment, scope: Scope): void {
    void this.#run(() => this.desk.change(appointment, { scope, to: null }))
  }

  #close(): void {
    this.dispatchEvent(new Event('nv-closed', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const { appointment } = this
    const name = firstName(this.citizen.person.name)
    return html`<dialog aria-labelledby="title" @close=${() => this.#close()}>
      <h2 id="title">
        ${appointment === null ? t('planning.newWith', { name }) : t('planning.changeWith', { name })}
      </h2>
      <form @submit=${(event: SubmitEvent) => this.#submit(event)}>
        ${this.#renderKinds()} ${this.#renderTime()}
        ${appointment === null ? this.#renderRepeats() : nothing}
        ${appointment?.isSeries === true ? this.#renderScopes() : nothing}
        <nv-plan-warnings
          .warnings=${this.#warnings.found}
          .name=${name}
          .quiet=${this.citizen.quiet}
        ></nv-plan-warnings>
        <nv-error-notice .code=${this.#work.error}></nv-error-notice>
        <div class="actions">
          <button class="button primary" type="submit" aria-disabled=${this.#work.isBusy}>
            ${appointment === null ? t('planning.save') : t('planning.saveChange')}
          </button>
          <button class="button" type="button" @click=${() => this.dialog.close()}>
            ${t('planning.close')}
          </button>
        </div>
      </form>
      ${appointment === null ? nothing : this.#renderCancel(appointment, name)}
    </dialog>`
  }

  #renderRadios<T extends Scope | AppointmentKind>(
    name: string,
    legend: string,
    options: readonly (readonly [value: T, words: string])[],
    chosen: string,
    choose: (value: T) => void,
  ): TemplateResult {
    return html`<fieldset>
      <legend>${legend}</legend>
      <div class="kinds">
        ${options.map(
          ([value, words]) =>
            html`<label class="choice">
              <input
                type="radio"
                name=${name}
                value=${value}
                .checked=${value === chosen}
                @change=${() => choose(value)}
              />
              ${words}
            </label>`,
        )}
      </div>
    </fieldset>`
  }

  #renderKinds(): TemplateResult {
    const options = APPOINTMENT_KINDS.map((kind) => [kind, t(`planning.${kind}`)] as const)
    return this.#renderRadios('kind', t('planning.kind'), options, this.kind, (kind) =>
      this.#choose(kind),
    )
  }

  #renderTime(): TemplateResult {
    return html`<div class="row">
        <div class="field">
          <label for="day">${t('planning.day')}</label>
          <input
            id="day"
            type="date"
            required
            .defaultValue=${this.day}
            .value=${this.day}
            @change=${(event: Event) => (this.day = valueOf(event))}
          />
        </div>
        <div class="field">
          <label for="time">${t('planning.time')}</label>
          <input
            id="time"
            type="time"
            required
            .defaultValue=${toClock(this.minute)}
            .value=${toClock(this.minute)}
            @change=${(event: Event) => (this.minute = toMinute(valueOf(event)))}
          />
        </div>
      </div>
      ${this.#renderSelect(
        'length',
        t('planning.length'),
        [...new Set([...LENGTHS, this.lengthMinutes])]
          .sort((one, other) => one - other)
          .map((n) => [String(n), t('planning.minutes', { n: String(n) })]),
        String(this.lengthMinutes),
        (value) => (this.lengthMinutes = Number(value)),
      )}`
  }

  #renderRepeats(): TemplateResult {
    return html`${this.#renderSelect(
      'repeat',
      t('planning.repeat'),
      REPEATS.map((each) => [each, t(`planning.${each}`)]),
      this.repeats,
      (value) => this.#repeat(REPEATS.find((each) => each === value) ?? 'once'),
    )}
    ${
      this.repeats === 'once'
        ? nothing
        : html`<div class="field">
            <label for="until">${t('planning.until')}</label>
            <input
              id="until"
              type="date"
              required
              min=${this.day}
              .value=${this.until}
              @change=${(event: Event) => (this.until = valueOf(event))}
            />
          </div>`
    }`
  }

  #renderSelect(
    id: string,
    label: string,
    options: readonly (readonly [value: string, words: string])[],
    chosen: string,
    choose: (value: string) => void,
  ): TemplateResult {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <select id=${id} @change=${(event: Event) => choose(valueOf(event))}>
        ${options.map(
          ([value, words]) =>
            html`<option .value=${value} .selected=${value === chosen}>${words}</option>`,
        )}
      </select>
    </div>`
  }

  #renderScopes(): TemplateResult {
    const options = SCOPES.map((scope) => [scope, t(`planning.scope.${scope}`)] as const)
    return this.#renderRadios('scope', t('planning.scope'), options, this.scope, (scope) => {
      this.scope = scope
    })
  }

  #renderCancel(appointment: Appointment, name: string): TemplateResult | typeof nothing {
    if (appointment.calledOff === 'citizen' && !appointment.isSeries) return nothing
    if (!this.isAsking) {
      return html`<button class="button grave" type="button" @click=${() => this.#ask(true)}>
        ${t('planning.cancel')}
      </button>`
    }
    return html`<div class="panel" role="group" aria-labelledby="ask">
      <p id="ask" tabindex="-1">${t('planning.cancelAsk', { name })}</p>
      <div class="actions">
        ${
          appointment.isSeries
            ? SCOPES.map((scope) =>
                this.#renderYes(t(`planning.scope.${scope}`), () =>
                  this.#cancel(appointment, scope),
                ),
              )
            : this.#renderYes(t('planning.cancelYes'), () => this.#cancel(appointment, 'this'))
        }
        <button class="button" type="button" @click=${() => this.#ask(false)}>
          ${t('planning.cancelNo')}
        </button>
      </div>
    </div>`
  }

  #renderYes(words: string, act: () => void): TemplateResult {
    return html`<button
      class="button grave"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${act}
    >
      ${words}
    </button>`
  }

  async #ask(isAsking: boolean): Promise<void> {
    this.isAsking = isAsking
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(isAsking ? '#ask' : '.grave')?.focus()
  }
}

function valueOf({ target }: Event): string {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement
  return isField ? target.value : ''
}

/** As a field of type time has it. */
const toClock = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((each) => String(each).padStart(2, '0')).join(':')

function toMinute(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-appointment-dialog': NvAppointmentDialog
  }
}
