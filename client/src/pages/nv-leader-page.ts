import type { Assignment, NewAssignment, Person, PersonId, Role, Team } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { administrationContext } from '../app/contexts.ts'
import '../components/nv-assign-form.ts'
import { readText } from '../components/form-text.ts'
import '../components/nv-error-notice.ts'
import '../components/nv-staff-header.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { Work } from '../controllers/work.ts'
import type { Administration } from '../services/administration-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { shortDate, t } from '../texts/text.ts'
import { staffPageStyles } from './staff-page.styles.ts'

/** The leader's teams: who is whose, and who stands in for whom until when. No figures of anybody. */
@customElement('nv-leader-page')
export class NvLeaderPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, staffFormStyles, staffPageStyles]

  @property({ attribute: false }) you: Person | null = null
  @property({ attribute: false }) roles: readonly Role[] = []
  @consume({ context: administrationContext })
  private loadAdministration!: () => Promise<Administration>
  @state() private teams: readonly Team[] | null = null
  readonly #work = new Work(this)

  constructor() {
    super()
    new FocusHeading(this, () => 'team')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#do(() => Promise.resolve())
  }

  /** Does something, then shows what the server has made of it. */
  #do(action: (administration: Administration) => Promise<void>): Promise<boolean> {
    return this.#work.run(async () => {
      const administration = await this.loadAdministration()
      await action(administration)
      this.teams = (await administration.fetchTeams()).teams
    })
  }

  async #addCitizen(event: SubmitEvent, team: Team): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const name = readText(form, 'name')
    if (name !== '' && (await this.#do((it) => it.addCitizen(team.id, name)))) form.reset()
  }

  protected override render(): TemplateResult {
    return html`
      <nv-staff-header .you=${this.you} .roles=${this.roles} current="team"></nv-staff-header>
      <h1 tabindex="-1">${t('lead.title')}</h1>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${this.teams?.length === 0 ? html`<p>${t('lead.noTeam')}</p>` : nothing}
      ${repeat(
        this.teams ?? [],
        ({ id }) => id,
        (team) => this.#renderTeam(team),
      )}
    `
  }

  #renderTeam(team: Team): TemplateResult {
    const titleId = `team-${team.id}`
    return html`<section aria-labelledby=${titleId}>
      <h2 id=${titleId}>${team.name}</h2>
      <div role="table" aria-labelledby=${titleId}>
        <div class="heads" role="rowgroup">
          <div role="row">
            <span role="columnheader">${t('lead.citizen')}</span>
            <span role="columnheader">${t('lead.primary')}</span>
            <span role="columnheader">${t('lead.substitute')}</span>
          </div>
        </div>
        <div role="rowgroup">
          ${repeat(
            team.citizens,
            ({ id }) => id,
            (citizen) => this.#renderCitizen(team, citizen),
          )}
        </div>
      </div>
      <h3>${t('lead.assign')}</h3>
      <nv-assign-form
        .workers=${team.workers}
        .citizens=${team.citizens}
        .isBusy=${this.#work.isBusy}
        @nv-assign=${(event: CustomEvent<NewAssignment>) =>
          void this.#do((it) => it.assign(event.detail))}
      ></nv-assign-form>
      ${this.#renderNewCitizen(team)}
    </section>`
  }

  #renderCitizen(team: Team, citizen: Person): TemplateResult {
    const own = team.assignments.filter(({ citizenId }) => citizenId === citizen.id)
    const cell = (kind: Assignment['kind']) => {
      const ofKind = own.filter((each) => each.kind === kind)
      if (ofKind.length === 0) return html`<span class="hint">${t('lead.none')}</span>`
      return ofKind.map((each) => this.#renderAssignment(team, citizen, each))
    }
    return html`<div role="row">
      <span role="rowheader">${citizen.name}</span>
      <div role="cell">${cell('primary')}</div>
      <div role="cell">${cell('substitute')}</div>
    </div>`
  }

  #renderAssignment(team: Team, citizen: Person, assignment: Assignment): TemplateResult {
    const worker = findName(team.workers, assignment.workerId)
    const isSubstitute = assignment.kind === 'substitute'
    const label = isSubstitute
      ? t('lead.substituteIs', { worker })
      : t('lead.primaryIs', { worker })
    return html`<p>
      ${label} <span class="hint">${describePeriod(assignment)}</span>
      <button
        class="button plain"
        type="button"
        aria-disabled=${this.#work.isBusy}
        @click=${() => void this.#do((it) => it.endAssignment(assignment.id))}
      >
        ${t('lead.end')}<span class="visually-hidden"
          >${worker} ${t('lead.with')} ${citizen.name}</span
        >
      </button>
    </p>`
  }

  #renderNewCitizen(team: Team): TemplateResult {
    const fieldId = `new-${team.id}`
    return html`<h3>${t('lead.newCitizen')}</h3>
      <form @submit=${(event: SubmitEvent) => void this.#addCitizen(event, team)}>
        <div class="field">
          <label for=${fieldId}>${t('lead.citizenName')}</label>
          <input id=${fieldId} name="name" required maxlength="100" autocomplete="off" />
        </div>
        <div class="actions">
          <button class="button" type="submit" aria-disabled=${this.#work.isBusy}>
            ${t('lead.addCitizen')}
          </button>
        </div>
      </form>`
  }
}

/** Somebody who has left the team may still be assigned. */
function findName(workers: readonly Person[], id: PersonId): string {
  return workers.find((worker) => worker.id === id)?.name ?? t('lead.elsewhere')
}

function describePeriod({ fromAt, toAt }: Assignment): string {
  const isToCome = fromAt > Date.now()
  const from = shortDate(fromAt)
  if (toAt === null) return isToCome ? t('lead.from', { from }) : ''
  // The end is the first moment after it: the last day is the one before.
  const to = shortDate(toAt - 1)
  return isToCome ? t('lead.fromTo', { from, to }) : t('lead.to', { to })
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-leader-page': NvLeaderPage
  }
}
