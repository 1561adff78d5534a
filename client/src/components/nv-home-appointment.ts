import type { Appointment, Home } from '@naervaer/shared'
import type { CitizenAnswer } from '@naervaer/shared/appointments'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { httpContext } from '../app/contexts.ts'
import { TapGuard } from '../controllers/tap-guard.ts'
import { Work } from '../controllers/work.ts'
import type { HttpClient } from '../services/http-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { clockTime, firstName, t } from '../texts/text.ts'
import { beginsAt, describePlan, laterTime, when } from '../texts/when.ts'
import { leafIcon, undoIcon } from './home-icons.ts'
import './nv-error-notice.ts'
// What comes late on that page comes at once.
import './nv-home-away.ts'
import './nv-more-plans.ts'
import { homeAppointmentStyles } from './nv-home-appointment.styles.ts'

const MINUTE_MS = 60_000

/** How often it is looked whether "i morgen" has become "i dag". */
const TICK_MS = 15_000

/**
 * A citizen's next appointment in words: who rings or comes and when, that nothing need be done, and what may be
 * said to it. What has been called off is a calm line, as long as it would have been next.
 */
@customElement('nv-home-appointment')
export class NvHomeAppointment extends LitElement {
  static override styles = [baseStyles, buttonStyles, homeAppointmentStyles]

