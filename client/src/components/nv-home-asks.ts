import type { Home, Person } from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { httpContext } from '../app/contexts.ts'
import { TapGuard } from '../controllers/tap-guard.ts'
import { Work } from '../controllers/work.ts'
import type { HttpClient } from '../services/http-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { anyOf, firstName, t } from '../texts/text.ts'
import { readyIcon, sentIcon, undoIcon } from './home-icons.ts'
import './nv-error-notice.ts'

/**
 * What a citizen may say without being asked: "Jeg er klar", and "Bed {navn} om at ringe". Each button
 * stays where it is and takes back what it has said.
 */
@customElement('nv-home-asks')
export class NvHomeAsks extends LitElement {
  // Notes on the rules stand here, since what stands in them is sent to every phone.
  // grid-template-columns: repeat(auto-fit, minmax(min(100%, max(8.5rem, 40%)), 1fr));: two at most, since there are two.
  // .tile: something to lay a hand on, and no demand: neither is louder than the other.
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, max(8.5rem, 40%)), 1fr));
        gap: var(--nv-space-3);
      }

      :host([is-new]) {
        pointer-events: none;
      }

      :host([isasked]) {
        grid-template-columns: minmax(0, 1fr);
      }

      nv-error-notice {
        grid-column: 1 / -1;
      }

      .tile {
        flex-direction: column;
        gap: var(--nv-space-2);
        padding: var(--nv-space-3);
        border-color: transparent;
        border-radius: var(--nv-radius-large);
        background: var(--nv-paper-raised);
        box-shadow: var(--nv-lift);
        text-wrap: balance;
      }

      .tile svg {
        color: var(--nv-accent);
      }

      .said {
        background: transparent;
        border-color: var(--nv-rule);
        box-shadow: none;
        font-weight: 400;
      }

      @media (max-height: 42rem) {
        .tile {
          gap: var(--nv-space-1);
          padding: var(--nv-space-2);
          font-size: var(--nv-text-s);
        }

        .tile svg {
          display: none;
        }
      }
    `,
  ]

  @property({ attribute: false }) home: Home | null = null
  @property({ attribute: false }) workers: readonly Person[] = []
  /** Whether "Jeg er klar" stands with the appointment. */
  @property({ type: Boolean, reflect: true }) isAsked = false
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  readonly #work = new Work(this)

  constructor() {
    super()
    // A double tap must not take back what it has just said.
    new TapGuard(this, () => `${String(this.#isReady)} ${String(this.#hasAsked)}`)
  }

  get #isReady(): boolean {
    return (this.home?.readyUntil ?? null) !== null
  }

  get #hasAsked(): boolean {
    return (this.home?.callback ?? null) !== null
  }

  #say(path: '/api/ready' | '/api/callback', body: object): void {
    void this.#work.run(() => this.http.changeChoice(path, body))
  }

  protected override render(): TemplateResult {
    const isReady = this.#isReady
    return html`<nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${this.isAsked ? nothing : this.#renderReady(isReady)} ${this.#renderAsk()}`
  }

  #renderReady(isReady: boolean): TemplateResult {
    return html`<button
      class="button tile ${isReady ? 'said' : ''}"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${() => this.#say('/api/ready', { isReady: !isReady })}
    >
      ${isReady ? undoIcon : readyIcon}${isReady ? t('home.readyNot') : t('home.ready')}
    </button>`
  }

  #renderAsk(): TemplateResult {
    const hasAsked = this.#hasAsked
    return html`<button
      class="button tile ${hasAsked ? 'said' : ''}"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${() => this.#say('/api/callback', { isWanted: !hasAsked })}
    >
      ${hasAsked ? undoIcon : sentIcon}${hasAsked ? t('home.requestUndo') : this.#askWords}
    </button>`
  }

  get #askWords(): string {
    const name = anyOf(this.workers.map((worker) => firstName(worker.name)))
    const hasMissed = (this.home?.missed ?? null) !== null
    return hasMissed ? t('missed.again', { name }) : t('home.requestCall', { name })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-home-asks': NvHomeAsks
  }
}
