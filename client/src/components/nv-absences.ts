import type { AbsenceId, Person } from '@naervaer/shared'
import type { Absence, AbsenceDays, TouchedCitizen } from '@naervaer/shared/appointments'
import { wallTimeAt } from '@naervaer/shared/wall'
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import './nv-asking-button.ts'
import { readText } from './form-text.ts'
import './nv-error-notice.ts'
import { Work } from '../controllers/work.ts'
import type { AbsenceSource } from '../services/absence-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import '../texts/absence-errors.ts'
import { firstName, t } from '../texts/text.ts'
import { describeCover, describeMissed, describeSpan, describeTouched } from './absence-words.ts'

/** More times than this are counted and not listed: a series would fill the page. */
const LISTED = 5

/** Which form is open: a new absence, the one with this id, or none. */
type Open = 'new' | AbsenceId | null

/** Somebody is to stand in with a citizen on the days of an absence. */
export class CoverEvent extends Event {
  readonly citizen: Person
  readonly days: AbsenceDays

  constructor(citizen: Person, days: AbsenceDays) {
    super('nv-cover', { bubbles: true, composed: true })
    this.citizen = citizen
    this.days = days
  }
}

/**
 * On which days a worker is not at work, whom that touches and who is there instead; written down, changed and taken
 * back. Nobody asks why. Whoever may choose substitutes is led to that from whom it touches.
 *
 * @fires nv-cover - a substitute is to be chosen
 */
