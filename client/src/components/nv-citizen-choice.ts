import {
  CURRENT_VIDEO_TEXT,
  mayBeRung,
  type ChoiceAnswer,
  type ChoiceView,
  type PersonId,
} from '@naervaer/shared'
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { currentLanguage, t } from '../texts/text.ts'
import { describeChoice } from './choice-words.ts'
import './nv-asking-button.ts'

/** What a worker wants written down about a citizen's choice. */
export type ChoiceWish =
  | { readonly type: 'offer' }
  | { readonly type: 'answer'; readonly answer: ChoiceAnswer }
  | { readonly type: 'stop' }

/** Asks the page to write down a wish about the citizen. */
export class ChooseEvent extends Event {
  readonly citizenId: PersonId
  readonly wish: ChoiceWish

  constructor(citizenId: PersonId, wish: ChoiceWish) {
    super('nv-choose', { bubbles: true, composed: true })
    this.citizenId = citizenId
    this.wish = wish
  }
}

/**
 * What a citizen has said about video, and the worker's buttons to offer it and to write down a
 * spoken answer.
 *
 * @fires nv-choose
 */
@customElement('nv-citizen-choice')
export class NvCitizenChoice extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        justify-items: start;
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }

      .button {
        font-size: var(--nv-text-s);
      }

      summary {
        display: flex;
        align-items: center;
        gap: 0.5em;
        min-height: var(--nv-target);
        color: var(--nv-accent);
        font-weight: 600;
        cursor: pointer;
      }

      summary::before {
        content: '+' / '';
        font-size: var(--nv-text-m);
      }

      details[open] summary::before {
        content: '−' / '';
      }

      ol {
        display: grid;
        gap: var(--nv-space-2);
        max-width: 40rem;
        margin: var(--nv-space-2) 0 var(--nv-space-3);
        padding-inline-start: 1.5em;
        color: var(--nv-ink);
        font-size: var(--nv-text-m);
      }

      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-3);
      }
    `,
  ]

  @property({ attribute: false }) citizenId!: PersonId
  /** The citizen's first name. */
  @property() name = ''
  @property({ attribute: false }) choice!: ChoiceView
  @property({ type: Boolean }) isBusy = false
  /** Reads, and is told whose the rest is. */
  @property({ type: Boolean }) isSubstitute = false

  /** The last change was asked for here, so its button has gone from under the focus. */
  #hasChosen = false

  #choose(wish: ChoiceWish): void {
    if (this.isBusy) return
    this.#hasChosen = true
    this.dispatchEvent(new ChooseEvent(this.citizenId, wish))
  }

  /** What was open belonged to the state before. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('choice')
    if (before === undefined || before.state === this.choice.state) return
    const details = this.renderRoot.querySelector('details')
    if (details !== null) details.open = false
    if (this.#hasChosen) this.renderRoot.querySelector<HTMLElement>('.state')?.focus()
    this.#hasChosen = false
  }

  protected override render(): TemplateResult {
    return html`
      <p class="state" tabindex="-1">${describeChoice(this.choice)}</p>
      ${this.isSubstitute ? html`<p>${t('staff.substitute')}</p>` : this.#renderOwn()}
    `
  }

  #renderOwn(): TemplateResult {
    return html`${this.#mayOffer ? this.#renderOffer() : nothing}
    ${this.#hasAnswer ? this.#renderAnswers() : nothing}`
  }

  get #isYes(): boolean {
    return mayBeRung(this.choice.state) || this.choice.state === 'paused'
  }

  get #mayOffer(): boolean {
    return !this.#isYes && this.choice.state !== 'offered'
  }

  /** Something that can be answered: an offer, or the yes that may be taken back. */
  get #hasAnswer(): boolean {
    return this.#isYes || this.choice.state === 'offered' || this.choice.state === 'later'
  }

  #renderOffer(): TemplateResult {
    return this.#renderButton(t('staff.offer'), { type: 'offer' })
  }

  #renderAnswers(): TemplateResult {
    return html`<details>
      <summary aria-label=${this.#naming(t('staff.offerAnswer'))}>
        ${t('staff.offerAnswer')}
      </summary>
      ${this.#isYes ? this.#renderStop() : this.#renderOpen()}
    </details>`
  }

  #renderOpen(): TemplateResult {
    return html`
      <p>${t('staff.offerRead', { name: this.name })}</p>
      <ol>
        ${CURRENT_VIDEO_TEXT.lines[currentLanguage()].map((line) => html`<li>${line}</li>`)}
      </ol>
      <div class="answers">
        ${this.#renderButton(t('staff.answerYes'), { type: 'answer', answer: 'yes' })}
        ${this.#renderButton(t('staff.answerNo'), { type: 'answer', answer: 'no' })}
        ${this.#renderButton(t('staff.answerLater'), { type: 'answer', answer: 'later' })}
      </div>
    `
  }

  #renderStop(): TemplateResult {
    return html`
      <p>${t('staff.stopAbout', { name: this.name })}</p>
      <nv-asking-button
        .words=${t('staff.answerStop')}
        .about=${this.name}
        .question=${t('staff.stopAsk', { name: this.name })}
        .yes=${t('staff.stopYes')}
        .isBusy=${this.isBusy}
        @nv-sure=${() => this.#choose({ type: 'stop' })}
      ></nv-asking-button>
    `
  }

  /** Buttons of many rows are told apart by ear: the words, then whom they are about. */
  #naming(words: string): string {
    return `${words}, ${this.name}`
  }

  #renderButton(words: string, wish: ChoiceWish): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-label=${this.#naming(words)}
      aria-disabled=${this.isBusy}
      @click=${() => this.#choose(wish)}
    >
      ${words}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-choice': NvCitizenChoice
  }
  interface HTMLElementEventMap {
    'nv-choose': ChooseEvent
  }
}
