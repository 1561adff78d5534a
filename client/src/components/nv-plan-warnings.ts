import type { QuietHours } from '@naervaer/shared'
import type { Meeting, Warning } from '@naervaer/shared/appointments'
import { consume } from '@lit/context'
import { holidayOn, oftenOffOn, toInstant, wallTimeAt } from '@naervaer/shared/wall'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
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
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  readonly #directory = new StoreController(this, () => this.directoryStore)

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

  /** What stands there: with whom is known of one's own citizens only. */
  #describeMeeting(code: 'busy' | 'citizenBusy', { kind, citizenId, ...at }: Meeting) {
    const other = this.#directory.value?.citizens.find(({ person }) => person.id === citizenId)
    const name = code === 'busy' ? other?.person.name : this.name
    if (name === undefined) return null
    const [start, end] = [wallTimeAt(at.startAt), wallTimeAt(at.endAt)]
    return t(`warn.${code}.${kind}`, {
      name,
      day: namedDay(at.startAt),
      from: wallTime(start.minute),
      to: wallTime(end.minute),
    })
  }

  #describeFirst({ code, day: onDay, meets }: Warning): string {
    const { name, quiet } = this
    if (meets !== undefined && (code === 'busy' || code === 'citizenBusy')) {
      const words = this.#describeMeeting(code, meets)
      if (words !== null) return words
    }
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
