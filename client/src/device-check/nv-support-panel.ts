import {
  CHECK_CODES,
  NaervaerError,
  parseSupportCode,
  type CheckCode,
  type StoredReport,
  type TechReport,
} from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { readText } from '../components/form-text.ts'
import '../components/nv-error-notice.ts'
import { Work } from '../controllers/work.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { clockTime, shortDate, t } from '../texts/text.ts'
import { describeFinding, describeMendingIn } from './finding-words.ts'
import { toKind } from './finding.ts'
import { fetchReport } from './report-client.ts'
import { describeDevice, listByHand, listFacts, listUntried, type Fact } from './report-words.ts'

/** IT's way from a code that is read out to what is wrong, who acts, and what to say. */
@customElement('nv-support-panel')
export class NvSupportPanel extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    staffFormStyles,
    css`
      h2 {
        margin-block: var(--nv-space-6) var(--nv-space-3);
        font-size: var(--nv-text-xl);
      }

      h3,
      h4 {
        margin: 0;
        font-size: var(--nv-text-l);
      }

      h4 {
        font-size: var(--nv-text-m);
      }

      input {
        font-family: ui-monospace, 'DejaVu Sans Mono', monospace;
        letter-spacing: 0.2em;
        text-transform: uppercase;
      }

      .report {
        display: grid;
        gap: var(--nv-space-4);
        max-width: 42rem;
        margin-block-start: var(--nv-space-5);
      }

      dl {
        margin: 0;
      }

      dt {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }

      dd {
        margin: 0 0 var(--nv-space-2);
      }

      table {
        width: 100%;
        table-layout: fixed;
        border-collapse: collapse;
        font-size: var(--nv-text-s);
      }

      th,
      td {
        padding: var(--nv-space-2) var(--nv-space-3) var(--nv-space-2) 0;
        border-block-start: 1px solid var(--nv-rule);
        font-weight: 400;
        text-align: start;
        vertical-align: top;
      }

      thead th {
        color: var(--nv-ink-soft);
      }

      a.page {
        display: inline-flex;
        align-items: center;
        min-height: var(--nv-target);
      }

      summary {
        min-height: var(--nv-target);
        align-content: center;
        cursor: pointer;
        font-weight: 600;
      }
    `,
  ]

  @state() private stored: StoredReport | null = null
  /** What was written is no code, or opens nothing. */
  @state() private refusal: 'bad' | 'gone' | null = null
  readonly #work = new Work(this)

  async #open(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const code = parseSupportCode(readText(event.currentTarget, 'code'))
    this.stored = null
    this.refusal = code === null ? 'bad' : null
    if (code === null) return
    await this.#work.run(async () => {
      try {
        this.stored = await fetchReport(code)
      } catch (error) {
        if (!(error instanceof NaervaerError) || error.code !== 'REPORT_NOT_FOUND') throw error
        this.refusal = 'gone'
      }
    })
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('.report h3')?.focus()
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="support">
      <h2 id="support">${t('support.title')}</h2>
      <p class="hint">${t('support.about')}</p>
      <form @submit=${(event: SubmitEvent) => void this.#open(event)}>
        <div class="field">
          <label for="code">${t('support.code')}</label>
          <input
            id="code"
            name="code"
            required
            maxlength="12"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck="false"
          />
        </div>
        <div class="actions">
          <button class="button" type="submit" aria-disabled=${this.#work.isBusy}>
            ${t('support.open')}
          </button>
        </div>
      </form>
      <p class="needed" role="status">${this.#refusalWords}</p>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${this.stored === null ? nothing : this.#renderReport(this.stored)}
    </section>`
  }

  get #refusalWords(): string | typeof nothing {
    if (this.refusal === null) return nothing
    return this.refusal === 'bad' ? t('support.bad') : t('support.gone')
  }

  #renderReport(stored: StoredReport): TemplateResult {
    const { code, createdAt, findings, report } = stored
    const byHand = listByHand(report)
    const untried = listUntried(report)
    const isFine = findings.length === 0 && byHand.length === 0
    const made = { date: shortDate(createdAt), time: clockTime(createdAt) }
    return html`<div class="report">
      <div>
        <h3 tabindex="-1">${t('support.report', { code })}</h3>
        <p class="hint">${describeDevice(report)}. ${t('support.made', made)}</p>
      </div>
      ${isFine ? html`<p>${t('support.fine')}</p>` : nothing}
      ${findings.length > 1 ? html`<p>${t('desk.firstFirst')}</p>` : nothing}
      ${findings.map((finding) => this.#renderFinding(finding, report))}
      ${byHand.map((kind) => this.#renderByHand(kind))} ${this.#renderOld(stored)}
      ${untried.length === 0 ? nothing : html`<p>${t('desk.untried', { what: untried.join(', ') })}</p>`}
      <details>
        <summary>${t('support.facts')}</summary>
        ${this.#renderFacts(listFacts(stored))}
      </details>
    </div>`
  }

  #renderFinding(code: CheckCode, report: TechReport): TemplateResult {
    const kind = toKind(code, report)
    return html`<div class="panel">
      <h4>${code}: ${t(`support.cause.${code}`)}</h4>
      <dl>
        <dt>${t('support.actor')}</dt>
        <dd>${t(`support.actor.${CHECK_CODES[code].actor}`)}</dd>
        <dt>${t('support.say')}</dt>
        <dd>${describeFinding(kind)} ${describeMendingIn(kind, report.device)}</dd>
        <dt>${t('support.look')}</dt>
        <dd>${t(`support.look.${code}`)}</dd>
      </dl>
      <p>
        <a class="page" href="/test#${code}" target="_blank">${t('desk.codePage', { code })}</a>
      </p>
    </div>`
  }

  /** What has no code since a hand puts it right: the person on the telephone may not have found out. */
  #renderByHand(kind: 'noSound' | 'dark'): TemplateResult {
    return html`<div class="panel">
      <h4>${t(`desk.cause.${kind}`)}</h4>
      <dl>
        <dt>${t('support.actor')}</dt>
        <dd>${t('support.actor.citizen')}</dd>
        <dt>${t('support.say')}</dt>
        <dd>${describeFinding(kind)} ${t(`check.how.${kind}`)}</dd>
      </dl>
    </div>`
  }

  /** An app behind the times, or half of one, explains much and has no code. */
  #renderOld({ isBuildCurrent, report }: StoredReport): TemplateResult | typeof nothing {
    const { serviceWorker, build } = report
    const isHalf = serviceWorker.build !== null && build !== null && serviceWorker.build !== build
    if (isBuildCurrent !== false && !isHalf) return nothing
    return html`<div class="panel">
      <h4>${t('desk.cause.old')}</h4>
      <dl>
        <dt>${t('support.actor')}</dt>
        <dd>${t('support.actor.citizen')}</dd>
        <dt>${t('support.say')}</dt>
        <dd>${t('desk.sayOld')}</dd>
      </dl>
    </div>`
  }

  #renderFacts(facts: readonly Fact[]): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${t('support.fact')}</th>
          <th scope="col">${t('support.value')}</th>
        </tr>
      </thead>
      <tbody>
        ${facts.map(
          ([what, found]) =>
            html`<tr>
              <th scope="row">${what}</th>
              <td>${found}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-support-panel': NvSupportPanel
  }
}