@customElement('nv-absences')
export class NvAbsences extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    staffFormStyles,
    css`
      :host,
      section {
        display: grid;
        justify-items: start;
        gap: var(--nv-space-3);
        width: 100%;
        font-size: var(--nv-text-m);
        font-weight: 400;
      }

      h2 {
        font-size: var(--nv-text-l);
      }

      section:focus,
      h2:focus {
        outline: none;
      }

      .absence {
        display: grid;
        justify-items: start;
        gap: var(--nv-space-2);
        width: 100%;
        max-width: 44rem;
        padding: var(--nv-space-3) var(--nv-space-4);
        border-inline-start: 4px solid var(--nv-accent);
        background: var(--nv-paper-raised);
      }

      .span {
        font-weight: 600;
      }

      .days {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
        gap: var(--nv-space-3);
      }

      form {
        width: 100%;
        margin: 0;
      }

      ul {
        display: grid;
        gap: var(--nv-space-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li li {
        color: var(--nv-ink-soft);
      }

      ul ul {
        gap: 0;
      }
    `,
  ]

  @property({ attribute: false }) source!: AbsenceSource
  /** Whose they are; null where they are one's own. */
  @property() name: string | null = null
  /** The reader may choose who stands in. */
  @property({ type: Boolean }) isChooser = false
  /** Whenever this is another, something may have changed of whom it touches. */
  @property({ attribute: false }) news: unknown = null
  @state() private absences: readonly Absence[] | null = null
  @state() private open: Open = null
  /** Of which the citizens are shown. */
  @state() private shown: AbsenceId | null = null
  @state() private said = ''
  @query('h2') private heading!: HTMLElement | null
  readonly #work = new Work(this)
  #asked = 0

  protected override firstUpdated(): void {
    void this.#work.run(() => this.#load())
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (changes.has('news') && this.absences !== null) void this.#refresh()
  }

  /** In the background: whoever is about to press something is not held up. */
  async #refresh(): Promise<void> {
    await this.#load().catch(() => {
      this.#work.error = 'CONNECTION_LOST'
      this.requestUpdate()
    })
  }

  async #load(): Promise<void> {
    this.#asked += 1
    const asked = this.#asked
    const absences = await this.source.load()
    // Of two answers under way the later one is what is so.
    if (asked === this.#asked) this.absences = absences
  }

  /** What was pressed goes away, and the focus must not go with it. */
  async #do(act: () => Promise<void>, said: string): Promise<void> {
    this.said = ''
    const isDone = await this.#work.run(async () => {
      await act()
      this.open = null
      await this.#load()
    })
    if (!isDone) return
    this.said = said
    await this.updateComplete
    this.heading?.focus()
  }

  #submit(event: SubmitEvent, absence: Absence | null): void {
    event.preventDefault()
    // The listener stands on this very form.
    const form = event.currentTarget as HTMLFormElement
    const days: AbsenceDays = { firstDay: readText(form, 'first'), lastDay: readText(form, 'last') }
    if (absence === null) void this.#do(() => this.source.add(days), t('absence.saved'))
    else void this.#do(() => this.source.change(absence.id, days), t('absence.changed'))
  }

  async #toggle(open: Open): Promise<void> {
    this.said = ''
    this.open = open
    await this.updateComplete
    const target = open === null ? 'h2' : 'input'
    this.renderRoot.querySelector<HTMLElement>(target)?.focus()
  }

  protected override render(): TemplateResult {
    const { absences, name } = this
    return html`<section aria-labelledby="title">
      <h2 id="title" tabindex="-1">
        ${name === null ? t('absence.title') : t('absence.titleOf', { name })}
      </h2>
      <p class="hint">${t('absence.about')} ${name === null ? t('absence.whom') : nothing}</p>
      <p role="status">${this.said}</p>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${absences?.length === 0 ? html`<p>${t('absence.none')}</p>` : nothing}
      ${repeat(
        absences ?? [],
        ({ id }) => id,
        (absence) => this.#renderAbsence(absence),
      )}
      ${absences === null ? nothing : this.#renderNew()}
    </section>`
  }

  #renderNew(): TemplateResult {
    if (this.open === 'new') return this.#renderForm(null)
    return html`<button class="button" type="button" @click=${() => void this.#toggle('new')}>
      ${t('absence.add')}
    </button>`
  }

  #renderAbsence(absence: Absence): TemplateResult {
    const { id } = absence
    const span = describeSpan(absence)
    const isShown = this.shown === id
    return html`<div class="absence">
      <p class="span">
        ${this.name === null ? t('absence.own', { span }) : t('absence.other', { name: firstName(this.name), span })}
      </p>
      <p>${describeTouched(absence)}</p>
      ${
        absence.touched.length === 0
          ? nothing
          : html`<button
              class="button plain"
              type="button"
              aria-expanded=${isShown}
              @click=${() => (this.shown = isShown ? null : id)}
            >
              ${isShown ? t('absence.hide') : t('absence.show')}
              <span class="visually-hidden">${span}</span>
            </button>`
      }
      ${isShown ? this.#renderTouched(absence) : nothing}
      ${this.open === id ? this.#renderForm(absence) : this.#renderActions(absence, span)}
    </div>`
  }

  #renderTouched({ touched, firstDay, lastDay }: Absence): TemplateResult {
    const now = Date.now()
    return html`<ul>
      ${touched.map(
        (each) =>
          html`<li>
            <strong>${each.citizen.name}.</strong> ${describeCover(each)} ${renderMissed(each, now)}
            ${
              this.isChooser && each.cover !== 'whole'
                ? this.#renderChoose(each.citizen, { firstDay, lastDay })
                : nothing
            }
          </li>`,
      )}
    </ul>`
  }

  #renderChoose(citizen: Person, days: AbsenceDays): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      @click=${() => this.dispatchEvent(new CoverEvent(citizen, days))}
    >
      ${t('absence.choose')}<span class="visually-hidden">${citizen.name}</span>
    </button>`
  }

  #renderActions(absence: Absence, span: string): TemplateResult {
    const hasBegun = absence.firstDay <= wallTimeAt(Date.now()).day
    return html`<div class="actions">
      <button
        class="button plain"
        type="button"
        aria-disabled=${this.#work.isBusy}
        @click=${() => void this.#toggle(absence.id)}
      >
        ${t('absence.change')}<span class="visually-hidden">${span}</span>
      </button>
      <nv-asking-button
        .words=${hasBegun ? t('absence.back') : t('absence.remove')}
        .about=${span}
        .question=${hasBegun ? t('absence.backAsk') : t('absence.removeAsk', { span })}
        .yes=${hasBegun ? t('absence.backYes') : t('absence.removeYes')}
        .isBusy=${this.#work.isBusy}
        .isPlain=${true}
        @nv-sure=${() => void this.#do(() => this.source.remove(absence.id), t('absence.removed'))}
      ></nv-asking-button>
    </div>`
  }

  #renderForm(absence: Absence | null): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event, absence)}>
      <div class="days">
        ${renderDay('first', t('absence.first'), absence?.firstDay)}
        ${renderDay('last', t('absence.last'), absence?.lastDay)}
      </div>
      <div class="actions">
        <button class="button primary" type="submit" aria-disabled=${this.#work.isBusy}>
          ${t('absence.save')}
        </button>
        <button class="button plain" type="button" @click=${() => void this.#toggle(null)}>
          ${t('absence.close')}
        </button>
      </div>
    </form>`
  }
}

function renderDay(name: string, label: string, day: string | undefined): TemplateResult {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input id=${name} name=${name} type="date" required .value=${day ?? ''} />
  </div>`
}

function renderMissed({ appointments }: TouchedCitizen, now: number): TemplateResult {
  const more = appointments.length - LISTED
  return html`<ul>
    ${appointments.slice(0, LISTED).map((missed) => html`<li>${describeMissed(missed, now)}</li>`)}
    ${more > 0 ? html`<li>${t('absence.moreTimes', { n: String(more) })}</li>` : nothing}
  </ul>`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-absences': NvAbsences
  }
  interface HTMLElementEventMap {
    'nv-cover': CoverEvent
  }
}
