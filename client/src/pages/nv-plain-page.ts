import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { againIcon } from '../components/icons.ts'
import '../components/nv-screen.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'

/** What stands in the way: the browser is offline, the server does not answer, or there is no page for one. */
export type PlainReason = 'offline' | 'server' | 'noPage'

/**
 * A page with nothing on it but what stands in the way.
 *
 * @fires nv-try-again
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

  #tryAgain(): void {
    this.dispatchEvent(new Event('nv-try-again', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`<nv-screen rings="apart">
      <h1 tabindex="-1">${this.#title}</h1>
      <p role="status">${this.#body}</p>
      <button slot="actions" class="button" type="button" @click=${() => this.#tryAgain()}>
        ${againIcon}${t('app.tryAgain')}
      </button>
    </nv-screen>`
  }

  get #title(): string {
    return this.reason === 'noPage' ? t('noPage.title') : t('trouble.title')
  }

  get #body(): string {
    switch (this.reason) {
      case 'noPage':
        return t('noPage.body')
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
