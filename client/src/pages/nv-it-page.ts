import type {
  InvitationLinkReply,
  ItPeopleReply,
  OwnSession,
  PersonId,
  Pseudonym,
  StaffMember,
} from '@naervaer/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import '../device-check/nv-support-panel.ts'
import '../device-desk/nv-device-desk.ts'
import { readText } from '../components/form-text.ts'
import '../components/nv-device-list.ts'
import type { DeviceSource } from '../components/nv-device-list.ts'
import '../components/nv-session-list.ts'
import '../components/nv-staff-panel.ts'
import type { StaffWish } from '../components/nv-staff-panel.ts'
import { readRoles, renderRoleChoices, roleText } from '../components/role-choices.ts'
import type { Administration } from '../services/administration-client.ts'
import '../texts/staff-errors.ts'
import { t } from '../texts/text.ts'
import { StaffPage } from './staff-page.ts'

/** Accounts of staff, teams, and where people are signed in. Citizens are pseudonyms here, always. */
@customElement('nv-it-page')
export class NvItPage extends StaffPage {
  protected readonly view = 'it'
  @state() private people: ItPeopleReply | null = null
  /** Whose panel is open. */
  @state() private chosen: PersonId | null = null
  @state() private sessions: readonly OwnSession[] = []
  /** Somebody was to be added without any role. */
  @state() private isRoleMissing = false
  @state() private invitation: InvitationLinkReply | null = null

  protected async load(administration: Administration): Promise<void> {
    this.people = await administration.fetchPeople()
    if (this.chosen === null) return
    this.sessions = (await administration.fetchSessions(this.chosen)).sessions
  }

