import type { AssignmentKind, NewAssignment, Person, PersonId } from '@naervaer/shared'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { dayStart } from '../texts/day-start.ts'
import { t } from '../texts/text.ts'
import { readText } from './form-text.ts'

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
  @state() private kind: AssignmentKind = 'substitute'

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const [from, to] = [readText(form, 'from'), readText(form, 'to')]
    const detail: NewAssignment = {
      // Ids that the selects were given.
      citizenId: readText(form, 'citizen') as PersonId,
      workerId: readText(form, 'worker') as PersonId,
      kind: this.kind,
      fromAt: from === '' ? null : dayStart(from),
      toAt: to === '' ? null : dayStart(to, 1),
    }
    this.dispatchEvent(new CustomEvent('nv-assign', { detail, bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event)}>
      ${this.#renderSelect('citizen', t('lead.citizen'), this.citizens)}
      ${this.#renderSelect('worker', t('lead.worker'), this.workers)}
      <fieldset>
        <legend>${t('lead.kind')}</legend>
        ${this.#renderKind('substitute', t('lead.asSubstitute'))}
        ${this.#renderKind('primary', t('lead.asPrimary'))}
      </fieldset>
      ${this.#renderDay('from', t('lead.firstDay'), t('lead.firstDayHint'), false)}
      ${
        this.kind === 'substitute'
          ? this.#renderDay('to', t('lead.lastDay'), t('lead.lastDayHint'), true)
          : nothing
      }
      <div class="actions">
        <button class="button primary" type="submit" aria-disabled=${this.isBusy}>
          ${t('lead.save')}
        </button>
      </div>
    </form>`
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

  #renderDay(name: string, label: string, hint: string, isRequired: boolean): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        type="date"
        ?required=${isRequired}
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
