import type { AssignmentKind, NewAssignment, Person, PersonId } from '@naervaer/shared'
import type { AbsenceDays } from '@naervaer/shared/appointments'
import { wallTimeAt, type Day } from '@naervaer/shared/wall'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { dayStart } from '../texts/day-start.ts'
import { t } from '../texts/text.ts'
import { readText } from './form-text.ts'

const today = (): Day => wallTimeAt(Date.now()).day

/** Whom it is for, and on which days, where that is known. */
export interface CoverWish extends AbsenceDays {
  readonly citizenId: PersonId
  /** Who is not at work then. */
  readonly absentId: PersonId
}

/**
 * Makes a worker a citizen's, for good or for a time. Days are whole days in Denmark.
 *
 * @fires nv-assign - with a `NewAssignment`
 */
@customElement('nv-assign-form')
export class NvAssignForm extends LitElement {
  static override styles = [baseStyles, buttonStyles, staffFormStyles]

  @property({ attribute: false }) workers: readonly Person[] = []
  @property({ attribute: false }) citizens: readonly Person[] = []
  @property({ type: Boolean }) isBusy = false
  /** An absence that somebody is to be chosen for. */
  @property({ attribute: false }) wish: CoverWish | null = null
  @state() private kind: AssignmentKind = 'substitute'

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (changes.has('wish') && this.wish !== null) this.kind = 'substitute'
  }

  /** Whoever comes from an absence has only to say who. */
  protected override updated(changes: PropertyValues<this>): void {
    if (changes.has('wish') && this.wish !== null) this.#fill(this.wish)
  }

  #fill({ citizenId, firstDay, lastDay }: CoverWish): void {
    const known = { citizen: citizenId, from: firstDay < today() ? today() : firstDay, to: lastDay }
    for (const [id, value] of Object.entries(known)) {
      const field = this.renderRoot.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`)
      if (field !== null) field.value = value
    }
    this.renderRoot.querySelector<HTMLElement>('#worker')?.focus()
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const to = readText(form, 'to')
    const detail: NewAssignment = {
      // Ids that the selects were given.
      citizenId: readText(form, 'citizen') as PersonId,
      workerId: readText(form, 'worker') as PersonId,
      kind: this.kind,
      // Of today the server takes what is left.
      fromAt: dayStart(readText(form, 'from')),
      toAt: to === '' ? null : dayStart(to, 1),
    }
    this.dispatchEvent(new CustomEvent('nv-assign', { detail, bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event)}>
      ${this.#renderSelect('citizen', t('lead.citizen'), this.citizens)}
      ${this.#renderSelect('worker', t('lead.worker'), this.#askable)}
      <fieldset>
        <legend>${t('lead.kind')}</legend>
        ${this.#renderKind('substitute', t('lead.asSubstitute'))}
        ${this.#renderKind('primary', t('lead.asPrimary'))}
      </fieldset>
      ${this.#renderDay('from', t('lead.firstDay'), t('lead.firstDayHint'), today())}
      ${
        this.kind === 'substitute'
          ? this.#renderDay('to', t('lead.lastDay'), t('lead.lastDayHint'))
          : nothing
      }
      <div class="actions">
        <button class="button primary" type="submit" aria-disabled=${this.isBusy}>
          ${t('lead.save')}
        </button>
      </div>
    </form>`
  }

  /** Nobody stands in for themselves. */
  get #askable(): readonly Person[] {
    return this.workers.filter(({ id }) => id !== this.wish?.absentId)
  }

  #renderSelect(name: string, label: string, people: readonly Person[]): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <select id=${name} name=${name} required>
        <option value="">${t('lead.choose')}</option>
        ${people.map(({ id, name }) => html`<option .value=${id}>${name}</option>`)}
      </select>
    </div>`
  }

  #renderKind(kind: AssignmentKind, label: string): TemplateResult {
    return html`<label class="choice">
      <input
        type="radio"
        name="kind"
        value=${kind}
        .checked=${this.kind === kind}
        @change=${() => (this.kind = kind)}
      />
      ${label}
    </label>`
  }

  #renderDay(name: string, label: string, hint: string, day: Day = ''): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        type="date"
        required
        min=${today()}
        .value=${day}
        aria-describedby="${name}-hint"
      />
      <p class="hint" id="${name}-hint">${hint}</p>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-assign-form': NvAssignForm
  }
  interface HTMLElementEventMap {
    'nv-assign': CustomEvent<NewAssignment>
  }
}
