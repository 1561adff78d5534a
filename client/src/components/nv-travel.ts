import { MAX_TRAVEL_KM, MAX_TRAVEL_MINUTES, type Travel } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { Work } from '../controllers/work.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { t } from '../texts/text.ts'
import { readText } from './form-text.ts'
import './nv-error-notice.ts'

/** Where the way to a citizen is read, and written down. */
export interface TravelSource {
  load(): Promise<Travel | null>
  save(travel: Travel | null): Promise<void>
}

const BOUNDS = { minutes: MAX_TRAVEL_MINUTES, km: MAX_TRAVEL_KM } as const
type Field = keyof typeof BOUNDS

/** A whole number from 0 to the bound; null for anything else. */
function readNumber(text: string, bound: number): number | null {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  return value <= bound ? value : null
}

/** How far it is to a citizen and back, in minutes and kilometres: what a talk in place of a visit spares. */
@customElement('nv-travel')
export class NvTravel extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    staffFormStyles,
    css`
      :host {
        display: block;
        max-width: 34rem;
        font-size: var(--nv-text-m);
        font-weight: 400;
      }

      form {
        margin: 0;
      }

      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
        gap: var(--nv-space-3);
      }

      .hint {
        font-size: var(--nv-text-s);
      }
    `,
  ]

  /** What the citizen is called by. */
  @property() name = ''
  @property({ attribute: false }) source!: TravelSource
  /** Reads, and changes nothing. */
  @property({ type: Boolean }) isSubstitute = false
  /** `undefined` until it is known. */
  @state() private travel: Travel | null | undefined
  @state() private isKept = false
  /** What was written is not a way there is. */
  @state() private wrong: readonly Field[] = []
  readonly #work = new Work(this)

  protected override firstUpdated(): void {
    void this.#work.run(async () => {
      this.travel = await this.source.load()
    })
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    // The listener stands on this very form.
    const form = event.currentTarget as HTMLFormElement
    const minutes = readNumber(readText(form, 'minutes'), BOUNDS.minutes)
    const km = readNumber(readText(form, 'km'), BOUNDS.km)
    const fields: readonly Field[] = ['minutes', 'km']
    this.wrong = fields.filter((field) => (field === 'minutes' ? minutes : km) === null)
    if (minutes === null || km === null) {
      this.isKept = false
      this.renderRoot.querySelector<HTMLInputElement>(`#${this.wrong[0] ?? 'minutes'}`)?.focus()
      return
    }
    void this.#save({ minutes, km })
  }

  async #save(travel: Travel | null): Promise<void> {
    this.isKept = false
    this.isKept = await this.#work.run(async () => {
      await this.source.save(travel)
      this.travel = travel
    })
    this.wrong = []
  }

  protected override render(): TemplateResult {
    return html`${this.travel === undefined ? nothing : this.#renderTravel(this.travel)}
      <p role="status">${this.isKept ? t('replaced.kept') : nothing}</p>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }

  #renderTravel(travel: Travel | null): TemplateResult {
    if (!this.isSubstitute) return this.#renderForm(travel)
    if (travel === null) return html`<p>${t('travel.unknown')}</p>`
    const said = { minutes: String(travel.minutes), km: String(travel.km) }
    return html`<p>${t('travel.is', said)}</p>`
  }

  #renderForm(travel: Travel | null): TemplateResult {
    return html`<form novalidate @submit=${(event: SubmitEvent) => this.#submit(event)}>
      <p class="hint">${t('travel.about', { name: this.name })}</p>
      <div class="fields">
        ${this.#renderField('minutes', travel?.minutes)} ${this.#renderField('km', travel?.km)}
      </div>
      <div class="actions">
        <button class="button" type="submit" aria-disabled=${this.#work.isBusy}>
          ${t('travel.save')}
        </button>
        ${
          travel === null
            ? nothing
            : html`<button
                class="button plain"
                type="button"
                aria-disabled=${this.#work.isBusy}
                @click=${() => void this.#save(null)}
              >
                ${t('travel.clear')}
              </button>`
        }
      </div>
    </form>`
  }

  #renderField(field: Field, value: number | undefined): TemplateResult {
    const isWrong = this.wrong.includes(field)
    return html`<div class="field">
      <label for=${field}>${t(field === 'minutes' ? 'travel.minutes' : 'travel.km')}</label>
      <input
        id=${field}
        name=${field}
        type="text"
        inputmode="numeric"
        autocomplete="off"
        maxlength="4"
        aria-invalid=${isWrong}
        aria-describedby="wrong-${field}"
        .value=${value === undefined ? '' : String(value)}
      />
      <p id="wrong-${field}" class=${isWrong ? 'needed' : ''} role="status">
        ${isWrong ? t('travel.wrong', { most: String(BOUNDS[field]) }) : nothing}
      </p>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-travel': NvTravel
  }
}
