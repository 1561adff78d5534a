import { QUIET_REASONS, type QuietHours, type QuietReason } from '@naervaer/shared'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { wallTime } from '../texts/wall-time.ts'
import { phoneIcon } from './icons.ts'

const WORDS = {
  agreed: 'staff.quietAgreed',
  asked: 'staff.quietAsked',
  urgent: 'staff.quietUrgent',
} as const satisfies Record<QuietReason, string>

/** Asks the page to ring all the same, and says why. */
export class RingQuietEvent extends Event {
  readonly reason: QuietReason

  constructor(reason: QuietReason) {
    super('nv-ring-quiet', { bubbles: true, composed: true })
    this.reason = reason
  }
}

/**
 * A ring that was refused because the citizen does not want to be rung just now: said kindly, with the
 * reasons for which it may be done all the same. The reason is kept.
 *
 * @fires nv-ring-quiet
 */
@customElement('nv-quiet-ring')
export class NvQuietRing extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      section {
        display: grid;
        gap: var(--nv-space-3);
        margin-block-start: var(--nv-space-4);
        padding: var(--nv-space-4);
        border-radius: var(--nv-radius-large);
        background: var(--nv-paper-raised);
      }

      h2 {
        font-size: inherit;
        line-height: inherit;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-3);
      }

      .soft {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }

      @media (forced-colors: active) {
        section {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  /** The citizen's first name. */
  @property() name = ''
  @property({ attribute: false }) quiet: QuietHours = { from: 0, to: 0 }
  @property({ type: Boolean }) isBusy = false

  constructor() {
    super()
    // Inserted with its words in it, a live region would often be silent; and what to do next is here.
    new FocusHeading(this, () => 'shown', { isInterrupting: true, selector: 'h2' })
  }

  #ring(reason: QuietReason): void {
    if (!this.isBusy) this.dispatchEvent(new RingQuietEvent(reason))
  }

  protected override render(): TemplateResult {
    const { name, quiet } = this
    return html`<section aria-labelledby="quiet">
      <h2 id="quiet" tabindex="-1">${describeQuiet(name, quiet)}</h2>
      <p>${t('staff.quietWhy')}</p>
      <div class="buttons">
        ${QUIET_REASONS.map(
          (reason) =>
            html`<button
              class="button"
              type="button"
              aria-disabled=${this.isBusy}
              @click=${() => this.#ring(reason)}
            >
              ${phoneIcon}${t(WORDS[reason], { name })}
            </button>`,
        )}
      </div>
      <p class="soft">${t('staff.quietKept')}</p>
    </section>`
  }
}

/** What a worker reads of the quiet hours of a citizen. */
export function describeQuiet(name: string, { from, to }: QuietHours): string {
  return t('staff.quiet', { name, from: wallTime(from), to: wallTime(to) })
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-quiet-ring': NvQuietRing
  }
  interface HTMLElementEventMap {
    'nv-ring-quiet': RingQuietEvent
  }
}
