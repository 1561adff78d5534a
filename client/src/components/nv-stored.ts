import type { AboutReply } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { Work } from '../controllers/work.ts'
import { fetchAbout } from '../services/about-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import './nv-error-notice.ts'

/** What stays: nothing deletes it by itself while it holds (see "What is stored" in docs/operating.md). */
const KEPT = [
  'stored.name',
  'stored.choice',
  'stored.travel',
  'stored.device',
  'stored.own',
] as const

/** What goes by itself, and when. */
const GOES = [
  'stored.ready',
  'stored.agreed',
  'stored.callback',
  'stored.notice',
  'stored.code',
] as const

/** What goes when the operator has decided. */
const DECIDED = [
  ['stored.appointments', 'appointments'],
  ['stored.calls', 'calls'],
  ['stored.replaced', 'calls'],
  ['stored.seen', 'audit'],
] as const

type KeptDays = AboutReply['keptDays']

/** Where nobody has decided otherwise. */
const HALF_A_YEAR_DAYS = 183
const MONTH_DAYS = 365.25 / 12

/** What is stored about a citizen, and for how long, in plain words. */
@customElement('nv-stored')
export class NvStored extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-4);
      }

      h2 {
        font-size: var(--nv-text-l);
      }

      li {
        padding-block: var(--nv-space-2);
        border-block-start: 1px solid var(--nv-rule);
      }
    `,
  ]

  @state() private keptDays: KeptDays | null = null
  readonly #work = new Work(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#work.run(async () => {
      this.keptDays = (await fetchAbout()).keptDays
    })
  }

  protected override render(): TemplateResult {
    return html`<p>${t('stored.not')}</p>
      <section>
        <h2 id="kept">${t('stored.kept')}</h2>
        <ul aria-labelledby="kept">
          ${KEPT.map((key) => html`<li>${t(key)}</li>`)}
        </ul>
      </section>
      <section>
        <h2 id="goes">${t('stored.goes')}</h2>
        <ul aria-labelledby="goes">
          ${GOES.map((key) => html`<li>${t(key)}</li>`)}
          ${this.keptDays === null ? nothing : renderDecided(this.keptDays)}
        </ul>
        <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      </section>
      <p>${t('stored.right')}</p>`
  }
}

const renderDecided = (keptDays: KeptDays): TemplateResult[] =>
  DECIDED.map(([key, what]) => html`<li>${t(key, { time: sayDays(keptDays[what]) })}</li>`)

function sayDays(days: number): string {
  if (days === HALF_A_YEAR_DAYS) return t('stored.halfYear')
  return days < 2 * MONTH_DAYS
    ? t('stored.days', { n: String(days) })
    : t('stored.months', { n: String(Math.round(days / MONTH_DAYS)) })
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-stored': NvStored
  }
}
