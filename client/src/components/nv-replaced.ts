import { REPLACED, type CallId, type Replaced } from '@naervaer/shared'
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { LatestWish } from '../controllers/latest-wish.ts'
import { aroundClient } from '../services/around-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { t, type TextKey } from '../texts/text.ts'
import './nv-error-notice.ts'

const WORDS = {
  visit: 'replaced.visit',
  partly: 'replaced.partly',
  extra: 'replaced.extra',
  unknown: 'replaced.unknown',
} as const satisfies Record<Replaced, TextKey>

/** After a talk, one tap: whether it stood in for a visit. The answer is kept at once, and may be changed. */
@customElement('nv-replaced')
export class NvReplaced extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        font-size: var(--nv-text-m);
      }

      fieldset {
        display: grid;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        font-weight: 600;
      }

      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-2);
        margin-block-start: var(--nv-space-2);
      }

      label {
        display: inline-flex;
        align-items: center;
        gap: 0.5em;
        min-height: var(--nv-target);
        padding: 0 var(--nv-space-3);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        cursor: pointer;
      }

      label:has(:checked) {
        border-color: var(--nv-accent);
        background: var(--nv-paper-raised);
        font-weight: 600;
      }

      input {
        flex: none;
        width: 1.25rem;
        height: 1.25rem;
        margin: 0;
        accent-color: var(--nv-accent);
      }

      .kept {
        align-self: center;
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }

      .kept:empty {
        margin-inline-start: calc(-1 * var(--nv-space-2));
      }
    `,
  ]

  @property({ attribute: false }) callId!: CallId
  /** What has been said of it before. */
  @property({ attribute: false }) value: Replaced | null = null
  @state() private chosen: Replaced | null = null
  readonly #wish = new LatestWish<Replaced>(this, (replaced) =>
    aroundClient.sayReplaced(this.callId, replaced),
  )

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('callId') || changed.has('value')) this.chosen = this.value
  }

  #choose(replaced: Replaced): void {
    this.chosen = replaced
    void this.#wish.choose(replaced)
  }

  protected override render(): TemplateResult {
    return html`<fieldset>
        <legend>${t('replaced.ask')}</legend>
        <div class="answers">
          ${REPLACED.map((each) => this.#renderAnswer(each))}
          <span class="kept" role="status"
            >${this.#wish.isKept ? t('replaced.kept') : nothing}</span
          >
        </div>
      </fieldset>
      <nv-error-notice .code=${this.#wish.error}></nv-error-notice>`
  }

  #renderAnswer(each: Replaced): TemplateResult {
    return html`<label>
      <input
        type="radio"
        name="replaced"
        .checked=${this.chosen === each}
        @change=${() => this.#choose(each)}
      />
      ${t(WORDS[each])}
    </label>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-replaced': NvReplaced
  }
}
