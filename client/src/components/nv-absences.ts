import type { AbsenceId } from '@naervaer/shared'
import type { Absence, AbsenceDays, TouchedCitizen } from '@naervaer/shared/appointments'
import { wallTimeAt } from '@naervaer/shared/wall'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
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

/**
 * On which days a worker is not at work, whom that touches and who is there instead; written down, changed and taken
 * back. Nobody asks why.
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
  @state() private absences: readonly Absence[] | null = null
  @state() private open: Open = null
  /** Of which the citizens are shown. */
  @state() private shown: AbsenceId | null = null
  @state() private said = ''
  @query('h2') private heading!: HTMLElement | null
  readonly #work = new Work(this)

  protected override firstUpdated(): void {
    void this.#work.run(() => this.#load())
  }

  async #load(): Promise<void> {
    this.absences = await this.source.load()
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
      ${isShown ? renderTouched(absence.touched) : nothing}
      ${this.open === id ? this.#renderForm(absence) : this.#renderActions(absence, span)}
    </div>`
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

function renderTouched(touched: readonly TouchedCitizen[]): TemplateResult {
  const now = Date.now()
  return html`<ul>
    ${touched.map((each) => {
      const more = each.appointments.length - LISTED
      return html`<li>
        <strong>${each.citizen.name}.</strong> ${describeCover(each)}
        <ul>
          ${each.appointments
            .slice(0, LISTED)
            .map((missed) => html`<li>${describeMissed(missed, now)}</li>`)}
          ${more > 0 ? html`<li>${t('absence.moreTimes', { n: String(more) })}</li>` : nothing}
        </ul>
      </li>`
    })}
  </ul>`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-absences': NvAbsences
  }
}
