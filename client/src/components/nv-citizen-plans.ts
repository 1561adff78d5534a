import {
  LATE_MINUTES,
  mayBeRung,
  type Appointment,
  type CitizenPresence,
  type LateMinutes,
} from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { Work } from '../controllers/work.ts'
import { appointmentsDesk, type AppointmentsDesk } from '../services/appointments-desk.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { clockTime, firstName, t } from '../texts/text.ts'
import '../texts/planning-errors.ts'
import { when } from '../texts/when.ts'
import type {} from './nv-appointment-dialog.ts'
import './nv-error-notice.ts'

/** How long before the beginning "Jeg er forsinket" is offered. */
const LATE_OFFERED_MS = 2 * 3_600_000

/** For longer than this before it nobody asks whether a device can be woken. */
const REACHED_MATTERS_MS = 24 * 3_600_000

/** How long a receipt may take. */
const RECEIPT_MS = 60_000

/** How often it is looked whether somebody may be late by now. */
const TICK_MS = 30_000

/**
 * What a worker reads of what lies ahead of one citizen, and says of it: who has called off, who waits for
 * whom, and that one is late. It opens the dialog for what is new or to be changed.
 */
@customElement('nv-citizen-plans')
export class NvCitizenPlans extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        margin-block-start: var(--nv-space-3);
      }

      .off {
        padding: var(--nv-space-2) var(--nv-space-3);
        border-radius: var(--nv-radius);
        background: var(--nv-straw-wash);
        font-weight: 600;
      }

      .soft {
        color: var(--nv-ink-soft);
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-4);
      }

      .buttons .plain {
        margin-inline-start: -0.5em;
      }

      @media (forced-colors: active) {
        .off {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  @property({ attribute: false }) citizen!: CitizenPresence
  @property({ attribute: false }) desk: AppointmentsDesk = appointmentsDesk
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  /** What is being planned: something new, where there is no appointment. */
  @state() private planning: { readonly appointment: Appointment | null } | null = null
  readonly #work = new Work(this)
  readonly #directory = new StoreController(this, () => this.directoryStore)
  #timer: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(() => this.requestUpdate(), TICK_MS)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  /** The dialog's code comes when it is wanted. */
  async #plan(appointment: Appointment | null): Promise<void> {
    await import('./nv-appointment-dialog.ts')
    this.planning = { appointment }
  }

  /** Whether it is whoever reads this who rings or comes. */
  #isOwn({ worker }: Appointment): boolean {
    return worker.id === this.#directory.value?.you.id
  }

  get #name(): string {
    return firstName(this.citizen.person.name)
  }

  protected override render(): TemplateResult {
    const { appointments } = this.citizen
    const now = Date.now()
    const next = appointments.find(({ calledOff }) => calledOff === null)
    return html`<div role="status">
        ${appointments.map((each) =>
          each.calledOff === null
            ? this.#renderNext(each, now)
            : html`<p class=${each.calledOff === 'worker' ? 'soft' : 'off'}>
                ${this.#describeOff(each, now)}
              </p>`,
        )}
        ${next === undefined ? nothing : this.#renderReminder(next, now)}
        ${appointments.length === 0 ? html`<p class="soft">${t('planning.none')}</p>` : nothing}
      </div>
      ${next === undefined ? nothing : this.#renderLateness(next, now)}
      <div class="buttons">
        ${appointments.map((each) => this.#renderAnswers(each))}
        ${this.#renderButton(t('planning.new'), () => void this.#plan(null))}
      </div>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
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
    const { worker, insteadOf, kind } = next
    const isVideoLost = kind === 'video' && !mayBeRung(this.citizen.choice.state)
    return html`<p>
      ${t('planning.next', { what: describe(next, now) })}
      ${insteadOf === null ? this.#renderHolder(next) : renderInstead(next, insteadOf.name)}
      ${isVideoLost ? html`<strong>${t('planning.noVideo')}</strong>` : nothing}
      ${
        next.lateMinutes === 0
          ? nothing
          : html`<strong
              >${
                this.#isOwn(next)
                  ? t('planning.lateOwn', { n: String(next.lateMinutes), name: this.#name })
                  : t('planning.lateOther', {
                      n: String(next.lateMinutes),
                      worker: firstName(worker.name),
                    })
              }</strong
            >`
      }
    </p>`
  }

  /** What the citizen has said to the reminder, and before that whether it has come: then the tablet can be woken. */
  #renderReminder(next: Appointment, now: number): TemplateResult | typeof nothing {
    const name = this.#name
    if (next.answered !== undefined) {
      return html`<p class="off">${t(`planning.answered.${next.answered}`, { name })}</p>`
    }
    const reached = this.citizen.reached ?? null
    if (reached === null || next.startAt - now > REACHED_MATTERS_MS) return nothing
    // A receipt takes a moment: until then nothing is wrong.
    if (reached.state === 'sent' && now - reached.at < RECEIPT_MS) return nothing
    const said = { name, time: clockTime(reached.at) }
    return html`<p class="soft">${t(`planning.reached.${reached.state}`, said)}</p>`
  }

  #renderHolder(next: Appointment): TemplateResult | typeof nothing {
    if (this.#isOwn(next)) return nothing
    const worker = firstName(next.worker.name)
    return html`<span class="soft">${t('planning.by', { worker })}</span>`
  }

  #describeOff(off: Appointment, now: number): string {
    const what = describe(off, now)
    const name = this.#name
    if (off.calledOff === 'worker') return t('planning.offWorker', { what })
    if (off.calledOff === 'citizen') return t('planning.off', { name, what })
    const worker = firstName((off.insteadOf ?? off.worker).name)
    return t('planning.waits', { name, worker, what })
  }

  /** Only whoever holds it can be late, and only when it is near. */
  #renderLateness(next: Appointment, now: number): TemplateResult | typeof nothing {
    if (!this.#isOwn(next) || next.startAt - now > LATE_OFFERED_MS) return nothing
    const minutes = LATE_MINUTES.filter((each) => each !== 0 && each !== next.lateMinutes)
    return html`<div class="buttons" role="group" aria-labelledby="late">
      <span id="late" class="soft">${t('planning.late')}</span>
      ${minutes.map((each) =>
        this.#renderButton(t('planning.min', { n: String(each) }), () => this.#setLate(next, each)),
      )}
      ${
        next.lateMinutes === 0
          ? nothing
          : this.#renderButton(t('planning.lateNot'), () => this.#setLate(next, 0))
      }
    </div>`
  }

  #setLate(next: Appointment, minutes: LateMinutes): void {
    void this.#work.run(() => this.desk.setLate(next, minutes))
  }

  /** What a worker may do about one of them. */
  #renderAnswers(each: Appointment): TemplateResult | typeof nothing {
    if (each.calledOff === 'worker') return nothing
    const isOthers = !this.#isOwn(each) && each.calledOff !== 'citizen'
    return html`${
      isOthers
        ? this.#renderButton(t('planning.take'), () => {
            void this.#work.run(() => this.desk.takeOver(each))
          })
        : nothing
    }
    ${this.#renderButton(
      each.calledOff === null ? t('planning.change') : t('planning.newTime'),
      () => void this.#plan(each),
    )}`
  }

  #renderButton(words: string, act: () => void): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      aria-label=${`${words}, ${this.#name}`}
      aria-disabled=${this.#work.isBusy}
      @click=${act}
    >
      ${words}
    </button>`
  }
}

const describe = ({ kind, startAt }: Appointment, now: number): string =>
  t('planning.what', { kind: t(`planning.${kind}`).toLowerCase(), when: when(startAt, now) })

function renderInstead({ worker }: Appointment, own: string): TemplateResult {
  const said = { substitute: firstName(worker.name), worker: firstName(own) }
  return html`<strong>${t('planning.instead', said)}</strong>`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-plans': NvCitizenPlans
  }
}
