import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { cameraOffIcon, laterIcon, phoneIcon, silenceIcon } from './icons.ts'
import './nv-error-notice.ts'
import './nv-screen.ts'

/**
 * Somebody rings. Nothing is answered by accident: the focus is on the whole, and Escape does nothing.
 *
 * @fires nv-answer - detail: whether with the camera
 * @fires nv-decline - detail: whether they would rather wait for their own worker
 * @fires nv-silence
 */
@customElement('nv-incoming-call')
export class NvIncomingCall extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      section:focus {
        outline: none;
        box-shadow: none;
      }

      h1 {
        font-size: var(--nv-text-2xl);
      }

      .who {
        color: var(--nv-ink-soft);
      }

      .alone {
        font-size: var(--nv-text-m);
      }

      .go {
        min-height: 5rem;
        font-size: var(--nv-text-xl);
      }

      .silenced {
        padding-block: var(--nv-space-3);
        font-size: var(--nv-text-m);
      }

      .blocked {
        padding-block: var(--nv-space-2);
        font-size: var(--nv-text-s);
        text-align: end;
      }

      @media (max-height: 34rem) {
        .go {
          min-height: 3.75rem;
        }
      }
    `,
  ]

  @property({ attribute: false }) snapshot: CallSnapshot | null = null
  /** Said of whoever rings where they are no support worker; empty where they are. */
  @property() who = ''
  readonly #heading = new FocusHeading(this, () => this.snapshot?.call?.id ?? '', {
    isInterrupting: true,
    selector: '[role=alertdialog]',
  })

  #answer(withCamera: boolean): void {
    this.#tell(new CustomEvent('nv-answer', { ...OUTWARDS, detail: { withCamera } }))
  }

  /** Whom a substitute stands in for. */
  get #own(): string | undefined {
    const person = this.snapshot?.call?.insteadOf
    return person && firstName(person.name)
  }

  #decline(isAwaiting: boolean): void {
    this.#tell(new CustomEvent('nv-decline', { ...OUTWARDS, detail: { isAwaiting } }))
  }

  #silence(): void {
    this.#tell(new CustomEvent('nv-silence', OUTWARDS))
    // The button goes away, and the focus must not go with it.
    void this.#heading.focus()
  }

  #tell(event: CustomEvent): void {
    if (this.snapshot?.isBusy !== true) this.dispatchEvent(event)
  }

  protected override render(): TemplateResult {
    const fullName = this.snapshot?.counterpart?.name ?? ''
    return html`<section
      role="alertdialog"
      aria-modal="true"
      tabindex="-1"
      aria-labelledby="t"
      aria-describedby="w"
    >
      <nv-screen rings="calling">
        <div slot="top">${this.#renderSound()}</div>
        <h1 id="t">${t('ring.title', { name: firstName(fullName) })}</h1>
        <p id="w" class="who">
          ${
            this.#own === undefined
              ? this.who || t('ring.who', { name: fullName })
              : t('ring.instead', { name: fullName, own: this.#own })
          }
        </p>
        ${this.snapshot?.call?.isWorkerAlone ? html`<p class="alone">${t('ring.alone', { name: firstName(fullName) })}</p>` : nothing}
        <nv-error-notice .code=${this.snapshot?.error ?? null}></nv-error-notice>
        ${this.#renderAnswers()}
      </nv-screen>
    </section>`
  }

  #renderSound(): TemplateResult | typeof nothing {
    switch (this.snapshot?.ringTone) {
      case 'playing':
        return html`<button class="button plain" type="button" @click=${() => this.#silence()}>
          ${silenceIcon}${t('ring.silence')}
        </button>`
      case 'silenced':
        return html`<p class="silenced" role="status">${t('ring.silenced')}</p>`
      case 'blocked':
        return html`<p class="blocked" role="status">${t('ring.blocked')}</p>`
      default:
        return nothing
    }
  }

  #renderAnswers(): TemplateResult {
    const own = this.#own
    const answer = (withCamera: boolean) => () => this.#answer(withCamera)
    const decline = (isAwaiting: boolean) => () => this.#decline(isAwaiting)
    return html`${this.#renderButton('go', [phoneIcon, t('ring.answer')], answer(true))}
    ${this.#renderButton('go-quiet', [cameraOffIcon, t('ring.nocam')], answer(false))}
    ${this.#renderButton('', [laterIcon, t('ring.notnow')], decline(false))}
    ${
      // A substitute's face must surprise nobody: who would rather wait says so here.
      own === undefined
        ? nothing
        : this.#renderButton('plain', [t('ring.wait', { own })], decline(true))
    }`
  }

  #renderButton(
    look: string,
    words: readonly (TemplateResult | string)[],
    act: () => void,
  ): TemplateResult {
    return html`<button
      slot="actions"
      class="button ${look}"
      type="button"
      aria-disabled=${this.snapshot?.isBusy === true}
      @click=${act}
    >
      ${words}
    </button>`
  }
}

const OUTWARDS = { bubbles: true, composed: true }

declare global {
  interface HTMLElementTagNameMap {
    'nv-incoming-call': NvIncomingCall
  }
  interface HTMLElementEventMap {
    'nv-answer': CustomEvent<{ withCamera: boolean }>
    'nv-decline': CustomEvent<{ isAwaiting: boolean }>
    'nv-silence': CustomEvent
  }
}
