import type { QuietHours } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { hoursOf, isOverMidnight, lengthMinutes, wallTime } from '../texts/wall-time.ts'
import { backIcon } from './icons.ts'

/** The nights of most people: nobody has to choose anything but to say yes. */
const SUGGESTED: QuietHours = { from: 21 * 60, to: 9 * 60 }

/** Longer than a long night, it may be that the two times were mixed up. */
const LONG_MINUTES = 14 * 60

/** Half hours are precise enough, and a list of them is short enough to look through. */
const TIMES: readonly number[] = Array.from({ length: 48 }, (_none, index) => index * 30)

/** What the citizen wants to be kept; null for no quiet hours. */
export class QuietWishEvent extends Event {
  readonly quiet: QuietHours | null

  constructor(quiet: QuietHours | null) {
    super('nv-quiet-wish', { bubbles: true, composed: true })
    this.quiet = quiet
  }
}

/**
 * "Ring ikke til mig mellem {fra} og {til}": two lists of times and a button.
 *
 * @fires nv-quiet-wish
 * @fires nv-step-back
 */
@customElement('nv-quiet-step')
export class NvQuietStep extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-4);
      }

      .times {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr));
        gap: var(--nv-space-4);
        max-width: 22rem;
      }

      label {
        display: grid;
        gap: var(--nv-space-1);
        font-size: var(--nv-text-m);
        font-weight: 600;
      }

      select {
        min-height: var(--nv-target);
        width: 100%;
        padding: var(--nv-space-2) var(--nv-space-3);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        background: var(--nv-paper-raised);
        color: var(--nv-ink);
        font: inherit;
        font-weight: 400;
      }

      .actions {
        display: grid;
        gap: var(--nv-space-3);
      }

      .asking {
        font-weight: 600;
      }

      .over {
        font-size: var(--nv-text-s);
      }

      .over:empty,
      .trouble:empty {
        display: none;
      }
    `,
  ]

  /** What is kept now; null for nothing. */
  @property({ attribute: false }) quiet: QuietHours | null = null
  @property({ type: Boolean }) isBusy = false
  @state() private chosen: QuietHours | null = null
  @state() private isSame = false
  /** Whether the question is open if they are to be as long as that. */
  @state() private isAsking = false

  get #hours(): QuietHours {
    return this.chosen ?? this.quiet ?? SUGGESTED
  }

  #choose(end: keyof QuietHours, event: Event & { currentTarget: EventTarget | null }): void {
    if (!(event.currentTarget instanceof HTMLSelectElement)) return
    this.isSame = false
    this.isAsking = false
    this.chosen = { ...this.#hours, [end]: Number(event.currentTarget.value) }
  }

  #save(): void {
    const { from, to } = this.#hours
    this.isSame = from === to
    if (this.isSame) return
    if (lengthMinutes({ from, to }) > LONG_MINUTES) void this.#ask(true)
    else this.#wish({ from, to })
  }

  /** What was pressed goes away, and the focus must not go with it. */
  async #ask(isAsking: boolean): Promise<void> {
    this.isAsking = isAsking
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(isAsking ? '.asking' : 'select')?.focus()
  }

  #wish(quiet: QuietHours | null): void {
    if (!this.isBusy) this.dispatchEvent(new QuietWishEvent(quiet))
  }

  protected override render(): TemplateResult {
    return html`${this.isAsking ? nothing : html`<p>${t('quiet.about')}</p>`}
      <div class="times">
        ${this.#renderTime('from', t('quiet.from'))} ${this.#renderTime('to', t('quiet.to'))}
      </div>
      <p class="over">${isOverMidnight(this.#hours) ? t('quiet.over', this.#words) : nothing}</p>
      <p class="trouble" role="status">${this.isSame ? t('quiet.same') : nothing}</p>
      ${this.isAsking ? this.#renderQuestion() : this.#renderActions()}`
  }

  get #words(): { readonly from: string; readonly to: string } {
    return { from: wallTime(this.#hours.from), to: wallTime(this.#hours.to) }
  }

  #renderQuestion(): TemplateResult {
    return html`<div class="actions" role="group" aria-labelledby="asking">
      <p class="asking" id="asking" tabindex="-1">
        ${t('quiet.longAsk', { hours: hoursOf(this.#hours) })}
      </p>
      <button
        class="button"
        type="button"
        aria-disabled=${this.isBusy}
        @click=${() => this.#wish(this.#hours)}
      >
        ${t('quiet.longYes')}
      </button>
      <button class="button" type="button" @click=${() => void this.#ask(false)}>
        ${t('quiet.longNo')}
      </button>
    </div>`
  }

  #renderActions(): TemplateResult {
    return html`<div class="actions">
      <button
        class="button primary"
        type="button"
        aria-disabled=${this.isBusy}
        @click=${() => this.#save()}
      >
        ${t('quiet.save')}
      </button>
      ${this.quiet === null ? nothing : this.#renderNone()}
      <button
        class="button plain"
        type="button"
        @click=${() => this.dispatchEvent(new Event('nv-step-back'))}
      >
        ${backIcon}${t('end.back')}
      </button>
    </div>`
  }

  #renderTime(end: keyof QuietHours, words: string): TemplateResult {
    const chosen = this.#hours[end]
    // Hours that were kept by another client may lie between those of the list.
    const times = TIMES.includes(chosen) ? TIMES : [...TIMES, chosen].sort((a, b) => a - b)
    return html`<label>
      ${words}
      <select
        @change=${(event: Event) => {
          this.#choose(end, event)
        }}
      >
        ${times.map(
          (minute) =>
            html`<option value=${minute} .selected=${minute === chosen}>
              ${wallTime(minute)}
            </option>`,
        )}
      </select>
    </label>`
  }

  #renderNone(): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => this.#wish(null)}
    >
      ${t('quiet.none')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-quiet-step': NvQuietStep
  }
  interface HTMLElementEventMap {
    'nv-quiet-wish': QuietWishEvent
    'nv-step-back': Event
  }
}
