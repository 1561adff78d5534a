import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t, type TextKey } from '../texts/text.ts'
import { againIcon } from './icons.ts'

const WORDS = {
  connecting: 'net.connecting',
  open: null,
  lost: 'net.retry',
  offline: 'net.offline',
  signedOut: null,
  stopped: 'net.stopped',
} as const satisfies Record<ConnectionState, TextKey | null>

/** Says in calm words that the server cannot be reached just now, and nothing when it can. */
@customElement('nv-connection-notice')
export class NvConnectionNotice extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      [role='status'] {
        font-size: var(--nv-text-m);
      }

      [role='status'] p {
        margin-block-end: var(--nv-space-3);
        padding: var(--nv-space-3) var(--nv-space-4);
        border-inline-start: 4px solid var(--nv-straw);
        background: var(--nv-straw-wash);
      }

      .button {
        margin-block-end: var(--nv-space-5);
      }
    `,
  ]

  @property() connection: ConnectionState = 'connecting'

  protected override render(): TemplateResult {
    const key = WORDS[this.connection]
    return html`
      <div role="status">${key === null ? nothing : html`<p>${t(key)}</p>`}</div>
      ${this.connection === 'stopped' ? this.#renderReload() : nothing}
    `
  }

  #renderReload(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => location.reload()}>
      ${againIcon}${t('app.tryAgain')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-connection-notice': NvConnectionNotice
  }
}
