import {
  MIN_PASSPHRASE_CHARS,
  NaervaerError,
  type InvitationReply,
  type PassphraseStartReply,
  type QrPicture,
} from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { signInContext } from '../app/contexts.ts'
import { readFields } from '../components/form-fields.ts'
import { signInIcon } from '../components/page-icons.ts'
import '../components/nv-error-notice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import type { SignIn } from '../services/sign-in-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { formStyles } from '../styles/form.styles.ts'
import '../texts/staff-errors.ts'
import { clockTime, firstName, t } from '../texts/text.ts'
import { signInStyles } from './sign-in.styles.ts'

/** White around a QR picture, in modules (ISO/IEC 18004 § 5.3.8). */
const QUIET_ZONE = 4

/**
 * Where a one-time link leads: a member of staff makes a passkey, or a passphrase with codes.
 *
 * The secret behind the `#` is read once and taken out of the address at once, so that it stays
 * neither in the history nor on the screen.
 *
 * @fires nv-signed-in
 */
@customElement('nv-invitation-page')
export class NvInvitationPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, formStyles, signInStyles]

  @consume({ context: signInContext })
  private loadClient!: () => Promise<SignIn>
  @state() private invitation: InvitationReply | 'loading' | 'gone' = 'loading'
  @state() private passphrase: PassphraseStartReply | null = null
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null
  #secret = ''

  constructor() {
    super()
    new FocusHeading(this, () =>
      typeof this.invitation === 'string'
        ? this.invitation
        : this.passphrase === null
          ? 'choose'
          : 'passphrase',
    )
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#secret = location.hash.slice(1)
    history.replaceState(null, '', location.pathname)
    void this.#open()
  }

  async #open(): Promise<void> {
    await this.#try(async (client) => {
      this.invitation = await client.openInvitation(this.#secret)
    })
    if (this.invitation === 'loading' && this.error !== 'CONNECTION_LOST') this.invitation = 'gone'
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
      // Used or too old by now: there is nothing left to do here.
      if (this.error === 'INVITATION_INVALID') this.invitation = 'gone'
      if (this.error === 'CHALLENGE_EXPIRED') this.passphrase = null
      return false
    } finally {
      this.isBusy = false
    }
  }

  async #enrol(act: (client: SignIn) => Promise<void>): Promise<void> {
    if (!(await this.#try(act))) return
    this.dispatchEvent(new Event('nv-signed-in', { bubbles: true, composed: true }))
  }

  #startPassphrase(): void {
    void this.#try(async (client) => {
      this.passphrase = await client.startPassphrase(this.#secret)
    })
  }

  #submit(event: SubmitEvent, ticket: string): void {
    event.preventDefault()
    const read = readFields(event)
    const wish = {
      secret: this.#secret,
      ticket,
      passphrase: read('passphrase'),
      code: read('code').replaceAll(' ', ''),
    }
    void this.#enrol((client) => client.enrolPassphrase(wish))
  }

  protected override render(): TemplateResult {
    return html`<p class="brand">${t('app.name')}</p>
      ${this.#renderState()}`
  }

  #renderState(): TemplateResult {
    const { invitation, passphrase } = this
    if (invitation === 'loading') return this.#renderLoading()
    if (invitation === 'gone') {
      return html`<h1 tabindex="-1">${t('invite.gone')}</h1>
        <p>${t('invite.goneBody')}</p>
        <p>${t('invite.goneUsed')} ${t('invite.goneNext')}</p>
        <a class="button" href="/">${t('invite.toSignIn')}</a>`
    }
    if (passphrase !== null) return this.#renderPassphrase(passphrase)
    return this.#renderChoice(invitation)
  }

  #renderChoice(invitation: InvitationReply): TemplateResult {
    const { person, expiresAt, canUsePasskey, canUsePassphrase } = invitation
    const title = html`<h1 tabindex="-1">
      ${t('invite.title', { name: firstName(person.name) })}
    </h1>`
    if (!canUsePasskey && !canUsePassphrase) {
      return html`${title}
        <p>${t('invite.work')}</p>
        <a class="button primary" href="/">${signInIcon}${t('invite.toSignIn')}</a>`
    }
    return html`
      ${title}
      <p>${canUsePasskey ? t('invite.body') : t('invite.passphraseOnly')}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <div class="ways">
        ${canUsePasskey ? this.#renderPasskey() : nothing}
        ${canUsePassphrase ? this.#renderOther(canUsePasskey) : nothing}
      </div>
      <p class="apart">${t('invite.until', { time: clockTime(expiresAt) })}</p>
    `
  }

  #renderPasskey(): TemplateResult {
    return html`<button
      class="button primary"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => void this.#enrol((client) => client.enrolPasskey(this.#secret))}
    >
      ${signInIcon}${t('invite.passkey')}
    </button>`
  }

  #renderLoading(): TemplateResult {
    return html`<h1 tabindex="-1">${t('app.loading')}</h1>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      ${
        this.error === null
          ? nothing
          : html`<button class="button" type="button" @click=${() => void this.#open()}>
              ${t('app.tryAgain')}
            </button>`
      }`
  }

  #renderOther(isOther: boolean): TemplateResult {
    return html`<button
      class=${isOther ? 'button plain' : 'button primary'}
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => this.#startPassphrase()}
    >
      ${isOther ? t('invite.passphrase') : t('invite.passphraseTitle')}
    </button>`
  }

  #renderPassphrase({ signInName, seed, qr, ticket }: PassphraseStartReply): TemplateResult {
    const groups = seed.match(/.{1,4}/g) ?? []
    return html`
      <h1 tabindex="-1">${t('invite.passphraseTitle')}</h1>
      <p>${t('invite.name', { name: signInName })}</p>
      <div class="step">
        <h2>${t('invite.appTitle')}</h2>
        <p>${t('invite.app')}</p>
        ${this.#renderQr(qr)}
        <p>${t('invite.seed')}</p>
        <p class="seed">${groups.join(' ')}</p>
      </div>
      <form @submit=${(event: SubmitEvent) => this.#submit(event, ticket)}>
        <h2>${t('invite.chooseTitle')}</h2>
        <label>
          ${t('signin.passphrase')}
          <small>${t('invite.rule', { count: String(MIN_PASSPHRASE_CHARS) })}</small>
          <input
            name="passphrase"
            type="password"
            autocomplete="new-password"
            minlength=${MIN_PASSPHRASE_CHARS}
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
        <nv-error-notice .code=${this.error}></nv-error-notice>
        <button class="button primary" type="submit" aria-disabled=${this.isBusy}>
          ${signInIcon}${t('invite.finish')}
        </button>
      </form>
    `
  }

  #renderQr({ size, path }: QrPicture): TemplateResult {
    const whole = size + 2 * QUIET_ZONE
    return html`<svg
      class="qr"
      viewBox="${-QUIET_ZONE} ${-QUIET_ZONE} ${whole} ${whole}"
      role="img"
      aria-label=${t('invite.qr')}
      shape-rendering="crispEdges"
    >
      <path d=${path} fill="currentColor"></path>
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-invitation-page': NvInvitationPage
  }
}