  @property({ attribute: false }) appointments: readonly Appointment[] = []
  /** Which of them is so near that the citizen is asked. */
  @property({ attribute: false }) soon: Home['soon'] = null
  /** Whether there is something else to read on the page, which has the room. */
  @property({ type: Boolean, reflect: true }) isAside = false
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  /** For which the question is open whether it is really called off. */
  @state() private asking: string | null = null
  readonly #work = new Work(this)
  #timer: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    // A double tap must not answer the question, nor take back what it has said.
    new TapGuard(this, () => [this.asking, this.soon?.id, ...this.appointments.map(stateOf)].join())
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(() => this.requestUpdate(), TICK_MS)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  async #answer({ id, day }: Appointment, answer: CitizenAnswer, focus = '.words'): Promise<void> {
    const path = `/api/own-appointments/${id}/${day}/answer` as const
    const isDone = await this.#work.run(() => this.http.changeChoice(path, { answer }))
    if (isDone) await this.#focus(null, focus)
  }

  /** What was pressed goes away, and the focus must not go with it. */
  async #focus(asking: string | null, selector: string): Promise<void> {
    this.asking = asking
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  protected override render(): TemplateResult {
    const now = Date.now()
    const next = this.appointments.find(({ calledOff }) => calledOff === null)
    const off = this.appointments.filter(({ calledOff }) => calledOff !== null)
    const isSecond = off.length > 0
    return html`<div role="status" class="words" tabindex="-1">
        ${off.map((each) => renderOff(each, now))}
      </div>
      <div class="buttons">${off.map((each) => this.#renderUndo(each))}</div>
      <div role="status" class="words">
        ${next === undefined ? nothing : renderNext(next, now, isSecond, this.#isAsked(next))}
      </div>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${next === undefined ? nothing : this.#renderBelow(next, now)}`
  }

  /** The question takes the place of what led to it. */
  #renderBelow(next: Appointment, now: number): TemplateResult {
    if (this.#isAsked(next)) return this.#renderSoon(next)
    return this.asking === nameOf(next)
      ? this.#renderQuestion(next, now)
      : html`<div class="buttons">${this.#renderAnswers(next)}<nv-more-plans></nv-more-plans></div>`
  }

  /** Who has said that they are ready is asked no more; who would like five minutes may be ready before. */
  #isAsked(next: Appointment): boolean {
    const isSoon = this.soon?.id === next.id && this.soon.day === next.day
    return isSoon && next.answered !== 'ready'
  }

  #renderSoon(next: Appointment): TemplateResult {
    const isLater = next.answered === 'more'
    const name = firstName(next.worker.name)
    return html`<div role="group" aria-labelledby="soon">
      <p class="question" id="soon" tabindex="-1">
        ${isLater ? t('plan.moreDone', { name, time: laterTime(next) }) : t('plan.soonAsk')}
      </p>
      ${isLater ? nothing : html`<p class="how">${t('plan.soonHow')}</p>`}
      <div class="answers">
        ${this.#renderAnswer(t('home.ready'), () => this.#answer(next, 'ready'), 'primary')}
        ${
          isLater
            ? nothing
            : this.#renderAnswer(t('plan.more'), () => this.#answer(next, 'more', '.question'))
        }
        ${this.#renderAnswer(t('plan.notToday'), () => this.#answer(next, 'off'))}
      </div>
    </div>`
  }

  #renderUndo(appointment: Appointment): TemplateResult | typeof nothing {
    const { calledOff, worker } = appointment
    // What the worker has called off is no longer the citizen's to say.
    if (calledOff === 'worker') return nothing
    const words =
      calledOff === 'waiting'
        ? t('plan.waitUndo', { substitute: firstName(worker.name) })
        : t('plan.offUndo')
    return this.#renderButton(html`${undoIcon}${words}`, () => this.#answer(appointment, 'on'))
  }

  #renderAnswers(next: Appointment): TemplateResult {
    const { insteadOf } = next
    return html`${
      insteadOf === null
        ? nothing
        : this.#renderButton(t('plan.wait', { name: firstName(insteadOf.name) }), () =>
            this.#answer(next, 'wait'),
          )
    }
    ${this.#renderButton(t('plan.off'), () => this.#focus(nameOf(next), '.question'))}`
  }

  #renderQuestion(next: Appointment, now: number): TemplateResult {
    return html`<div
      role="group"
      aria-labelledby="question"
      @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
    >
      <p class="question" id="question" tabindex="-1">
        ${t('plan.offAsk', { when: when(next.startAt, now) })}
      </p>
      <div class="answers">
        ${this.#renderAnswer(t('plan.offYes'), () => this.#answer(next, 'off'))}
        ${this.#renderAnswer(t('plan.offNo'), () => this.#focus(null, '.words'))}
      </div>
    </div>`
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') void this.#focus(null, '.words')
  }

  #renderButton(words: TemplateResult | string, act: () => Promise<void>): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${() => void act()}
    >
      ${words}
    </button>`
  }

  #renderAnswer(words: string, act: () => Promise<void>, look = ''): TemplateResult {
    return html`<button
      class="button ${look}"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${() => void act()}
    >
      ${words}
    </button>`
  }
}

/** What the one time of an appointment is known by on this page. */
const nameOf = ({ id, day }: Appointment): string => `${id} ${day}`
const stateOf = (each: Appointment): string =>
  `${nameOf(each)} ${each.calledOff ?? ''} ${each.answered ?? ''}`

/** What comes after something that was called off gives it the room. */
function renderNext(
  next: Appointment,
  now: number,
  isSecond: boolean,
  isAsked: boolean,
): TemplateResult {
  const name = firstName(next.worker.name)
  if (next.isAway === true) {
    return html`<p class="next ${isSecond ? 'second' : ''}">
      ${t('plan.awayThen', { name, when: when(next.startAt, now) })}
    </p>`
  }
  // One time counts, and stands there alone.
  const isLater = next.answered === 'more'
  return html`<p class="next ${isSecond ? 'second' : ''}">
      ${describePlan(next.kind, name, beginsAt(next), now)}.
    </p>
    ${next.movedFrom === undefined ? nothing : renderLine(t('plan.moved', { when: when(next.movedFrom, now) }))}
    ${next.insteadOf === null ? nothing : renderLine(describeSubstitute(next, next.insteadOf.name))}
    ${next.lateMinutes === 0 || isLater ? nothing : renderLine(describeLate(next, name))}
    ${isAsked ? nothing : html`<p class="how">${describeHow(next, name)}</p>`}`
}

function describeSubstitute({ kind, worker }: Appointment, own: string): string {
  const said = { substitute: firstName(worker.name), name: firstName(own) }
  return kind === 'visit' ? t('plan.insteadComes', said) : t('plan.insteadRings', said)
}

/** Who reads that somebody is late has read how they will come. */
function describeHow({ kind, lateMinutes }: Appointment, name: string): string {
  if (kind === 'visit' || lateMinutes > 0) return t('plan.nothing')
  return kind === 'video' ? t('plan.videoHow', { name }) : t('plan.phoneHow')
}

function describeLate({ kind, startAt, lateMinutes }: Appointment, name: string): string {
  const time = clockTime(startAt + lateMinutes * MINUTE_MS)
  const said = { name, minutes: String(lateMinutes), time }
  return kind === 'visit' ? t('plan.lateComes', said) : t('plan.lateRings', said)
}

function renderOff(off: Appointment, now: number): TemplateResult {
  return renderLine(describeOff(off, when(off.startAt, now)))
}

function describeOff({ kind, calledOff, worker, insteadOf }: Appointment, at: string): string {
  const name = firstName(worker.name)
  if (calledOff === 'citizen') return t('plan.offDone', { when: at, name })
  // By whom is not said: whoever holds it by now need not have done it.
  if (calledOff === 'worker') return t('plan.offWorker', { when: at })
  const said = { substitute: name, name: firstName((insteadOf ?? worker).name), when: at }
  return kind === 'visit' ? t('plan.waitsVisit', said) : t('plan.waits', said)
}

const renderLine = (words: string): TemplateResult =>
  html`<div class="line">
    ${leafIcon}
    <p>${words}</p>
  </div>`

declare global {
  interface HTMLElementTagNameMap {
    'nv-home-appointment': NvHomeAppointment
  }
}
