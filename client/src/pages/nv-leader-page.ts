import type {
  Assignment,
  NewAssignment,
  Person,
  PersonId,
  Team,
  TeamCitizen,
  TeamId,
} from '@naervaer/shared'
import { css, html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { describeChoice } from '../components/choice-words.ts'
import type { CoverEvent } from '../components/nv-absences.ts'
import '../components/nv-absences.ts'
import '../components/nv-asking-button.ts'
import type { CoverWish } from '../components/nv-assign-form.ts'
import '../components/nv-assign-form.ts'
import '../components/nv-device-list.ts'
import type { DeviceSource } from '../components/nv-device-list.ts'
import '../components/nv-citizen-phone.ts'
import type { PhoneEvent } from '../components/nv-citizen-phone.ts'
import '../components/nv-protected-address.ts'
import '../components/nv-travel.ts'
import type { TravelSource } from '../components/nv-travel.ts'
import type { ProtectEvent } from '../components/nv-protected-address.ts'
import { readText } from '../components/form-text.ts'
import { teamAbsences, type AbsenceSource } from '../services/absence-client.ts'
import type { Administration } from '../services/administration-client.ts'
import '../texts/staff-errors.ts'
import { shortDate, t } from '../texts/text.ts'
import { StaffPage } from './staff-page.ts'

/**
 * The leader's teams: who is whose, who stands in for whom until when, where citizens stand with video,
 * and their devices for when one is lost. No figures of anybody.
 */
@customElement('nv-leader-page')
export class NvLeaderPage extends StaffPage {
  static override styles = [
    StaffPage.styles,
    css`
      .workers {
        display: grid;
        justify-items: start;
        gap: var(--nv-space-1);
        font-size: var(--nv-text-m);
      }

      .assignment {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-2);
      }
    `,
  ]

  protected readonly view = 'team'
  @state() private teams: readonly Team[] | null = null
  /** Where the open absences come from. */
  #source: { readonly key: string; readonly source: AbsenceSource } | null = null
  /** Whose devices are shown. */
  @state() private chosen: PersonId | null = null
  /** Whose absences are open: of a worker in a team. */
  @state() private absent: string | null = null
  /** For whom, and in which team, somebody is to be chosen who stands in. */
  @state() private cover: (CoverWish & { readonly teamId: TeamId }) | null = null
  /** How often it has become otherwise who stands in for whom: open absences are read again. */
  #assigned = 0
  /** Whose way is open. */
  @state() private travelled: PersonId | null = null

  protected async load(administration: Administration): Promise<void> {
    this.teams = (await administration.fetchTeams()).teams
  }

  async #addCitizen(event: SubmitEvent, team: Team): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const name = readText(form, 'name')
    if (name === '') return
    const said = t('lead.citizenAdded', { name })
    if (await this.actAt(`new-${team.id}`, (it) => it.addCitizen(team.id, name), said)) form.reset()
  }

  async #assign(team: Team, wish: NewAssignment): Promise<void> {
    const place = `assign-${team.id}`
    if (!(await this.actAt(place, (it) => it.assign(wish), t('lead.saved')))) return
    this.#assigned += 1
    this.cover = null
  }

  /** The button that was pressed goes with its assignment, and whose row it was is heard. */
  async #end({ id, citizenId }: Assignment): Promise<void> {
    if (!(await this.act((it) => it.endAssignment(id)))) return
    this.#assigned += 1
    this.requestUpdate()
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`#row-${citizenId}`)?.focus()
  }

  protected override render(): TemplateResult {
    return this.renderPage(
      t('lead.title'),
      html`${this.teams?.length === 0 ? html`<p>${t('lead.noTeam')}</p>` : nothing}
      ${repeat(
        this.teams ?? [],
        ({ id }) => id,
        (team) => this.#renderTeam(team),
      )}`,
    )
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
      ${this.#renderWorkers(team)}
      <h3>${t('lead.assign')}</h3>
      <nv-assign-form
        .workers=${team.workers}
        .citizens=${team.citizens}
        .wish=${this.cover?.teamId === team.id ? this.cover : null}
        .isBusy=${this.work.isBusy}
        @nv-assign=${(event: CustomEvent<NewAssignment>) => void this.#assign(team, event.detail)}
      ></nv-assign-form>
      ${this.renderAnswer(`assign-${team.id}`)} ${this.#renderNewCitizen(team)}
    </section>`
  }

  /** Read only when it is asked for: whom it touches is a look-up that citizens are told of. */
  #renderWorkers(team: Team): TemplateResult {
    return html`<h3>${t('absence.title')}</h3>
      <div class="workers">
        ${team.workers.map(({ id, name }) => {
          const key = `${team.id} ${id}`
          const isOpen = this.absent === key
          return html`<button
              class="button plain"
              type="button"
              aria-expanded=${isOpen}
              @click=${() => (this.absent = isOpen ? null : key)}
            >
              ${t('absence.titleOf', { name })}
            </button>
            ${
              isOpen
                ? html`<nv-absences
                    .name=${name}
                    .source=${this.#absencesOf(key, team, id)}
                    .news=${this.#assigned}
                    .isChooser=${true}
                    @nv-cover=${({ citizen, days }: CoverEvent) =>
                      (this.cover = {
                        ...days,
                        ...{ teamId: team.id, absentId: id, citizenId: citizen.id },
                      })}
                  ></nv-absences>`
                : nothing
            }`
        })}
      </div>`
  }

  #absencesOf(key: string, { id: teamId }: Team, workerId: PersonId): AbsenceSource {
    if (this.#source?.key !== key) this.#source = { key, source: teamAbsences(teamId, workerId) }
    return this.#source.source
  }

  #renderCitizen(team: Team, citizen: TeamCitizen): TemplateResult {
    const own = team.assignments.filter(({ citizenId }) => citizenId === citizen.id)
    const cell = (kind: Assignment['kind']) => {
      const ofKind = own.filter((each) => each.kind === kind)
      if (ofKind.length === 0) return html`<span class="hint">${t('lead.none')}</span>`
      return repeat(
        ofKind,
        ({ id }) => id,
        (each) => this.#renderAssignment(team, citizen, each),
      )
    }
    return html`<div role="row">
        <div role="rowheader" tabindex="-1" id="row-${citizen.id}">
          ${citizen.name}
          <p class="hint">${describeChoice(citizen.choice)}</p>
          ${this.#renderPhone(team, citizen)} ${this.#renderProtection(team, citizen)}
        </div>
        <div role="cell">${renderColumn(t('lead.primary'))} ${cell('primary')}</div>
        <div role="cell">${renderColumn(t('lead.substitute'))} ${cell('substitute')}</div>
        <div role="cell">${this.#renderChoose(citizen)} ${this.#renderTravelled(citizen)}</div>
      </div>
      ${this.chosen === citizen.id ? this.#renderDevices(team, citizen) : nothing}
      ${this.travelled === citizen.id ? this.#renderTravel(team, citizen) : nothing}`
  }

  #renderPhone({ id: teamId }: Team, { id, name, phone }: TeamCitizen): TemplateResult {
    return html`<nv-citizen-phone
      .name=${name}
      .phone=${phone}
      .isBusy=${this.work.isBusy}
      @nv-phone=${(event: PhoneEvent) =>
        void this.act((it) => it.writePhone(teamId, id, event.phone))}
    ></nv-citizen-phone>`
  }

  #renderProtection({ id: teamId }: Team, citizen: TeamCitizen): TemplateResult {
    const { id, name, isAddressProtected } = citizen
    return html`<nv-protected-address
      .name=${name}
      .isAddressProtected=${isAddressProtected}
      .isBusy=${this.work.isBusy}
      @nv-protect=${(event: ProtectEvent) =>
        void this.act((it) => it.protectAddress(teamId, id, event.isAddressProtected))}
    ></nv-protected-address>`
  }

  #renderChoose({ id, name }: Person): TemplateResult {
    const isOpen = this.chosen === id
    return html`<button
      class="button plain"
      type="button"
      aria-expanded=${isOpen}
      @click=${() => (this.chosen = isOpen ? null : id)}
    >
      ${t('devices.show')}<span class="visually-hidden">${name}</span>
    </button>`
  }

  #renderTravelled({ id, name }: Person): TemplateResult {
    const isOpen = this.travelled === id
    return html`<button
      class="button plain"
      type="button"
      aria-expanded=${isOpen}
      @click=${() => (this.travelled = isOpen ? null : id)}
    >
      ${t('travel.open')}<span class="visually-hidden">${name}</span>
    </button>`
  }

  #renderTravel(team: Team, citizen: TeamCitizen): TemplateResult {
    return html`<div role="row">
      <div role="cell" class="wide">
        <nv-travel .name=${citizen.name} .source=${this.#travelOf(team, citizen)}></nv-travel>
      </div>
    </div>`
  }

  #travelOf({ id: teamId }: Team, { id, travel }: TeamCitizen): TravelSource {
    return {
      load: () => Promise.resolve(travel),
      save: async (wish) => {
        await (await this.administration()).setTravel(teamId, id, wish)
        void this.act()
      },
    }
  }

  #renderDevices(team: Team, { id, name }: Person): TemplateResult {
    return html`<div role="row">
      <div role="cell" class="wide">
        <nv-device-list .name=${name} .source=${this.#devicesOf(team, id)}></nv-device-list>
      </div>
    </div>`
  }

  #devicesOf({ id: teamId }: Team, citizenId: PersonId): DeviceSource {
    return {
      list: async () => (await this.administration()).fetchTeamDevices(teamId, citizenId),
      revoke: async (deviceId) =>
        (await this.administration()).revokeTeamDevice(teamId, citizenId, deviceId),
    }
  }

  #renderAssignment(team: Team, citizen: Person, assignment: Assignment): TemplateResult {
    const worker = findName(team.workers, assignment.workerId)
    return html`<div class="assignment">
      <span>${worker} <span class="hint">${describePeriod(assignment)}</span></span>
      <nv-asking-button
        .words=${t('lead.end')}
        .about=${`${worker} ${t('lead.with')} ${citizen.name}`}
        .question=${t('lead.endAsk', { worker, citizen: citizen.name })}
        .yes=${t('lead.endYes')}
        .isBusy=${this.work.isBusy}
        .isPlain=${true}
        @nv-sure=${() => void this.#end(assignment)}
      ></nv-asking-button>
    </div>`
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
          <button class="button" type="submit" aria-disabled=${this.work.isBusy}>
            ${t('lead.addCitizen')}
          </button>
        </div>
      </form>
      ${this.renderAnswer(fieldId)}`
  }
}

/** Only to be seen: whoever hears the page hears the head of the column. */
function renderColumn(head: string): TemplateResult {
  return html`<span class="column" aria-hidden="true">${head}:</span>`
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
