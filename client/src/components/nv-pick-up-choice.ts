import { PICK_UPS, type PersonId, type PickUp } from '@naervaer/shared'
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { LatestWish } from '../controllers/latest-wish.ts'
import { aroundClient } from '../services/around-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { t } from '../texts/text.ts'
import './nv-error-notice.ts'
import { describePickUp } from './pick-up-words.ts'

/**
 * What a worker and a citizen agree to take up in their next talk: one of a few phrases, kept at once. There
 * is no place to write: notes belong in the case record.
 */
@customElement('nv-pick-up-choice')
export class NvPickUpChoice extends LitElement {
  static override styles = [
    baseStyles,
    staffFormStyles,
    css`
      :host {
        display: block;
        width: 100%;
        max-width: 34rem;
        font-size: var(--nv-text-m);
      }

      .hint,
      [role='status'] {
        font-size: var(--nv-text-s);
      }

      [role='status'] {
        min-height: 1.5em;
      }
    `,
  ]

  @property({ attribute: false }) citizenId!: PersonId
  /** What the citizen is called by. */
  @property() name = ''
  /** `undefined` until it is known. */
  @state() private line: PickUp | null | undefined
  @state() private isUnknown = false
  readonly #wish = new LatestWish<PickUp | null>(this, (line) =>
    aroundClient.agree(this.citizenId, line),
  )

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('citizenId')) void this.#fetch()
  }

  async #fetch(): Promise<void> {
    this.line = undefined
    try {
      this.line = await aroundClient.fetchAgreed(this.citizenId)
    } catch {
      this.isUnknown = true
    }
  }

  #choose(event: Event): void {
    // The listener stands on this very list.
    const { value } = event.currentTarget as HTMLSelectElement
    this.line = PICK_UPS.find((each) => each === value) ?? null
    void this.#wish.choose(this.line)
  }

  protected override render(): TemplateResult {
    if (this.isUnknown) {
      return html`<nv-error-notice .code=${'CONNECTION_LOST' as const}></nv-error-notice>`
    }
    return html`<div class="field">
        <label for="line">${t('pickup.label', { name: this.name })}</label>
        <select
          id="line"
          aria-describedby="about"
          ?disabled=${this.line === undefined}
          @change=${(event: Event) => this.#choose(event)}
        >
          <option value="" ?selected=${this.line === null}>${t('pickup.nothing')}</option>
          ${PICK_UPS.map(
            (each) =>
              html`<option value=${each} ?selected=${this.line === each}>
                ${describePickUp(each)}
              </option>`,
          )}
        </select>
        <p id="about" class="hint">${t('pickup.about')}</p>
      </div>
      <p role="status">${this.#wish.isKept ? t('replaced.kept') : nothing}</p>
      <nv-error-notice .code=${this.#wish.error}></nv-error-notice>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-pick-up-choice': NvPickUpChoice
  }
}