  #choose(personId: PersonId): void {
    this.chosen = this.chosen === personId ? null : personId
    this.invitation = null
    this.sessions = []
    void this.act()
  }

  async #change(personId: PersonId, wish: StaffWish): Promise<void> {
    const said = wish.type === 'save' ? t('it.saved') : ''
    const act = async (it: Administration) => {
      if (wish.type === 'save') await this.#save(it, personId, wish)
      else if (wish.type === 'disabled') await it.setDisabled(personId, wish.isDisabled)
      else if (wish.type === 'invite') this.invitation = await it.invite(personId)
      else {
        await it.removeStaff(personId)
        this.chosen = null
      }
    }
    await this.actAt(`staff-${personId}`, act, said)
  }

  async #save(
    it: Administration,
    personId: PersonId,
    { roles, teamIds }: Extract<StaffWish, { type: 'save' }>,
  ): Promise<void> {
    await it.setRoles(personId, roles)
    for (const { id, memberIds } of this.people?.teams ?? []) {
      const isMember = teamIds.includes(id)
      if (isMember !== memberIds.includes(personId)) await it.setMember(id, personId, isMember)
    }
  }

  async #addStaff(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const name = readText(form, 'name')
    const roles = readRoles(form)
    this.isRoleMissing = roles.length === 0
    if (this.isRoleMissing) {
      form.querySelector<HTMLElement>('[name="role"]')?.focus()
      return
    }
    if (name === '') return
    const known = new Set(this.people?.staff.map(({ person }) => person.id))
    const said = t('it.staffAdded', { name })
    if (!(await this.actAt('new-staff', (it) => it.addStaff(name, roles), said))) return
    form.reset()
    const added = this.people?.staff.find(({ person }) => !known.has(person.id))
    if (added !== undefined) await this.#leadOn(added.person.id)
  }

  /** To the account that has just been made: its invitation is what comes next. */
  async #leadOn(personId: PersonId): Promise<void> {
    this.chosen = personId
    this.invitation = null
    this.sessions = []
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`[data-person='${personId}']`)?.focus()
  }

  async #addTeam(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const name = readText(form, 'name')
    if (name === '') return
    if (await this.actAt('new-team', (it) => it.addTeam(name), t('it.saved'))) form.reset()
  }

  protected override render(): TemplateResult {
    const { people } = this
    return this.renderPage(
      t('it.title'),
      people === null
        ? nothing
        : html`<nv-support-panel></nv-support-panel>
            <p><a class="button plain" href="/test#koder" target="_blank">${t('codes.link')}</a></p>
            <nv-device-desk></nv-device-desk> ${this.#renderStaff(people)}
            ${this.#renderTeams(people)} ${this.#renderCitizens(people.citizens)}`,
    )
  }

  #renderStaff({ staff }: ItPeopleReply): TemplateResult {
    return html`<section aria-labelledby="staff">
      <h2 id="staff">${t('it.staff')}</h2>
      <div role="table" aria-labelledby="staff">
        <div class="heads" role="rowgroup">
          <div role="row">
            <span role="columnheader">${t('it.name')}</span>
            <span role="columnheader">${t('it.roles')}</span>
            <span role="columnheader">${t('it.account')}</span>
          </div>
        </div>
        <div role="rowgroup">
          ${repeat(
            staff,
            ({ person }) => person.id,
            (member) => this.#renderMember(member),
          )}
        </div>
      </div>
      <h3>${t('it.newStaff')}</h3>
      <form @submit=${(event: SubmitEvent) => void this.#addStaff(event)}>
        <div class="field">
          <label for="staff-name">${t('it.name')}</label>
          <input id="staff-name" name="name" required maxlength="100" autocomplete="off" />
        </div>
        ${renderRoleChoices([], this.isRoleMissing)}
        <div class="actions">
          <button class="button" type="submit" aria-disabled=${this.work.isBusy}>
            ${t('it.addStaff')}
          </button>
        </div>
      </form>
      ${this.renderAnswer('new-staff')}
    </section>`
  }

  #renderMember(member: StaffMember): TemplateResult {
    const { person, roles, isDisabled } = member
    const isOpen = this.chosen === person.id
    return html`<div role="row">
        <span role="rowheader">${person.name}</span>
        <span role="cell">${roles.map(roleText).join(', ') || t('it.noRole')}</span>
        <span role="cell">${isDisabled ? t('it.closed') : t('it.open')}</span>
        <span role="cell">${this.#renderChoose(person.id, person.name, t('it.change'))}</span>
      </div>
      ${isOpen ? this.#renderPanel(member) : nothing}`
  }

  #renderChoose(id: PersonId, name: string, label: string): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      data-person=${String(id)}
      aria-expanded=${this.chosen === id}
      @click=${() => this.#choose(id)}
    >
      ${label}<span class="visually-hidden">${name}</span>
    </button>`
  }

  #renderPanel(member: StaffMember): TemplateResult {
    const { id, name } = member.person
    return html`<div role="row">
      <div role="cell" class="wide">
        <nv-staff-panel
          .member=${member}
          .teams=${this.people?.teams ?? []}
          .invitation=${this.invitation}
          .isBusy=${this.work.isBusy}
          @nv-staff-wish=${(event: CustomEvent<StaffWish>) => void this.#change(id, event.detail)}
        ></nv-staff-panel>
        <div class="panel apart">
          ${this.renderAnswer(`staff-${id}`)} ${this.#renderSessions(id, name)}
        </div>
      </div>
    </div>`
  }

  #renderSessions(personId: PersonId, name: string): TemplateResult {
    return html`<nv-session-list
      .name=${name}
      .sessions=${this.sessions}
      .isBusy=${this.work.isBusy}
      @nv-end-session=${(event: CustomEvent<{ sessionId: string }>) =>
        void this.act((it) => it.endSession(personId, event.detail.sessionId))}
      @nv-end-sessions=${() => void this.act((it) => it.endSessions(personId))}
    ></nv-session-list>`
  }

  #devicesOf(personId: PersonId): DeviceSource {
    return {
      list: async () => (await this.administration()).fetchDevices(personId),
      revoke: async (deviceId) => (await this.administration()).revokeDevice(personId, deviceId),
    }
  }

  #renderTeams({ teams }: ItPeopleReply): TemplateResult {
    return html`<section aria-labelledby="teams">
      <h2 id="teams">${t('it.teams')}</h2>
      ${teams.map(({ name }) => html`<p>${name}</p>`)}
      <form @submit=${(event: SubmitEvent) => void this.#addTeam(event)}>
        <div class="field">
          <label for="team-name">${t('it.teamName')}</label>
          <input id="team-name" name="name" required maxlength="100" autocomplete="off" />
        </div>
        <div class="actions">
          <button class="button" type="submit" aria-disabled=${this.work.isBusy}>
            ${t('it.addTeam')}
          </button>
        </div>
      </form>
      ${this.renderAnswer('new-team')}
    </section>`
  }

  #renderCitizens(citizens: readonly Pseudonym[]): TemplateResult {
    return html`<section aria-labelledby="citizens">
      <h2 id="citizens">${t('it.citizens')}</h2>
      <p class="hint">${t('it.pseudonyms')}</p>
      <div role="table" aria-labelledby="citizens">
        <div role="rowgroup">
          ${repeat(
            citizens,
            ({ id }) => id,
            ({ id, code }) => this.#renderCitizen(id, t('it.citizen', { code })),
          )}
        </div>
      </div>
    </section>`
  }

  #renderCitizen(id: PersonId, name: string): TemplateResult {
    return html`<div role="row">
        <span role="rowheader">${name}</span>
        <span role="cell">${this.#renderChoose(id, name, t('it.showSessions'))}</span>
      </div>
      ${
        this.chosen === id
          ? html`<div role="row">
              <div role="cell" class="wide">
                <div class="panel">
                  ${this.#renderSessions(id, name)}
                  <nv-device-list .name=${name} .source=${this.#devicesOf(id)}></nv-device-list>
                </div>
              </div>
            </div>`
          : nothing
      }`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-it-page': NvItPage
  }
}
