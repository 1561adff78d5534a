import type { QuietHours } from '@naervaer/shared'
import type { Warning } from '@naervaer/shared/appointments'
import { holidayOn, oftenOffOn, toInstant } from '@naervaer/shared/wall'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import { wallTime } from '../texts/wall-time.ts'
import { namedDay, sentence } from '../texts/when.ts'

const NOON = 12 * 60

/** What whoever plans should know, in calm sentences. Nothing of it hinders, and that is said as well. */
@customElement('nv-plan-warnings')
export class NvPlanWarnings extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }

      .box {
        padding: var(--nv-space-2) var(--nv-space-3);
        border-radius: var(--nv-radius);
        background: var(--nv-straw-wash);
      }

      ul {
        display: grid;
        gap: var(--nv-space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      p {
        margin: var(--nv-space-2) 0 0;
      }

      @media (forced-colors: active) {
        .box {
          border: 1px solid CanvasText;
        }
      }
    `,
  ]

  @property({ attribute: false }) warnings: readonly Warning[] = []
  /** The citizen's first name. */
  @property() name = ''
  /** The citizen's, to be said with the warning. */
  @property({ attribute: false }) quiet: QuietHours | null = null
  /** It is kept already. */
  @property({ type: Boolean }) isKept = false

  protected override render(): TemplateResult {
    return html`<div role="status">
      ${this.warnings.length === 0 ? nothing : this.#renderBox()}
    </div>`
  }

  #renderBox(): TemplateResult {
    return html`<div class="box">
      <ul>
        ${this.warnings.map((each) => html`<li>${this.#describe(each)}</li>`)}
      </ul>
      ${this.isKept ? nothing : html`<p>${t('warn.anyway')}</p>`}
    </div>`
  }

  #describe(warning: Warning): string {
    const { count } = warning
    const first = this.#describeFirst(warning)
    return count === 1 ? first : `${first} ${t('warn.more', { n: String(count) })}`
  }

  #describeFirst({ code, day: onDay }: Warning): string {
    const { name, quiet } = this
    const day = namedDay(toInstant({ day: onDay, minute: NOON }))
    switch (code) {
      case 'busy':
      case 'holderBusy':
      case 'absent':
        return t(`warn.${code}`, { day })
      case 'otherHolds':
      case 'nobodyHolds':
      case 'citizenBusy':
      case 'paused':
        return t(`warn.${code}`, { name, day })
      case 'noDevice':
      case 'noChoice':
        return t(`warn.${code}`, { name })
      case 'holiday': {
        const holiday = holidayOn(onDay)
        return sentence(
          t('warn.holiday', { day, holiday: holiday === null ? '' : t(`holiday.${holiday}`) }),
        )
      }
      case 'oftenOff': {
        const eve = oftenOffOn(onDay)
        return t('warn.oftenOff', { day, holiday: eve === null ? '' : t(`holiday.${eve}`) })
      }
      case 'quiet':
        return quiet === null
          ? t('warn.quietThen', { name, day })
          : t('warn.quiet', { name, from: wallTime(quiet.from), to: wallTime(quiet.to) })
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-plan-warnings': NvPlanWarnings
  }
}
