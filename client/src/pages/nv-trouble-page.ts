import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { againIcon, phoneIcon } from '../components/icons.ts'
import '../components/nv-duty-phone.ts'
import '../components/nv-screen.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { readKept, type Kept } from '../services/kept.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { anyOf, t } from '../texts/text.ts'
import { describePlan } from '../texts/when.ts'

/** How often the page tries by itself: nobody need stand by and tap. */
const RETRY_MS = 10_000

/**
 * The server cannot be reached: what the page knows about that, whom to ring meanwhile, and that nothing
 * need be done. It tries again by itself.
 *
 * @fires nv-try-again
 */
@customElement('nv-trouble-page')
export class NvTroublePage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-xl);
      }

      @media (max-height: 42rem) {
        h1 {
          font-size: var(--nv-text-l);
        }

        p {
          font-size: var(--nv-text-m);
          line-height: 1.25;
        }
      }

      .soft {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-m);
        line-height: 1.35;
      }

      .urgent {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-3);
        font-size: var(--nv-text-m);
        color: var(--nv-ink-soft);
      }
    `,
  ]

  @property({ attribute: false }) kept: Kept | null = readKept()
  @state() private isOnline = navigator.onLine
  #timer: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    new FocusHeading(this, () => 'trouble')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('online', this.#follow)
    addEventListener('offline', this.#follow)
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.#tryAgain()
    }, RETRY_MS)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('online', this.#follow)
    removeEventListener('offline', this.#follow)
    clearInterval(this.#timer)
  }

  readonly #follow = (): void => {
    this.isOnline = navigator.onLine
    if (this.isOnline) this.#tryAgain()
  }

  #tryAgain(): void {
    this.dispatchEvent(new Event('nv-try-again', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    // With names and numbers there is much to read.
    return html`<nv-screen .rings=${this.kept === null ? 'apart' : 'none'}>
      <h1 tabindex="-1">${this.isOnline ? t('trouble.server') : t('trouble.offline')}</h1>
      <p role="status">${this.isOnline ? t('trouble.serverHow') : t('trouble.offlineHow')}</p>
      ${this.#renderNext()} ${this.#renderWorker()}
      <p class="soft">${t('trouble.itself')}</p>
      <nv-duty-phone
        .phone=${this.kept?.dutyPhone ?? null}
        .lead=${t('trouble.talk')}
      ></nv-duty-phone>
      <p class="urgent">
        ${t('home.urgent')}
        <a class="button plain" href="tel:112">${phoneIcon}${t('home.urgentCall')}</a>
      </p>
      <button slot="actions" class="button" type="button" @click=${() => this.#tryAgain()}>
        ${againIcon}${t('app.tryAgain')}
      </button>
    </nv-screen>`
  }

  /** As it was when the server was last reached: what has come since, this page cannot know. */
  #renderNext(): TemplateResult | typeof nothing {
    const { next = null } = this.kept ?? {}
    const now = Date.now()
    if (next === null || next.endAt <= now) return nothing
    const what = describePlan(next.kind, next.worker, next.startAt, now)
    return html`<p>${what}.</p>`
  }

  #renderWorker(): TemplateResult | typeof nothing {
    const { workers = [] } = this.kept ?? {}
    if (workers.length === 0) return nothing
    return html`<p>${t('trouble.worker', { name: anyOf(workers) })}</p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-trouble-page': NvTroublePage
  }
}
