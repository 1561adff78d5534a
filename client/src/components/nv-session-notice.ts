import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { StoreController } from '../controllers/store-controller.ts'
import { SessionLife, type AskLife } from '../services/session-life.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dialogStyles } from '../styles/dialog.styles.ts'
import { clockTime, t } from '../texts/text.ts'
import { sessionNoticeStyles } from './nv-session-notice.styles.ts'

/** What shows that somebody is there. Passive: nothing waits for us. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel'] as const
const LISTEN: AddEventListenerOptions = { capture: true, passive: true }

/**
 * Tells the server that somebody is there, and warns before a session of staff ends (criterion A-11): for
 * want of use with a way to stay, by its age with time to finish. In a call it says so without getting in
 * the way.
 *
 * @fires nv-session-over - the session has ended
 * @fires nv-sign-out - the person wants to sign in anew
 */
@customElement('nv-session-notice')
export class NvSessionNotice extends LitElement {
  static override styles = [baseStyles, buttonStyles, dialogStyles, sessionNoticeStyles]

  /** How the server is asked; set before the element is put on the page. */
  @property({ attribute: false }) ask!: AskLife
  @property({ type: Boolean }) isInCall = false
  @query('dialog') private dialog!: HTMLDialogElement | null
  #life!: SessionLife
  readonly #state = new StoreController(this, () => this.#life.state)

  override connectedCallback(): void {
    this.#life = new SessionLife(this.ask)
    super.connectedCallback()
    this.#life.start()
    for (const sign of SIGNS) globalThis.addEventListener(sign, this.#onSign, LISTEN)
    document.addEventListener('visibilitychange', this.#onVisible)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#life.stop()
    for (const sign of SIGNS) globalThis.removeEventListener(sign, this.#onSign, LISTEN)
    document.removeEventListener('visibilitychange', this.#onVisible)
  }

  readonly #onSign = (): void => {
    this.#life.noteActivity()
  }

  readonly #onVisible = (): void => {
    if (document.visibilityState !== 'visible') return
    this.#life.noteActivity()
    this.#life.wake()
  }

  protected override updated(): void {
    if (this.#state.value.kind === 'over') {
      this.dispatchEvent(new Event('nv-session-over', { bubbles: true, composed: true }))
    }
    if (this.dialog !== null && !this.dialog.open) this.dialog.showModal()
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.#state.value
    if (state.kind === 'calm' || state.kind === 'over') return nothing
    const time = clockTime(state.at)
    if (state.kind === 'idle') return this.#renderIdle(time)
    return this.isInCall ? this.#renderInCall(time) : this.#renderAge(time)
  }

  #renderIdle(time: string): TemplateResult {
    return html`<dialog
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="body"
      @cancel=${(event: Event) => {
        event.preventDefault()
        void this.#life.stay()
      }}
    >
      <h2 id="title">${t('life.idleTitle')}</h2>
      <p id="body">${t('life.idleBody', { time })}</p>
      <div class="buttons">
        <button class="button primary" type="button" @click=${() => void this.#life.stay()}>
          ${t('life.stay')}
        </button>
        ${this.#renderSignOut('staff.signOut')}
      </div>
    </dialog>`
  }

  #renderAge(time: string): TemplateResult {
    return html`<dialog
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="body"
      @cancel=${(event: Event) => {
        event.preventDefault()
        this.#life.putAside()
      }}
    >
      <h2 id="title">${t('life.ageTitle')}</h2>
      <p id="body">${t('life.ageBody', { time })}</p>
      <div class="buttons">
        <button class="button primary" type="button" @click=${() => this.#life.putAside()}>
          ${t('life.later')}
        </button>
        ${this.#renderSignOut('life.again')}
      </div>
    </dialog>`
  }

  /** The picture of the other person stays in sight, and the focus where it was. */
  #renderInCall(time: string): TemplateResult {
    return html`<div class="strip" role="alert">
      <p>${t('life.callBody', { time })}</p>
      <button class="button" type="button" @click=${() => this.#life.putAside()}>
        ${t('life.later')}
      </button>
    </div>`
  }

  #renderSignOut(key: 'staff.signOut' | 'life.again'): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      @click=${() =>
        this.dispatchEvent(new Event('nv-sign-out', { bubbles: true, composed: true }))}
    >
      ${t(key)}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-session-notice': NvSessionNotice
  }
}
