import { NaervaerError, type OfferedMethod } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { signInContext } from '../app/contexts.ts'
import '../components/nv-about-link.ts'
import '../components/nv-duty-phone.ts'
import { readFields } from '../components/form-fields.ts'
import { againIcon } from '../components/icons.ts'
import { signInIcon } from '../components/page-icons.ts'
import '../components/nv-error-notice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import type { SignIn } from '../services/sign-in-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { formStyles } from '../styles/form.styles.ts'
import '../texts/staff-errors.ts'
import { t } from '../texts/text.ts'
import { signInStyles } from './sign-in.styles.ts'

/**
 * The door for staff: with the work account where there is one, with a passkey, or with a passphrase
 * and a code.
 *
 * @fires nv-signed-in
 */
@customElement('nv-sign-in-page')
export class NvSignInPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, signInStyles]

  @consume({ context: signInContext })
  private loadClient!: () => Promise<SignIn>
  /** Whom a citizen rings who has come here; null where no number is given. */
  @property() dutyPhone: string | null = null
  /** Whether somebody was signed in in this window, and is no more without having asked for it. */
  @property({ type: Boolean }) isEnded = false
  @state() private methods: readonly OfferedMethod[] | null = null
  @state() private isPassphraseOpen = false
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null

  constructor() {
    super()
    new FocusHeading(this, () => 'signIn')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  async #load(): Promise<void> {
    await this.#try(async (client) => {
      this.methods = await client.fetchMethods()
    })
  }

  async #try(act: (client: SignIn) => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false
    this.isBusy = true
    this.error = null
    try {
      await act(await this.loadClient())
      return true
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
      return false
    } finally {
      this.isBusy = false
    }
  }

  async #signIn(act: (client: SignIn) => Promise<void>): Promise<void> {
    if (!(await this.#try(act))) return
    this.dispatchEvent(new Event('nv-signed-in', { bubbles: true, composed: true }))
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const read = readFields(event)
    const wish = {
      signInName: read('signInName'),
      passphrase: read('passphrase'),
      code: read('code').replaceAll(' ', ''),
    }
    void this.#signIn((client) => client.signInWithPassphrase(wish))
  }

  protected override render(): TemplateResult {
    return html`
      <p class="brand">${t('app.name')}</p>
      <h1 tabindex="-1" aria-describedby=${this.isEnded ? 'ended' : nothing}>
        ${t('signin.title')}
      </h1>
      ${this.isEnded ? html`<p id="ended" class="ended">${t('signin.ended')}</p>` : nothing}
      <p>${t('signin.about')}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <div class="ways">
        ${this.methods === null ? this.#renderWaiting() : this.methods.map((method) => this.#renderMethod(method))}
      </div>
      ${this.isPassphraseOpen ? this.#renderForm() : nothing}
      <p class="apart">${t('signin.citizen')}</p>
      <a class="button" href="/start">${t('pair.start')}</a>
      <nv-duty-phone .phone=${this.dutyPhone}></nv-duty-phone>
      <nv-about-link></nv-about-link>
    `
  }

  #renderWaiting(): TemplateResult {
    if (this.error === null) return html`<p role="status">${t('app.loading')}</p>`
    return html`<button class="button" type="button" @click=${() => void this.#load()}>
      ${againIcon}${t('app.tryAgain')}
    </button>`
  }

  #renderMethod(method: OfferedMethod): TemplateResult {
    switch (method.kind) {
      case 'oidc':
        return html`<a class="button primary" href=${method.path}>
          ${signInIcon}${t('signin.work')}
        </a>`
      case 'passkey':
        return html`<button
          class="button ${this.#hasWorkAccounts ? '' : 'primary'}"
          type="button"
          aria-disabled=${this.isBusy}
          @click=${() => void this.#signIn((client) => client.signInWithPasskey())}
        >
          ${signInIcon}${t('signin.passkey')}
        </button>`
      case 'passphrase':
        return html`<button
          class="button plain"
          type="button"
          aria-expanded=${this.isPassphraseOpen}
          @click=${() => (this.isPassphraseOpen = !this.isPassphraseOpen)}
        >
          ${t('signin.passphraseOpen')}
        </button>`
    }
  }

  get #hasWorkAccounts(): boolean {
    return this.methods?.some(({ kind }) => kind === 'oidc') ?? false
  }

  #renderForm(): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => this.#submit(event)}>
      <label>
        ${t('signin.name')}
        <input
          name="signInName"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          maxlength="60"
          required
        />
      </label>
      <label>
        ${t('signin.passphrase')}
        <input
          name="passphrase"
          type="password"
          autocomplete="current-password"
          maxlength="200"
          required
        />
      </label>
      <label>
        ${t('signin.code')}
        <input
          name="code"
          inputmode="numeric"
          autocomplete="off"
          pattern="[0-9]{3} ?[0-9]{3}"
          maxlength="7"
          required
        />
      </label>
      <button class="button primary" type="submit" aria-disabled=${this.isBusy}>
        ${signInIcon}${t('signin.submit')}
      </button>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-sign-in-page': NvSignInPage
  }
}
