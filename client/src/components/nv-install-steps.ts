import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { acceptInstallOffer } from '../services/install-offer.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { shareIcon } from './icons.ts'
import './nv-screen.ts'

/**
 * What comes before a start code where the page is no app yet: how it becomes one, why, and the way
 * past, which says what is lost by it.
 *
 * @fires nv-go-on
 */
@customElement('nv-install-steps')
export class NvInstallSteps extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-xl);
      }

      ol {
        display: grid;
        gap: var(--nv-space-3);
        margin: var(--nv-space-2) 0 0;
        padding: 0;
        list-style: none;
        counter-reset: step;
        font-size: var(--nv-text-m);
      }

      li {
        display: grid;
        grid-template-columns: 1.6em auto auto;
        justify-content: start;
        align-items: center;
        column-gap: var(--nv-space-2);
        line-height: 1.3;
        counter-increment: step;
      }

      li::before {
        content: counter(step);
        font-family: var(--nv-font-display);
        font-size: var(--nv-text-l);
        color: var(--nv-accent);
      }

      .why,
      .warning {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-m);
        line-height: 1.35;
      }
    `,
  ]

  @property() way: 'byHand' | 'offer' = 'byHand'
  @state() private isBusy = false

  constructor() {
    super()
    new FocusHeading(this, () => 'install')
  }

  #goOn(): void {
    this.dispatchEvent(new Event('nv-go-on', { bubbles: true, composed: true }))
  }

  async #install(): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    if (await acceptInstallOffer().catch(() => false)) this.#goOn()
    this.isBusy = false
  }

  protected override render(): TemplateResult {
    const isByHand = this.way === 'byHand'
    return html`<nv-screen rings="none">
      <h1 tabindex="-1">${t('install.title')}</h1>
      <p class="why">${isByHand ? t('install.why') : t('install.offerWhy')}</p>
      ${isByHand ? this.#renderSteps() : this.#renderOffer()}
      <p slot="actions" class="warning">${t('install.warning')}</p>
      <button slot="actions" class="button" type="button" @click=${() => this.#goOn()}>
        ${t('install.goOn')}
      </button>
    </nv-screen>`
  }

  #renderSteps(): TemplateResult {
    return html`<ol>
      <li>${t('install.share')} ${shareIcon}</li>
      <li>${t('install.add')}</li>
      <li>${t('install.confirm')}</li>
      <li>${t('install.open')}</li>
    </ol>`
  }

  #renderOffer(): TemplateResult {
    return html`<button
      class="button primary"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => void this.#install()}
    >
      ${t('install.offer')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-install-steps': NvInstallSteps
  }
  interface HTMLElementEventMap {
    'nv-go-on': Event
  }
}
