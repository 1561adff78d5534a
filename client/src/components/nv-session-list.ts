import type { OwnSession } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { clockTime, shortDate, t } from '../texts/text.ts'

/**
 * Where somebody is signed in, as IT sees it: what kind of device, and since when.
 *
 * @fires nv-end-session - with `{ sessionId }`
 * @fires nv-end-sessions - all of them, but this one
 */
@customElement('nv-session-list')
export class NvSessionList extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-4);
      }
    `,
  ]

  /** Whose, for those who hear the page. */
  @property() name = ''
  @property({ attribute: false }) sessions: readonly OwnSession[] = []
  @property({ type: Boolean }) isBusy = false

  #end(sessionId: string): void {
    const detail = { sessionId }
    this.dispatchEvent(new CustomEvent('nv-end-session', { detail, bubbles: true, composed: true }))
  }

  #endAll(): void {
    this.dispatchEvent(new Event('nv-end-sessions', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    if (this.sessions.length === 0) return html`<p>${t('it.noSessions')}</p>`
    return html`<ul aria-label=${t('it.sessionsOf', { name: this.name })}>
        ${this.sessions.map((session) => this.#renderSession(session))}
      </ul>
      ${this.#renderEndAll()}`
  }

  /** One's own that is in use stays: there must be another to end. */
  #renderEndAll(): TemplateResult | typeof nothing {
    if (this.sessions.every(({ isThis }) => isThis)) return nothing
    const hasThis = this.sessions.some(({ isThis }) => isThis)
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => this.#endAll()}
    >
      ${t(hasThis ? 'it.endOtherSessions' : 'it.endSessions')}<span class="visually-hidden"
        >${this.name}</span
      >
    </button>`
  }

  #renderSession({ id, deviceKind, startedAt, isThis }: OwnSession): TemplateResult {
    const since = { date: shortDate(startedAt), time: clockTime(startedAt) }
    return html`<li>
      <span
        >${t(`it.kind.${deviceKind}`)}, ${t('it.since', since)}${isThis ? t('it.this') : ''}</span
      >
      <button
        class="button plain"
        type="button"
        aria-disabled=${this.isBusy}
        @click=${() => this.#end(id)}
      >
        ${t('it.endSession')}
      </button>
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-session-list': NvSessionList
  }
  interface HTMLElementEventMap {
    'nv-end-session': CustomEvent<{ sessionId: string }>
    'nv-end-sessions': Event
  }
}
