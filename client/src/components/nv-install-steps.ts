import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { FocusHeading } from '../controllers/focus-heading.ts'
import {
  acceptInstallOffer,
  isInstalled,
  onInstalled,
  type InstallWay,
} from '../services/install-way.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { DRAWINGS, drawingStyles } from './install-drawings.ts'
import { installStyles } from './nv-install-steps.styles.ts'
import './nv-app-name.ts'
import './nv-screen.ts'

/**
 * What comes before a start code where the page is no app yet: how it becomes one in this very browser,
 * why, and the way past, which says what is lost by it. It leads on inside the app.
 *
 * @fires nv-go-on
 */
@customElement('nv-install-steps')
export class NvInstallSteps extends LitElement {
  static override styles = [baseStyles, buttonStyles, drawingStyles, installStyles]

  @property({ attribute: false }) way: InstallWay = { kind: 'offer' }
  /** This device is paired already, and the app with it. */
  @property({ type: Boolean }) isPaired = false
  @state() private isBusy = false
  /** The browser is putting the app on the home screen. */
  @state() private isOnItsWay = false
  #unsubscribe: (() => void) | null = null

  constructor() {
    super()
    new FocusHeading(this, () => (this.isOnItsWay ? 'open' : 'install'))
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#unsubscribe = onInstalled(() => this.#goOn())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unsubscribe?.()
  }

  #goOn(): void {
    this.dispatchEvent(new Event('nv-go-on', { bubbles: true, composed: true }))
  }

  async #install(): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    const isWanted = await acceptInstallOffer().catch(() => false)
    this.isBusy = false
    // The offer is used up: whoever has said no to it goes on here.
    if (isWanted && !isInstalled()) this.isOnItsWay = true
    else this.#goOn()
  }

  protected override render(): TemplateResult {
    if (this.isOnItsWay) return this.#renderOpen()
    if (this.way.kind === 'elsewhere') return this.#renderElsewhere(this.way.browser)
    const isShare = this.way.kind === 'share'
    return html`<nv-screen rings="none">
      <h1 tabindex="-1">${t('install.title')}</h1>
      <p class="why">${isShare ? t('install.why') : t('install.offerWhy')}</p>
      ${this.#renderWay()}
      <nv-app-name></nv-app-name>
      ${this.#renderGoOn()}
    </nv-screen>`
  }

  #renderWay(): TemplateResult {
    const { way } = this
    if (way.kind === 'share') return this.#renderShare(way)
    if (way.kind === 'menu') return this.#renderMenu()
    return html`<button
      class="button primary"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => void this.#install()}
    >
      ${t('install.offer')}
    </button>`
  }

  #renderShare({ at, hasWebAppSwitch }: InstallWay & { kind: 'share' }): TemplateResult {
    const isTop = at === 'top'
    return html`<ol>
      <li>
        <span>
          ${isTop ? t('install.shareTop') : t('install.share')}
          ${hasWebAppSwitch ? html`<small>${t('install.shareMore')}</small>` : nothing}
        </span>
        ${isTop ? DRAWINGS.shareTop : DRAWINGS.shareBottom}
      </li>
      <li><span>${t('install.add')}</span>${DRAWINGS.add}</li>
      <li>
        <span>
          ${t('install.confirm')}
          ${hasWebAppSwitch ? html`<small>${t('install.webApp')}</small>` : nothing}
        </span>
        ${DRAWINGS.confirm}
      </li>
      <li><span>${t('install.open')}</span>${DRAWINGS.home}</li>
    </ol>`
  }

  #renderMenu(): TemplateResult {
    return html`<ol>
      <li><span>${t('install.menu')}</span>${DRAWINGS.menu}</li>
      <li><span>${t('install.menuAdd')}</span>${DRAWINGS.add}</li>
      <li><span>${t('install.menuConfirm')}</span>${DRAWINGS.confirm}</li>
      <li>
        <span>${this.isPaired ? t('install.openOnly') : t('install.open')}</span>${DRAWINGS.home}
      </li>
    </ol>`
  }

  #renderOpen(): TemplateResult {
    return html`<nv-screen rings="near">
      <h1 tabindex="-1">${t('install.openTitle')}</h1>
      ${this.isPaired ? nothing : html`<p>${t('install.openHow')}</p>`}
      <p class="why">${t('install.openWait')}</p>
      <button slot="actions" class="button" type="button" @click=${() => this.#goOn()}>
        ${t('install.stay')}
      </button>
    </nv-screen>`
  }

  /** A window within another app keeps nothing, and rings never. */
  #renderElsewhere(browser: 'Safari' | 'Chrome'): TemplateResult {
    const { host, pathname } = location
    const address =
      browser === 'Chrome'
        ? // Android's own way to name the app that is to open an address.
          `intent://${host}${pathname}#Intent;scheme=https;package=com.android.chrome;end`
        : `x-safari-https://${host}${pathname}`
    return html`<nv-screen rings="none">
      <h1 tabindex="-1">${t('install.elsewhere', { browser })}</h1>
      <p class="why">${t('install.elsewhereWhy')}</p>
      <ol>
        <li><span>${t('install.elsewhereMenu')}</span>${DRAWINGS.menu}</li>
        <li><span>${t('install.elsewhereChoose', { browser })}</span>${DRAWINGS.add}</li>
      </ol>
      <p class="why">${t('install.elsewhereAddress', { browser })}</p>
      <p class="address"><strong>${host}${pathname}</strong></p>
      <a slot="actions" class="button primary" href=${address}>
        ${t('install.elsewhereOpen', { browser })}
      </a>
      ${this.#renderGoOn()}
    </nv-screen>`
  }

  #renderGoOn(): TemplateResult {
    // Elsewhere a page is told of a ring by the browser as well as the app is.
    const isDeaf = this.way.kind === 'share' || this.way.kind === 'elsewhere'
    return html`${isDeaf ? html`<p slot="actions" class="warning">${t('install.warning')}</p>` : nothing}
      <button slot="actions" class="button" type="button" @click=${() => this.#goOn()}>
        ${t('install.goOn')}
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
