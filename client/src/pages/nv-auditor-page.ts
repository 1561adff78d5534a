import {
  AUDIT_ACTIONS,
  NaervaerError,
  type AuditAction,
  type AuditHeadReply,
  type AuditLine,
  type AuditQuery,
  type ChoiceHistoryReply,
  type ErrorCode,
  type IntegrityReply,
  type PersonId,
} from '@naervaer/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { readText } from '../components/form-text.ts'
import '../components/nv-choice-history.ts'
import { roleText } from '../components/role-choices.ts'
import type { Administration } from '../services/administration-client.ts'
import { describeAction, describeDetailName, describeDetailValue } from '../texts/audit-words.ts'
import { dayStart } from '../texts/day-start.ts'
import { clockTime, shortDate, t } from '../texts/text.ts'
import { auditorStyles } from './nv-auditor-page.styles.ts'
import { StaffPage } from './staff-page.ts'

/** A full page means that there may be more. */
const PAGE_SIZE = 100

/** So many are shown at a time: on a telephone each takes a good part of the screen. */
const SHOWN_SIZE = 20

/** What is answered to an id that is no citizen's, or none at all. */
const NOBODY: ReadonlySet<ErrorCode> = new Set(['PERSON_NOT_FOUND', 'BODY_INVALID'])

// The keys of the table, which keys() forgets.
const ACTIONS = Object.keys(AUDIT_ACTIONS) as AuditAction[]

/**
 * The audit log by ids, whether it is whole, its last line, and one citizen's choice on request. Each
 * reading leaves a line of its own.
 */
@customElement('nv-auditor-page')
export class NvAuditorPage extends StaffPage {
  static override styles = [StaffPage.styles, auditorStyles]

  protected readonly view = 'audit'
  @state() private lines: readonly AuditLine[] | null = null
  @state() private hasMore = false
  @state() private shownCount = SHOWN_SIZE
  @state() private integrity: IntegrityReply | null = null
  @state() private head: AuditHeadReply['head'] = null
  @state() private history: ChoiceHistoryReply | 'nobody' | null = null
  #filter: AuditQuery = {}

  protected async load(administration: Administration): Promise<void> {
    const { lines } = await administration.fetchAuditLines(this.#filter)
    this.lines = lines
    this.shownCount = SHOWN_SIZE
    this.hasMore = lines.length === PAGE_SIZE
  }

  /** What has been read already is shown first: each reading leaves a line. */
  #showOlder(lines: readonly AuditLine[]): void {
    const isAllShown = this.shownCount >= lines.length
    this.shownCount += SHOWN_SIZE
    if (isAllShown) this.#loadOlder(lines)
  }

