import type { DurationMs } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import type { CallSnapshot } from '../call/call-snapshot.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { SlowWatch } from '../controllers/slow-watch.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { hangUpIcon } from './icons.ts'
import './nv-error-notice.ts'
import './nv-phone-link.ts'
import './nv-screen.ts'

/** A phone that is awake has said so by then. */
const UNSURE_AFTER_MS: DurationMs = 8_000

/**
 * The worker rings: says what is known, and no more. "Det ringer" only once a device has said so, and of
 * a notice to a closed app only what has been proven.
 *
 * @fires nv-cancel
 */
@customElement('nv-outgoing-call')
export class NvOutgoingCall extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-2xl);
      }

      .soft {
        color: var(--nv-ink-soft);
      }
    `,
  ]

  @property({ attribute: false }) snapshot!: CallSnapshot

  /** What has been sent and not confirmed for a while may well not have arrived. */
  readonly #slow = new SlowWatch(this, () => this.#isUnsure, UNSURE_AFTER_MS)

  constructor() {
    super()
    new FocusHeading(this, () => this.snapshot.call?.id ?? '')
  }

  #cancel(): void {
    if (this.snapshot.isBusy) return
    this.dispatchEvent(new Event('nv-cancel', { bubbles: true, composed: true }))
  }

  get #isUnsure(): boolean {
    const { call } = this.snapshot
    return call?.state === 'inviting' && call.notice === 'sent'
  }

  /** Perhaps nobody hears of it: the telephone is one tap away. */
  get #isDoubtful(): boolean {
    const { call } = this.snapshot
    const hasFailed = call?.state === 'inviting' && call.notice === 'failed'
    return hasFailed || (this.#isUnsure && this.#slow.isSlow)
  }

  #renderPhone(): TemplateResult {
    const citizenId = this.snapshot.call?.citizen.id ?? null
    return html`<p class="soft"><nv-phone-link .citizenId=${citizenId}></nv-phone-link></p>`
  }

  #describe(name: string): string {
    const { call } = this.snapshot
    if (call?.state === 'ringing') return t('out.ringing', { name })
    switch (call?.notice) {
      case 'sending':
        return t('staff.pushing', { name })
      case 'sent':
        return this.#slow.isSlow ? t('staff.notDelivered') : t('staff.pushing', { name })
      case 'arrived':
        return t('staff.delivered')
      case 'failed':
        return t('staff.noPush', { name })
      case 'none':
      case undefined:
        return t('out.sending')
    }
  }

  protected override render(): TemplateResult {
    const name = firstName(this.snapshot.counterpart?.name ?? '')
    return html`<nv-screen rings="calling">
      <h1 tabindex="-1">${t('out.title', { name })}</h1>
      <p role="status">${this.#describe(name)}</p>
      ${this.#isDoubtful ? this.#renderPhone() : nothing}
      <nv-error-notice .code=${this.snapshot.error}></nv-error-notice>
      <button
        slot="actions"
        class="button"
        type="button"
        aria-disabled=${this.snapshot.isBusy}
        @click=${() => this.#cancel()}
      >
        ${hangUpIcon}${t('out.cancel')}
      </button>
    </nv-screen>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-outgoing-call': NvOutgoingCall
  }
  interface HTMLElementEventMap {
    'nv-cancel': Event
  }
}
