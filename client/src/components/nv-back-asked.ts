import type { Person, PersonId } from '@naervaer/shared'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { ResizeWatch } from '../controllers/resize-watch.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { laterIcon, phoneIcon } from './icons.ts'

/** Which citizen it is about. */
export type AboutCitizen = CustomEvent<PersonId>

/**
 * Citizens who have hung up want to go back to the conversation: told above whatever page the worker is
 * on, each answered with one tap.
 *
 * @fires nv-answer-back - detail: the citizen's id
 * @fires nv-dismiss-back - detail: the citizen's id
 */
@customElement('nv-back-asked')
export class NvBackAsked extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        border-block-end: var(--nv-stroke) solid var(--nv-edge);
        background: var(--nv-paper-raised);
      }

      .asked {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--nv-space-3);
        max-width: 78rem;
        margin-inline: auto;
        padding: var(--nv-space-3) var(--nv-gutter);
        font-size: var(--nv-text-m);
      }

      p {
        flex: 1 1 14rem;
        font-weight: 600;
      }

      .answers {
        display: flex;
        flex: 0 1 auto;
        flex-wrap: wrap;
        gap: var(--nv-space-3);
      }

      .button {
        flex: 0 1 auto;
        padding-inline: var(--nv-space-3);
      }

      /* The longer of the two gives way. */
      .go {
        flex: 1 1 11rem;
      }

      .asked + .asked {
        padding-block-start: 0;
      }
    `,
  ]

  @property({ attribute: false }) citizens: readonly Person[] = []
  @property({ type: Boolean }) isBusy = false

  constructor() {
    super()
    // A page that is as high as the screen is then as high as what is left of it.
    new ResizeWatch(this, () => {
      setTaken(`${String(this.offsetHeight)}px`)
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    setTaken(null)
  }

  #tell(type: 'nv-answer-back' | 'nv-dismiss-back', detail: PersonId): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }))
  }

  protected override render(): TemplateResult {
    return html`${repeat(
      this.citizens,
      ({ id }) => id,
      (citizen) => this.#renderOne(citizen),
    )}`
  }

  #renderOne({ id, name }: Person): TemplateResult {
    return html`<section class="asked" role="alert">
      <p>${t('back.asked', { name: firstName(name) })}</p>
      <div class="answers">
        <button
          class="button go"
          type="button"
          aria-disabled=${this.isBusy}
          @click=${() => this.#tell('nv-answer-back', id)}
        >
          ${phoneIcon}${t('end.goBack')}
        </button>
        <button class="button" type="button" @click=${() => this.#tell('nv-dismiss-back', id)}>
          ${laterIcon}${t('ring.notnow')}
        </button>
      </div>
    </section>`
  }
}

const setTaken = (height: string | null): void => {
  document.documentElement.style.setProperty('--nv-taken', height)
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-back-asked': NvBackAsked
  }
  interface HTMLElementEventMap {
    'nv-answer-back': AboutCitizen
    'nv-dismiss-back': AboutCitizen
  }
}
