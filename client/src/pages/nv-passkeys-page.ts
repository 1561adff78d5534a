import { NaervaerError, type Passkey, type PasskeysReply } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { signInContext } from '../app/contexts.ts'
import { backIcon } from '../components/icons.ts'
import { signInIcon } from '../components/page-icons.ts'
import '../components/nv-error-notice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import type { SignIn } from '../services/sign-in-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dayAndTime } from '../texts/day-and-time.ts'
import '../texts/staff-errors.ts'
import { t } from '../texts/text.ts'
import { signInStyles } from './sign-in.styles.ts'

/** One's own passkeys, told apart by when they were made: one more is added, a lost one removed. */
@customElement('nv-passkeys-page')
export class NvPasskeysPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, signInStyles]

  @consume({ context: signInContext })
  private loadClient!: () => Promise<SignIn>
  @state() private own: PasskeysReply | null = null
  @state() private news: 'added' | 'removed' | null = null
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null
  readonly #focus: FocusHeading

  constructor() {
    super()
    this.#focus = new FocusHeading(this, () => 'passkeys')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#change(() => Promise.resolve())
  }

  /** Does something, then shows how things are. */
  async #change(
    act: (client: SignIn) => Promise<void>,
    news: 'added' | 'removed' | null = null,
  ): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.error = null
    this.news = null
    try {
      const client = await this.loadClient()
      await act(client)
      this.own = await client.fetchPasskeys()
      this.news = news
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    }
    this.isBusy = false
  }

  async #remove(id: string): Promise<void> {
    await this.#change((client) => client.removePasskey(id), 'removed')
    // The button that had the focus has gone.
    if (this.news === 'removed') await this.#focus.focus()
  }

  protected override render(): TemplateResult {
    return html`
      <p class="brand">${t('app.name')}</p>
      <h1 tabindex="-1">${t('passkeys.title')}</h1>
      <p>${this.own?.areOpen === false ? t('passkeys.closed') : t('passkeys.about')}</p>
      <p role="status">${this.#news}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      ${this.own === null ? nothing : this.#renderList(this.own)}
      ${this.own?.areOpen === false ? nothing : this.#renderAdd()}
      <a class="button plain" href="/">${backIcon}${t('end.back')}</a>
    `
  }

  get #news(): string | typeof nothing {
    if (this.news === 'added') return t('passkeys.added')
    return this.news === 'removed' ? t('passkeys.removed') : nothing
  }

  #renderAdd(): TemplateResult {
    return html`<button
      class="button primary"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => void this.#change((client) => client.addPasskey(), 'added')}
    >
      ${signInIcon}${t('passkeys.add')}
    </button>`
  }

  #renderList({ passkeys, areOpen }: PasskeysReply): TemplateResult | typeof nothing {
    if (passkeys.length === 0) return areOpen ? html`<p>${t('passkeys.none')}</p>` : nothing
    return html`<div role="list">
      ${repeat(
        passkeys,
        ({ id }) => id,
        (passkey) => this.#renderPasskey(passkey),
      )}
    </div>`
  }

  #renderPasskey({ id, createdAt, lastUsedAt }: Passkey): TemplateResult {
    const when = dayAndTime(createdAt)
    return html`<div role="listitem">
      <p class="when">${t('passkeys.made', { date: when })}</p>
      <p>
        ${lastUsedAt === null ? t('passkeys.unused') : t('passkeys.used', { date: dayAndTime(lastUsedAt) })}
      </p>
      <button
        class="button"
        type="button"
        aria-label=${t('passkeys.removeThis', { date: when })}
        aria-disabled=${this.isBusy}
        @click=${() => void this.#remove(id)}
      >
        ${t('passkeys.remove')}
      </button>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-passkeys-page': NvPasskeysPage
  }
}
