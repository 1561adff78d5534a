import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { StoreController } from '../controllers/store-controller.ts'
import { saidAlone } from '../services/said-alone.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'

/** "Jeg sidder alene i et lukket rum": the worker says it, and whoever is rung then reads it. */
@customElement('nv-said-alone')
export class NvSaidAlone extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        margin-block-end: var(--nv-space-4);
      }

      label {
        display: inline-flex;
        align-items: center;
        gap: 0.6em;
        min-height: var(--nv-target);
        cursor: pointer;
      }

      input {
        flex: none;
        width: 1.5rem;
        height: 1.5rem;
        margin: 0;
        accent-color: var(--nv-accent);
      }

      p {
        margin: -0.5rem 0 0 calc(1.5rem + 0.6em);
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }

      /* Words of two lines fill the room for a finger. */
      @media (max-width: 23rem) {
        p {
          margin-block-start: 0;
        }
      }
    `,
  ]

  readonly #state = new StoreController(this, () => saidAlone.state)

  #change(event: Event): void {
    // The listener stands on this very input.
    saidAlone.say((event.currentTarget as HTMLInputElement).checked)
  }

  protected override render(): TemplateResult {
    return html`<label>
        <input
          type="checkbox"
          aria-describedby="about"
          .checked=${this.#state.value}
          @change=${(event: Event) => this.#change(event)}
        />
        ${t('staff.aloneSelf')}
      </label>
      <p id="about">${t('staff.aloneAbout')}</p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-said-alone': NvSaidAlone
  }
}
