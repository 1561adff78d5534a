import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { againIcon } from '../components/icons.ts'
import '../components/nv-screen.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'

/**
 * What stands in the way.
 *
 * - `replaced`: somebody else is signed in here now
 * - `offline`: the browser has no network
 * - `server`: the server does not answer
 * - `noPage`: the account has no page of its own
 * - `noSuchPage`: nobody has a page at the address
 */
export type PlainReason = 'replaced' | 'offline' | 'server' | 'noPage' | 'noSuchPage'

/**
 * A page with nothing on it but what stands in the way.
 *
 * @fires nv-try-again
 * @fires nv-continue - go on as who is signed in now
 */
@customElement('nv-plain-page')
export class NvPlainPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-2xl);
      }
    `,
  ]

  @property() reason: PlainReason = 'server'

  constructor() {
    super()
    new FocusHeading(this, () => this.reason)
  }

  #goOn(): void {
    const type = this.reason === 'replaced' ? 'nv-continue' : 'nv-try-again'
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`<nv-screen rings="apart">
      <h1 tabindex="-1">${this.#title}</h1>
      <p role="status">${this.#body}</p>
      ${this.#renderWayOn()}
    </nv-screen>`
  }

  #renderWayOn(): TemplateResult {
    if (this.reason === 'noSuchPage')
      return html`<a slot="actions" class="button" href="/">${t('lost.home')}</a>`
    return html`<button slot="actions" class="button" type="button" @click=${() => this.#goOn()}>
      ${againIcon}${t(this.reason === 'replaced' ? 'app.reload' : 'app.tryAgain')}
    </button>`
  }

  get #title(): string {
    switch (this.reason) {
      case 'replaced':
        return t('replaced.title')
      case 'noPage':
        return t('noPage.title')
      case 'noSuchPage':
        return t('lost.title')
      case 'offline':
      case 'server':
        return t('trouble.title')
    }
  }

  get #body(): string {
    switch (this.reason) {
      case 'noPage':
        return t('noPage.body')
      case 'noSuchPage':
        return t('lost.body')
      case 'replaced':
        return t('replaced.body')
      case 'offline':
        return t('net.offline')
      case 'server':
        return t('net.server')
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-plain-page': NvPlainPage
  }
  interface HTMLElementEventMap {
    'nv-try-again': Event
  }
}
