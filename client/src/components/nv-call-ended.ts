import type { Side } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import type { BackState } from '../call/going-back.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { describeEnding, isHungUp } from './call-ending.ts'
import { backIcon, laterIcon, phoneIcon } from './icons.ts'
import './nv-error-notice.ts'
import './nv-screen.ts'

/**
 * The end of a call, in honest words.
 *
 * @slot - what may be done now
 * @fires nv-dismiss
 * @fires nv-ring-again
 * @fires nv-go-back - to what this person has hung up
 * @fires nv-stop-going-back
 */
@customElement('nv-call-ended')
export class NvCallEnded extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-2xl);
      }

      .button:not([slot]) {
        justify-self: start;
        margin-block-end: var(--nv-space-3);
      }
    `,
  ]

  @property({ attribute: false }) snapshot!: CallSnapshot
  @property() side: Side = 'citizen'
  /** What workers read has come: until then less is said to them. */
  @property({ type: Boolean }) hasWords = false
  /** The citizen who has hung up wants to go back. */
  @property({ type: Boolean }) isBackAsked = false
  @property() back: BackState['own'] = 'none'

  constructor() {
    super()
    // A button that was pressed and is gone leaves the focus to the heading.
    new FocusHeading(this, () => `${this.snapshot.call?.id ?? ''} ${this.back}`)
  }

  #tell(type: 'nv-dismiss' | 'nv-ring-again' | 'nv-go-back' | 'nv-stop-going-back'): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult | typeof nothing {
    const { call } = this.snapshot
    if (call === null) return nothing
    const { title, body, canRingAgain } = describeEnding(call, this.side, {
      isBackAsked: this.isBackAsked,
    })
    // Leaving takes the wish back: nothing to be led to.
    const isBackWished = this.back === 'offered' || this.back === 'waiting'
    return html`<nv-screen .rings=${isHungUp(call) ? 'near' : 'apart'}>
      <h1 tabindex="-1">${title}</h1>
      ${body === null ? nothing : html`<p>${body}</p>`}
      <p role="status">${this.#describeBack()}</p>
      <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
      ${this.side === 'worker' ? this.#renderSoon(canRingAgain) : nothing}
      <slot></slot>
      ${this.side === 'worker' ? nothing : this.#renderSoon(canRingAgain)}
      <button
        slot="actions"
        class="button ${canRingAgain || isBackWished ? '' : 'primary'}"
        type="button"
        @click=${() => this.#tell('nv-dismiss')}
      >
        ${backIcon}${t(this.side === 'worker' ? 'end.backToCitizens' : 'end.back')}
      </button>
      ${
        // Answered, and nobody has hung up: the connection ended it.
        call.answeredAt !== null && !isHungUp(call)
          ? html`<a slot="actions" class="button plain" href="/test#help">${t('help.title')}</a>`
          : nothing
      }
    </nv-screen>`
  }

  #describeBack(): string | typeof nothing {
    const name = firstName(this.snapshot.counterpart?.name ?? '')
    switch (this.back) {
      case 'none':
        return nothing
      case 'offered':
        return t('end.oops')
      case 'waiting':
        return t('end.waiting', { name })
      case 'over':
        return t('end.over')
      case 'late':
        return t('end.late', { name })
      case 'notNow':
        return t('end.notNow', { name })
    }
  }

  /** What cannot wait stands right below the words that promise it; a worker has more to do below. */
  #renderSoon(canRingAgain: boolean): TemplateResult {
    return html`${canRingAgain ? this.#renderAgain() : nothing} ${this.#renderBack()}`
  }

  get #place(): 'actions' | typeof nothing {
    return this.side === 'worker' ? nothing : 'actions'
  }

  #renderBack(): TemplateResult | typeof nothing {
    if (this.back === 'offered') {
      return html`<button
        slot=${this.#place}
        class="button primary"
        type="button"
        aria-disabled=${this.snapshot.isBusy}
        @click=${() => this.#tell('nv-go-back')}
      >
        ${phoneIcon}${t('end.goBack')}
      </button>`
    }
    if (this.back !== 'waiting') return nothing
    return html`<button
      slot=${this.#place}
      class="button"
      type="button"
      @click=${() => this.#tell('nv-stop-going-back')}
    >
      ${laterIcon}${t('end.undo')}
    </button>`
  }

  #renderAgain(): TemplateResult {
    return html`<button
      slot=${this.#place}
      class="button primary"
      type="button"
      @click=${() => this.#tell('nv-ring-again')}
    >
      ${phoneIcon}${t('end.again')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-call-ended': NvCallEnded
  }
  interface HTMLElementEventMap {
    'nv-dismiss': Event
    'nv-ring-again': Event
    'nv-go-back': Event
    'nv-stop-going-back': Event
  }
}