  #loadOlder(known: readonly AuditLine[]): void {
    const last = known.at(-1)
    if (last === undefined) return
    void this.ask(async (it) => {
      const { lines } = await it.fetchAuditLines({ ...this.#filter, before: last.seq })
      this.lines = [...known, ...lines]
      this.hasMore = lines.length === PAGE_SIZE
    })
  }

  #choose(event: SubmitEvent): void {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const [from, to] = [readText(form, 'from'), readText(form, 'to')]
    const action = ACTIONS.find((each) => each === readText(form, 'action'))
    this.#filter = {
      ...(action === undefined ? {} : { action }),
      ...(from === '' ? {} : { from: dayStart(from) }),
      ...(to === '' ? {} : { to: dayStart(to, 1) }),
    }
    void this.act()
  }

  #readChoice(event: SubmitEvent): void {
    event.preventDefault()
    // Whatever was written: the server knows whether it is anybody's.
    const id = readText(event.currentTarget as HTMLFormElement, 'citizen') as PersonId
    this.history = null
    void this.ask(async (it) => {
      this.history = await it.fetchChoiceOf(id).catch((error: unknown) => {
        const isNobody = error instanceof NaervaerError && NOBODY.has(error.code)
        if (isNobody) return 'nobody'
        throw error
      })
    })
  }

  protected override render(): TemplateResult {
    return this.renderPage(
      t('audit.title'),
      html`<p class="hint">${t('audit.about')}</p>
        ${this.#renderWhole()} ${this.#renderChoice()} ${this.#renderLog()}`,
    )
  }

  #renderWhole(): TemplateResult {
    return html`<section aria-labelledby="whole">
      <h2 id="whole">${t('audit.whole')}</h2>
      <div class="actions">
        ${this.#renderButton(t('audit.verify'), async (it) => {
          this.integrity = await it.verifyAudit()
        })}
        ${this.#renderButton(t('audit.showHead'), async (it) => {
          this.head = (await it.fetchAuditHead()).head
        })}
      </div>
      <div role="status">
        ${this.integrity === null ? nothing : this.#renderVerdict(this.integrity)}
        ${this.head === null ? nothing : this.#renderHead(this.head)}
      </div>
    </section>`
  }

  #renderVerdict({ isWhole, firstBadSeq }: IntegrityReply): TemplateResult {
    if (isWhole) return html`<p class="result">${t('audit.isWhole')}</p>`
    const seq = String(firstBadSeq ?? 0)
    return html`<p class="result bad">${t('audit.isBroken', { seq })}</p>`
  }

  #renderHead({ seq, hash }: NonNullable<AuditHeadReply['head']>): TemplateResult {
    return html`<p class="result">
      ${t('audit.head', { seq: String(seq) })} <span class="id">${hash}</span><br />
      <span class="hint">${t('audit.headAbout')}</span>
    </p>`
  }

  #renderLog(): TemplateResult {
    return html`<section aria-labelledby="log">
      <h2 id="log">${t('audit.log')}</h2>
      <form class="filter" @submit=${(event: SubmitEvent) => this.#choose(event)}>
        <div class="field">
          <label for="action">${t('audit.action')}</label>
          <select id="action" name="action">
            <option value="">${t('audit.allActions')}</option>
            ${ACTIONS.map((each) => html`<option .value=${each}>${describeAction(each)}</option>`)}
          </select>
        </div>
        ${this.#renderDay('from', t('audit.from'))} ${this.#renderDay('to', t('audit.to'))}
        <button class="button" type="submit" aria-disabled=${this.work.isBusy}>
          ${t('audit.show')}
        </button>
      </form>
      ${this.lines === null ? nothing : this.#renderLines(this.lines)}
    </section>`
  }

  #renderDay(name: 'from' | 'to', label: string): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input id=${name} name=${name} type="date" />
    </div>`
  }

  #renderLines(lines: readonly AuditLine[]): TemplateResult {
    if (lines.length === 0) return html`<p role="status">${t('audit.none')}</p>`
    return html`<div role="table" aria-labelledby="log">
        <div class="heads" role="rowgroup">
          <div role="row">
            <span role="columnheader">${t('audit.when')}</span>
            <span role="columnheader">${t('audit.what')}</span>
            <span role="columnheader">${t('audit.who')}</span>
          </div>
        </div>
        <div role="rowgroup">
          ${repeat(
            lines.slice(0, this.shownCount),
            ({ seq }) => seq,
            (line) => this.#renderLine(line),
          )}
        </div>
      </div>
      ${this.hasMore || lines.length > this.shownCount ? this.#renderOlder(lines) : nothing}`
  }

  #renderOlder(lines: readonly AuditLine[]): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.work.isBusy}
      @click=${() => this.#showOlder(lines)}
    >
      ${t('audit.older')}
    </button>`
  }

  #renderLine(line: AuditLine): TemplateResult {
    const { seq, at, action, subjectId, details } = line
    const words = describeDetails(details)
    return html`<div role="row">
      <div role="rowheader">
        ${t('audit.at', { date: shortDate(at), time: clockTime(at) })}
        <p class="soft">${t('audit.number', { seq: String(seq) })}</p>
      </div>
      <div role="cell">
        <p class="what">${describeAction(action)}</p>
        ${words === '' ? nothing : html`<p class="details">${words}</p>`}
      </div>
      <div role="cell">
        ${this.#renderActor(line)}
        ${
          subjectId === null
            ? nothing
            : html`<p><span class="soft">${t('audit.subject')}</span> ${renderId(subjectId)}</p>`
        }
      </div>
    </div>`
  }

  #renderActor({ actorKind, actorId, actorRole }: AuditLine): TemplateResult {
    if (actorKind === 'cli') return html`<p>${t('audit.byCommand')}</p>`
    if (actorKind === 'system' || actorId === null || actorRole === null) {
      return html`<p>${t('audit.bySystem')}</p>`
    }
    const role = actorRole === 'citizen' ? t('lead.citizen') : roleText(actorRole)
    return html`<p><span class="soft">${role}</span> ${renderId(actorId)}</p>`
  }

  #renderChoice(): TemplateResult {
    return html`<section aria-labelledby="choice">
      <h2 id="choice">${t('audit.choice')}</h2>
      <p class="hint">${t('audit.choiceAbout')}</p>
      <form @submit=${(event: SubmitEvent) => this.#readChoice(event)}>
        <div class="field">
          <label for="citizen">${t('audit.citizenId')}</label>
          <input id="citizen" name="citizen" required maxlength="36" autocomplete="off" />
        </div>
        <div class="actions">
          <button class="button" type="submit" aria-disabled=${this.work.isBusy}>
            ${t('audit.showChoice')}
          </button>
        </div>
      </form>
      <div role="status">${this.#renderHistory()}</div>
    </section>`
  }

  #renderHistory(): TemplateResult | typeof nothing {
    if (this.history === null) return nothing
    if (this.history === 'nobody') return html`<p class="result">${t('audit.nobody')}</p>`
    return html`<nv-choice-history .history=${this.history}></nv-choice-history>`
  }

  #renderButton(words: string, act: (it: Administration) => Promise<void>): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.work.isBusy}
      @click=${() => void this.ask(act)}
    >
      ${words}
    </button>`
  }
}

function renderId(id: string): TemplateResult {
  return html`<span class="id">${id}</span>`
}

/** The canonical JSON of a line without its punctuation; as it stands where it is none. */
function describeDetails(details: string): string {
  const value: unknown = JSON.parse(details)
  if (typeof value !== 'object' || value === null) return details
  return Object.entries(value)
    .map(([name, each]) => `${describeDetailName(name)}: ${describeDetail(name, each)}`)
    .join('\n')
}

function describeDetail(name: string, value: unknown): string {
  if (!name.endsWith('At') || typeof value !== 'number')
    return describeDetailValue(name, String(value))
  return t('audit.at', { date: shortDate(value), time: clockTime(value) })
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-auditor-page': NvAuditorPage
  }
}
