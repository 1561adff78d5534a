import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { noticesDesk, type NoticesDesk, type NoticesState } from '../services/push/notices-desk.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'

/** On the first screen, and only where it is so: that this device hears nothing while the app is closed. */
@customElement('nv-push-hint')
export class NvPushHint extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host([hidden]) {
        display: none;
      }

      .button {
        justify-content: start;
        margin-inline-start: calc(-0.4em - var(--nv-stroke));
        text-align: start;
      }
    `,
  ]

  /** Who would ring. */
  @property() name = ''
  @property({ attribute: false }) desk: NoticesDesk = noticesDesk
  @state() private state: NoticesState | null = null

  override connectedCallback(): void {
    super.connectedCallback()
    this.hidden = true
    void this.#look()
  }

  async #look(): Promise<void> {
    // Whoever cannot be reached is told nothing that may be wrong.
    this.state = (await this.desk.load().catch(() => null))?.state ?? null
    this.hidden = this.state !== 'off' && this.state !== 'blocked'
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.hidden) return nothing
    return html`<a class="button plain" href="/besked">${t('push.off', { name: this.name })}</a>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-push-hint': NvPushHint
  }
}
