import {
  mayBeRung,
  type Appointment,
  type AppointmentKind,
  type CallView,
  type CitizenPresence,
  type DurationMs,
  type UnixMs,
} from '@naervaer/shared'
import type { NewAppointmentReply } from '@naervaer/shared/appointments'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { PlanWarnings } from '../controllers/plan-warnings.ts'
import { Work } from '../controllers/work.ts'
import { appointmentsDesk } from '../services/appointments-desk.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import '../texts/planning-errors.ts'
import { firstName, t } from '../texts/text.ts'
import { when } from '../texts/when.ts'
import { nameClash } from './next-clash.ts'
import { listNextTimes, type NextTime } from './next-times.ts'
import type {} from './nv-appointment-dialog.ts'
import './nv-error-notice.ts'
import { nextAppointmentStyles } from './nv-next-appointment.styles.ts'
import './nv-plan-warnings.ts'

const USUAL_MINUTES = 20

/** What begins until then was this talk's, see protocol AP9. */
const SAME_TALK_MS: DurationMs = 30 * 60_000

/** What was agreed on in one tap, until it is taken back. */
interface Made extends NewAppointmentReply {
  readonly kind: AppointmentKind
  readonly startAt: UnixMs
}

/**
 * "Næste aftale?" right after a talk, in one tap, which can be undone; where there is a next one already, it is
 * said and nothing is asked.
 */
@customElement('nv-next-appointment')
export class NvNextAppointment extends LitElement {
  static override styles = [baseStyles, buttonStyles, nextAppointmentStyles]

  @property({ attribute: false }) call!: CallView
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @state() private made: Made | null = null
  @state() private isUndone = false
  @state() private isChoosing = false
  readonly #directory = new StoreController(this, () => this.directoryStore)
  readonly #work = new Work(this)
  /** One for each time that is offered, in their order. */
  readonly #clashes = [1, 2].map(() => new PlanWarnings(this, () => appointmentsDesk))

  get #citizen(): CitizenPresence | undefined {
    const { id } = this.call.citizen
    return this.#directory.value?.citizens.find(({ person }) => person.id === id)
  }

  /** What is planned next, besides what this talk was. */
  #findNext({ appointments }: CitizenPresence): Appointment | undefined {
    const since = (this.call.endedAt ?? Date.now()) + SAME_TALK_MS
    return appointments.find(
      ({ calledOff, kind, startAt }) => calledOff === null && (kind !== 'video' || startAt > since),
    )
  }

  /** When this talk was to be: it may have begun a little early or late. */
  #findPlannedAt({ appointments }: CitizenPresence, connectedAt: number): number | null {
    const held = appointments.find(
      ({ calledOff, kind, startAt }) =>
        calledOff === null && kind === 'video' && Math.abs(startAt - connectedAt) <= SAME_TALK_MS,
    )
    return held?.startAt ?? null
  }

  protected override willUpdate(): void {
    const citizen = this.#citizen
    if (citizen === undefined || this.made !== null || this.#findNext(citizen) !== undefined) return
    this.#listTimes(citizen).forEach((time, index) =>
      this.#clashes[index]?.look({ which: null, wish: wishOf(time, citizen) }),
    )
  }

  #listTimes(citizen: CitizenPresence): readonly NextTime[] {
    const { connectedAt } = this.call
    return connectedAt === null
      ? []
      : listNextTimes(connectedAt, this.#findPlannedAt(citizen, connectedAt))
  }

  async #make(time: NextTime, citizen: CitizenPresence): Promise<void> {
    const wish = wishOf(time, citizen)
    await this.#work.run(async () => {
      const made = await appointmentsDesk.make(wish)
      this.made = { ...made, kind: wish.kind, startAt: time.startAt }
      this.isUndone = false
    })
    await this.#focus()
  }

  async #undo({ id }: Made): Promise<void> {
    await this.#work.run(async () => {
      await appointmentsDesk.takeBack(id)
      this.made = null
      this.isUndone = true
    })
    await this.#focus()
  }

  /** The dialog's code comes when it is wanted. */
  async #choose(): Promise<void> {
    await import('./nv-appointment-dialog.ts')
    this.isChoosing = true
  }

  /** What was pressed is gone: the keyboard goes on with what stands there instead. */
  async #focus(): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector('button')?.focus()
  }

  protected override render(): TemplateResult | typeof nothing {
    const citizen = this.#citizen
    if (citizen === undefined) return nothing
    const next = this.made === null ? this.#findNext(citizen) : undefined
    return html`<section aria-labelledby="title">
      <h2 id="title">${t('next.plan')}</h2>
      <p role="status">${this.#describe(citizen, next)}</p>
      ${this.made === null ? nothing : this.#renderMade(this.made, citizen)}
      ${this.made === null && next === undefined ? this.#renderTimes(citizen) : nothing}
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${this.#renderDialog(citizen)}
    </section>`
  }

  #describe({ person }: CitizenPresence, next: Appointment | undefined): string | typeof nothing {
    if (this.made !== null) {
      return t('next.made', { what: describe(this.made), name: firstName(person.name) })
    }
    if (next !== undefined) return t('next.planned', { what: describe(next) })
    return this.isUndone ? t('next.undone') : nothing
  }

  #renderMade(made: Made, { person, quiet }: CitizenPresence): TemplateResult {
    return html`<nv-plan-warnings
        .warnings=${made.warnings}
        .name=${firstName(person.name)}
        .quiet=${quiet}
        .isKept=${true}
      ></nv-plan-warnings>
      <button
        class="button"
        type="button"
        aria-disabled=${this.#work.isBusy}
        @click=${() => void this.#undo(made)}
      >
        ${t('next.undo')}
      </button>`
  }

  #renderTimes(citizen: CitizenPresence): TemplateResult | typeof nothing {
    const times = this.#listTimes(citizen)
    if (times.length === 0) return nothing
    return html`<div class="times">
      ${times.map(
        (time, index) =>
          html`<button
            class="button"
            type="button"
            aria-disabled=${this.#work.isBusy}
            @click=${() => void this.#make(time, citizen)}
          >
            <span>${t(time.words)}</span>
            <span class="when">${when(time.startAt, Date.now())}</span>
            ${this.#renderClash(index, citizen)}
          </button>`,
      )}
      <button class="button" type="button" @click=${() => void this.#choose()}>
        ${t('next.own')}
      </button>
    </div>`
  }

  /** Said before it is chosen: what is made is told to the citizen at once. */
  #renderClash(index: number, { person }: CitizenPresence): TemplateResult | typeof nothing {
    const words = nameClash(this.#clashes[index]?.found ?? [], firstName(person.name))
    return words === null ? nothing : html`<span class="clash">${words}</span>`
  }

  #renderDialog(citizen: CitizenPresence): TemplateResult | typeof nothing {
    if (!this.isChoosing) return nothing
    return html`<nv-appointment-dialog
      .citizen=${citizen}
      @nv-closed=${() => (this.isChoosing = false)}
    ></nv-appointment-dialog>`
  }
}

function wishOf({ day, minute }: NextTime, { choice, person }: CitizenPresence) {
  return {
    citizenId: person.id,
    kind: mayBeRung(choice.state) ? ('video' as const) : ('phone' as const),
    ...{ day, minute, lengthMinutes: USUAL_MINUTES, repeat: null },
  }
}

function describe({ kind, startAt }: Pick<Appointment, 'kind' | 'startAt'>): string {
  const words = { kind: t(`planning.${kind}`).toLocaleLowerCase(), when: when(startAt, Date.now()) }
  return t('planning.what', words)
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-next-appointment': NvNextAppointment
  }
}
