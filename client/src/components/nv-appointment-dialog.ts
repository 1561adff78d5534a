import {
  APPOINTMENT_KINDS,
  mayBeRung,
  type Appointment,
  type AppointmentKind,
  type CitizenPresence,
} from '@naervaer/shared'
import { SCOPES, type Scope } from '@naervaer/shared/appointments'
import { addDays, wallTimeAt, weekdayOf, type Day, type WallTime } from '@naervaer/shared/wall'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import { PlanWarnings, type Wish } from '../controllers/plan-warnings.ts'
import { Work } from '../controllers/work.ts'
import { appointmentsDesk, type AppointmentsDesk } from '../services/appointments-desk.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dialogStyles } from '../styles/dialog.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import '../texts/planning-errors.ts'
import { firstName, t } from '../texts/text.ts'
import { toClock, toMinute } from './clock-field.ts'
import { findFreeTime, listTaken, LOOK_DAYS } from './free-time.ts'
import { appointmentDialogStyles } from './nv-appointment-dialog.styles.ts'
import './nv-error-notice.ts'
import './nv-plan-warnings.ts'
import { PlannedEvent, undoChange, type Done } from './plan-done.ts'
import { REPEATS, toRepeat, type Repeats } from './repeats.ts'

const MINUTE_MS = 60_000
const TEN_O_CLOCK = 10 * 60

/** What is offered; one that is none of them is offered as well. */
const LENGTHS = [10, 15, 20, 30, 45, 60, 90, 120]
const USUAL_LENGTH: Readonly<Record<AppointmentKind, number>> = { video: 20, phone: 20, visit: 60 }

/** How long a series goes on where nobody says otherwise: a quarter of a year. */
const USUAL_SERIES_DAYS = 13 * 7

/** When a new one is to be; null is as long as is usual. */
export interface PlannedStart extends WallTime {
  readonly lengthMinutes: number | null
}

/**
 * A new appointment with a citizen, or one there is: moved, or called off. It opens with what is most likely.
 *
 * @fires nv-planned
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
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @state() private kind: AppointmentKind = 'video'
  @state() private day: Day = ''
  @state() private minute = TEN_O_CLOCK
  @state() private lengthMinutes = 0
  @state() private repeats: Repeats = 'once'
  @state() private until: Day = ''
  @state() private scope: Scope = 'this'
  @state() private isAsking = false
  @query('dialog') private dialog!: HTMLDialogElement
  /** Whoever has said something of the time is not to find another there. */
  #isTimeSaid = false
  readonly #work = new Work(this)
  readonly #warnings = new PlanWarnings(this, () => this.desk)

  override connectedCallback(): void {
    super.connectedCallback()
    const { appointment } = this
    if (appointment === null) this.#suggest()
    else this.#take(appointment)
  }

  /** When it was said to be, otherwise the next working day, by video where that may be. */
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
    void this.#suggestFree()
  }

  /** At ten, or else when both are free; until that is known, and where it cannot be, it stays at ten. */
  async #suggestFree(): Promise<void> {
    const you = this.directoryStore.value?.you.id
    const { day, kind, lengthMinutes } = this
    if (you === undefined) return
    const span = { from: day, to: addDays(day, LOOK_DAYS - 1) }
    const reply = await this.desk.list(span).catch(() => null)
    if (reply === null || this.#isTimeSaid) return
    const quiet = kind === 'visit' ? null : this.citizen.quiet
    const taken = listTaken(reply, you, this.citizen.person.id)
    Object.assign(this, findFreeTime(taken, { day, lengthMinutes, quiet }))
  }

  #say(time: Partial<WallTime>): void {
    this.#isTimeSaid = true
    Object.assign(this, time)
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

  /** @param work - gives what it has done */
  async #run(work: () => Promise<Pick<Done, 'did' | 'at' | 'which' | 'undo'>>): Promise<void> {
    const name = firstName(this.citizen.person.name)
    const isDone = await this.#work.run(async () => {
      const done = await work()
      this.dispatchEvent(new PlannedEvent({ ...done, name }))
    })
    if (isDone) this.dialog.close()
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const { which, wish } = this.#wished
    const at = { day: this.day, minute: this.minute }
    void this.#run(async () => {
      if (which === null) {
        const { id } = await this.desk.make(wish)
        return { did: 'made', at, which: { id, day: at.day }, undo: () => this.desk.takeBack(id) }
      }
      const reply = await this.desk.change(which, wish)
      const before = wallTimeAt(which.startAt)
      const isMoved = before.day !== at.day || before.minute !== at.minute
      const undo = undoChange(this.desk, which, wish.scope, reply)
      return { did: isMoved ? 'moved' : 'changed', at, which: reply, undo }
    })
  }

  get #wished(): Wish {
    const { appointment: which, kind, day, minute, lengthMinutes, scope } = this
    const to = { kind, day, minute, lengthMinutes }
    if (which !== null) return { which, wish: { scope, to } }
    const citizenId = this.citizen.person.id
    return { which, wish: { citizenId, ...to, repeat: toRepeat(this.repeats, day, this.until) } }
  }

  #cancel(appointment: Appointment, scope: Scope): void {
    void this.#run(async () => {
      const which = await this.desk.change(appointment, { scope, to: null })
      const undo = undoChange(this.desk, appointment, scope, which)
      return { did: 'off', at: wallTimeAt(appointment.startAt), which, undo }
    })
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
            @input=${() => (this.#isTimeSaid = true)}
            @change=${(event: Event) => this.#say({ day: valueOf(event) })}
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
            @input=${() => (this.#isTimeSaid = true)}
            @change=${(event: Event) => this.#say({ minute: toMinute(valueOf(event)) })}
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

declare global {
  interface HTMLElementTagNameMap {
    'nv-appointment-dialog': NvAppointmentDialog
  }
}
