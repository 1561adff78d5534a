import { NaervaerError, type OwnSession } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { signInContext } from '../app/contexts.ts'
import { backIcon } from '../components/icons.ts'
import '../components/nv-about-link.ts'
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

/** Where one is signed in, this place marked, so that a forgotten one can be ended. */
@customElement('nv-sessions-page')
export class NvSessionsPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, signInStyles]

  @consume({ context: signInContext })
  private loadClient!: () => Promise<SignIn>
  @state() private sessions: readonly OwnSession[] | null = null
  @state() private news: 'one' | 'others' | null = null
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null
  readonly #focus: FocusHeading

  constructor() {
    super()
    this.#focus = new FocusHeading(this, () => 'sessions')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#change(() => Promise.resolve(), null)
  }

  /** Does something, then shows how things are. */
  async #change(
    act: (client: SignIn) => Promise<void>,
    news: 'one' | 'others' | null,
  ): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.error = null
    this.news = null
    try {
      const client = await this.loadClient()
      await act(client)
      this.sessions = await client.fetchOwnSessions()
      this.news = news
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    }
    this.isBusy = false
    // The button that had the focus has gone.
    if (this.news !== null) await this.#focus.focus()
  }

  protected override render(): TemplateResult {
    const others = this.sessions?.filter(({ isThis }) => !isThis) ?? []
    return html`
      <p class="brand">${t('app.name')}</p>
      <h1 tabindex="-1">${t('sessions.title')}</h1>
      <p>${t('sessions.about')}</p>
      <p role="status">${this.#news}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <div role="list">
        ${repeat(
          this.sessions ?? [],
          ({ id }) => id,
          (session) => this.#renderSession(session),
        )}
      </div>
      ${
        others.length === 0
          ? nothing
          : html`<button
              class="button"
              type="button"
              aria-disabled=${this.isBusy}
              @click=${() => void this.#change((client) => client.endOtherSessions(), 'others')}
            >
              ${t('sessions.endOthers')}
            </button>`
      }
      <a class="button plain" href="/">${backIcon}${t('end.back')}</a>
      <nv-about-link></nv-about-link>
    `
  }

  get #news(): string | typeof nothing {
    if (this.news === 'one') return t('sessions.ended')
    return this.news === 'others' ? t('sessions.othersEnded') : nothing
  }

  #renderSession({ id, deviceKind, startedAt, usedAt, isThis }: OwnSession): TemplateResult {
    const device = t(`it.kind.${deviceKind}`)
    const used = dayAndTime(usedAt)
    return html`<div role="listitem" aria-current=${isThis ? 'true' : nothing}>
      <p class="when">${isThis ? t('sessions.this', { device }) : device}</p>
      <p>${t('sessions.started', { date: dayAndTime(startedAt) })}</p>
      <p>${t('sessions.used', { date: used })}</p>
      ${
        isThis
          ? nothing
          : html`<button
              class="button"
              type="button"
              aria-label=${t('sessions.endThis', { device, date: used })}
              aria-disabled=${this.isBusy}
              @click=${() => void this.#change((client) => client.endSession(id), 'one')}
            >
              ${t('sessions.end')}
            </button>`
      }
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-sessions-page': NvSessionsPage
  }
}
