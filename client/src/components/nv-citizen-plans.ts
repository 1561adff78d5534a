import { mayBeRung, type Appointment, type CitizenPresence } from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { Ticking } from '../controllers/ticking.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { clockTime, firstName, t } from '../texts/text.ts'
import '../texts/planning-errors.ts'
import { beginsAt, laterTime, when } from '../texts/when.ts'
import './nv-plan-answers.ts'
import type { PlanEvent } from './nv-plan-answers.ts'
import { readPlans, readReached, type Plans } from './citizen-plans.ts'
import type {} from './nv-appointment-dialog.ts'

/**
 * What a worker reads in the row of what lies ahead of one citizen: the next appointment in a line, and below
 * it what must not be overlooked, with the answers to it: who has called off, who waits for whom, and that one
 * is late. It opens the dialog for what is new or to be changed.
 */
@customElement('nv-citizen-plans')
export class NvCitizenPlans extends LitElement {
  static override styles = [
    baseStyles,
    css`
      .news {
        display: grid;
        justify-items: start;
        gap: var(--nv-space-2);
      }

      .news:not(:empty) {
        margin-block-start: var(--nv-space-2);
      }

      .alert {
        padding: var(--nv-space-2) var(--nv-space-3);
        border-radius: var(--nv-radius);
        background: var(--nv-straw-wash);
        font-weight: 600;
      }

      .soft {
        color: var(--nv-ink-soft);
      }

      @media (forced-colors: active) {
        .alert {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  @property({ attribute: false }) citizen!: CitizenPresence
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  /** What is being planned: something new, where there is no appointment. */
  @state() private planning: { readonly appointment: Appointment | null } | null = null
  readonly #directory = new StoreController(this, () => this.directoryStore)

  constructor() {
    super()
    new Ticking(this)
  }

  /** Opens the dialog: of an appointment there is, or of a new one. Its code comes when it is wanted. */
  async plan(appointment: Appointment | null): Promise<void> {
    await import('./nv-appointment-dialog.ts')
    this.planning = { appointment }
  }

  get #name(): string {
    return firstName(this.citizen.person.name)
  }

  get #you(): string {
    return this.#directory.value?.you.id ?? ''
  }

  /** Whether it is whoever reads this who rings or comes. */
  #isOwn({ worker }: Appointment): boolean {
    return worker.id === this.#you
  }

  protected override render(): TemplateResult {
    const { appointments } = this.citizen
    const now = Date.now()
    const plans = readPlans(appointments, this.#you, now)
    const late = plans.lateIn === 'row' ? plans.next : null
    return html`<div role="status">
        ${appointments.length === 0 ? html`<p class="soft">${t('planning.none')}</p>` : nothing}
        ${plans.next === null ? nothing : this.#renderNext(plans.next, now)}
        ${plans.next === null ? nothing : this.#renderReached(plans.next, now)}
        ${this.#renderNews(plans, now)}
      </div>
      ${
        late === null && plans.open.length === 0
          ? nothing
          : html`<nv-plan-answers
              .name=${this.#name}
              .you=${this.#you}
              .appointments=${plans.open}
              .late=${late}
              @nv-plan=${({ appointment }: PlanEvent) => void this.plan(appointment)}
            ></nv-plan-answers>`
      }
      ${this.#renderDialog()}`
  }

  #renderDialog(): TemplateResult | typeof nothing {
    if (this.planning === null) return nothing
    return html`<nv-appointment-dialog
      .citizen=${this.citizen}
      .appointment=${this.planning.appointment}
      @nv-closed=${() => (this.planning = null)}
    ></nv-appointment-dialog>`
  }

  #renderNext(next: Appointment, now: number): TemplateResult {
    const { insteadOf } = next
    return html`<p>
      ${t('planning.next', { what: describe(next, now) })}
      ${insteadOf === null ? this.#renderHolder(next) : renderInstead(next, insteadOf.name)}
    </p>`
  }

  /** Whether the reminder has come, as long as the citizen has said nothing to it: then the tablet can be woken. */
  #renderReached(next: Appointment, now: number): TemplateResult | typeof nothing {
    const reached = readReached(this.citizen, next, now)
    if (reached === null) return nothing
    const said = { time: clockTime(reached.at) }
    return html`<p class="soft">${t(`planning.reached.${reached.state}`, said)}</p>`
  }

  #renderHolder(next: Appointment): TemplateResult | typeof nothing {
    if (this.#isOwn(next)) return nothing
    const worker = firstName(next.worker.name)
    return html`<span class="soft">${t('planning.by', { worker })}</span>`
  }

  /** What must not be overlooked, and below it what is over. */
  #renderNews({ next, off, open }: Plans, now: number): TemplateResult | typeof nothing {
    const alerts = [
      ...(next === null ? [] : this.#listAlerts(next)),
      ...open.map((each) => this.#describeOff(each, now)),
    ]
    const over = off.filter((each) => !open.includes(each))
    if (alerts.length + over.length === 0) return nothing
    return html`<div class="news">
      ${alerts.map((words) => html`<p class="alert">${words}</p>`)}
      ${over.map((each) => html`<p class="soft">${this.#describeOff(each, now)}</p>`)}
    </div>`
  }

  #listAlerts(next: Appointment): string[] {
    const isVideoLost = next.kind === 'video' && !mayBeRung(this.citizen.choice.state)
    return [
      ...(isVideoLost ? [t('planning.noVideo')] : []),
      ...(next.isAway === true ? [t('planning.away')] : []),
      ...(next.answered === undefined
        ? []
        : [t(`planning.answered.${next.answered}`, { name: this.#name, time: laterTime(next) })]),
      ...(next.lateMinutes === 0 ? [] : [this.#describeLate(next)]),
    ]
  }

  #describeLate(next: Appointment): string {
    const n = String(next.lateMinutes)
    return this.#isOwn(next)
      ? t('planning.lateOwn', { n, name: this.#name })
      : t('planning.lateOther', { n, worker: firstName(next.worker.name) })
  }

  #describeOff(off: Appointment, now: number): string {
    const what = describe(off, now)
    const name = this.#name
    if (off.calledOff === 'worker') return t('planning.offWorker', { what })
    if (off.calledOff === 'citizen') return t('planning.off', { name, what })
    const worker = firstName((off.insteadOf ?? off.worker).name)
    return t('planning.waits', { name, worker, what })
  }
}

function describe(appointment: Appointment, now: number): string {
  const kind = t(`planning.${appointment.kind}`).toLowerCase()
  return t('planning.what', { kind, when: when(beginsAt(appointment), now) })
}

function renderInstead({ worker }: Appointment, own: string): TemplateResult {
  const said = { substitute: firstName(worker.name), worker: firstName(own) }
  return html`<strong>${t('planning.instead', said)}</strong>`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-plans': NvCitizenPlans
  }
}
