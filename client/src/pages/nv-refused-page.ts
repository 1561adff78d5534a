import type { OidcRefusal, OidcRefusalReason } from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { signInContext } from '../app/contexts.ts'
import { againIcon } from '../components/icons.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import type { SignIn } from '../services/sign-in-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t, type TextKey } from '../texts/text.ts'
import { signInStyles } from './sign-in.styles.ts'

const TEXTS = {
  unknownRole: 'refused.unknownRole',
  closed: 'refused.closed',
  level: 'refused.level',
  expired: 'refused.expired',
  cancelled: 'refused.cancelled',
  unreachable: 'refused.unreachable',
  failed: 'refused.failed',
} as const satisfies Record<OidcRefusalReason, TextKey>

/** Why a work account did not get in, in plain words, and what to do about it. */
@customElement('nv-refused-page')
export class NvRefusedPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    signInStyles,
    css`
      .subject {
        max-width: 100%;
        padding: var(--nv-space-2) var(--nv-space-3);
        background: var(--nv-paper-raised);
        font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace;
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ]

  @consume({ context: signInContext })
  private loadClient!: () => Promise<Pick<SignIn, 'fetchRefusal'>>
  @state() private refusal: OidcRefusal | null = null
  @state() private isLoaded = false
  @state() private isCopied = false

  constructor() {
    super()
    new FocusHeading(this, () => 'refused')
  }

  protected override firstUpdated(): void {
    void this.#load()
  }

  async #load(): Promise<void> {
    // Without an answer there is still the way back to the beginning.
    this.refusal = await this.loadClient()
      .then((client) => client.fetchRefusal())
      .catch(() => null)
    this.isLoaded = true
  }

  async #copy(subject: string): Promise<void> {
    // Where it is not allowed the person can still mark it: one tap takes all of it.
    await navigator.clipboard.writeText(subject).then(
      () => (this.isCopied = true),
      () => undefined,
    )
  }

  protected override render(): TemplateResult {
    return html`
      <p class="brand">${t('app.name')}</p>
      <h1 tabindex="-1">${t('refused.title')}</h1>
      ${this.isLoaded ? this.#renderReason() : html`<p role="status">${t('app.loading')}</p>`}
      <a class="button primary" href="/sign-in">${againIcon}${t('app.tryAgain')}</a>
    `
  }

  #renderReason(): TemplateResult {
    const subject = this.refusal?.subject ?? null
    return html`
      <p>${t(TEXTS[this.refusal?.reason ?? 'expired'])}</p>
      ${subject === null ? nothing : this.#renderSubject(subject)}
    `
  }

  #renderSubject(subject: string): TemplateResult {
    return html`
      <p class="subject">${subject}</p>
      <button class="button" type="button" @click=${() => void this.#copy(subject)}>
        ${t('refused.copy')}
      </button>
      <p role="status">${this.isCopied ? t('refused.copied') : nothing}</p>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-refused-page': NvRefusedPage
  }
}
