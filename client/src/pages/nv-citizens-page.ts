import type { CitizenPresence, Person, PersonId, Role } from '@naervaer/shared'
import { CURRENT_VIDEO_TEXT, mayBeRung, NaervaerError } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import {
  callsContext,
  connectionContext,
  deviceNewsContext,
  directoryContext,
  httpContext,
} from '../app/contexts.ts'
import type { CallControl, CallSnapshot, RingWords } from '../call/call-snapshot.ts'
import { phoneIcon } from '../components/icons.ts'
import { signOutIcon } from '../components/page-icons.ts'
import type { DeviceSource } from '../components/nv-device-list.ts'
import { describeCallback, type RingEvent } from '../components/nv-callbacks.ts'
import '../components/nv-callbacks.ts'
import '../components/nv-citizen-choice.ts'
import '../components/nv-citizen-plans.ts'
import '../components/nv-citizen-extras.ts'
import type { ChooseEvent } from '../components/nv-citizen-choice.ts'
import '../components/nv-citizen-phone.ts'
import type { PhoneEvent } from '../components/nv-citizen-phone.ts'
import '../components/nv-citizen-search.ts'
import type { SearchEvent } from '../components/nv-citizen-search.ts'
import '../components/nv-connection-notice.ts'
import '../components/nv-desk-notices.ts'
import '../components/nv-error-notice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import '../components/nv-presence.ts'
import '../components/nv-protected-address.ts'
import type { ProtectEvent } from '../components/nv-protected-address.ts'
import '../components/nv-language-choice.ts'
import '../components/nv-quiet-ring.ts'
import { describeQuiet, type RingQuietEvent } from '../components/nv-quiet-ring.ts'
import '../components/nv-role-links.ts'
import '../components/nv-said-alone.ts'
import '../components/worker-call.ts'
import { loadChecklist } from '../device-check/load-checklist.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import { startDesk } from '../controllers/desk/desk.ts'
import { matchesName } from '../controllers/desk/search.ts'
import { keepOrder, putFirst } from '../controllers/desk/waiting.ts'
import { saidAlone } from '../services/said-alone.ts'
import type { HttpClient } from '../services/http-client.ts'
import { deviceDesk } from '../services/device/device-desk.ts'
import type { DeviceNews } from '../services/device/device-news.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import '../texts/staff-errors.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { currentLanguage, firstName, t } from '../texts/text.ts'
import { citizensStyles } from './nv-citizens-page.styles.ts'

/**
 * The worker's own citizens, who of them can be reached, and one button each to ring.
 *
 * @fires nv-sign-out
 */
@customElement('nv-citizens-page')
export class NvCitizensPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, citizensStyles]

  /** Everything that whoever is signed in may be. */
  @property({ attribute: false }) roles: readonly Role[] = []
  @consume({ context: callsContext }) private calls!: CallControl
  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @consume({ context: httpContext }) private http!: Pick<
    HttpClient,
    'changeChoice' | 'protectAddress' | 'writePhone'
  >
  /** Of whom something is being written down, or was, and what came of it. */
  @state() private choosing: { citizenId: PersonId; error: NvErrorNotice['code'] } | null = null
  @state() private isChoosing = false
  @consume({ context: deviceNewsContext }) private deviceNews!: DeviceNews
  /** Whose device is being paired. */
  @state() private pairing: Person | null = null
  /** Whose devices a substitute looks at. */
  @state() private shownDevicesOf: PersonId | null = null
  /** What stands in the search field. */
  @state() private written = ''
  /** The worker's latest talks are shown. */
  @state() private areTalksShown = false
  /** Whose list of a home visit is open. */
  @state() private visited: PersonId | null = null
  /** Whom the last ring was for: a refusal is said beside the name. */
  @state() private lastRung: PersonId | null = null
  /** In which order the list was drawn last. */
  #order: readonly PersonId[] = []
  /** How that citizen's row read when the ring was refused. */
  #refusedAt: string | null = null
  readonly #snapshot = new StoreController(this, () => this.calls.snapshot)
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #directory = new StoreController(this, () => this.directoryStore)
  #lastConnection: ConnectionState = 'connecting'

  constructor() {
    super()
    new FocusHeading(this, () => 'citizens')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    startDesk(this.directoryStore, this.calls)
  }

  /** What went wrong without a connection is over when there is one again. */
  protected override willUpdate(): void {
    const connection = this.#connection.value
    const isBack = connection === 'open' && this.#lastConnection !== 'open'
    if (isBack) this.lastRung = null
    this.#lastConnection = connection
    this.#dropOldRefusal()
  }

  /** A refusal belongs to the row as it read then: beside a row that reads otherwise it is old news. */
  #dropOldRefusal(): void {
    const { lastRung } = this
    const row = this.#directory.value?.citizens.find(({ person }) => person.id === lastRung)
    if (row === undefined || this.#snapshot.value.error === null) {
      this.#refusedAt = null
      return
    }
    const { availability, assignment, choice, quiet } = row
    const now = JSON.stringify([availability, assignment, choice, quiet])
    if (this.#refusedAt !== null && this.#refusedAt !== now) this.lastRung = null
    this.#refusedAt = now
  }

  #ring(citizenId: PersonId, said: RingWords = {}): void {
    if (this.#snapshot.value.isBusy) return
    this.lastRung = citizenId
    this.#refusedAt = null
    void this.calls.ring(citizenId, { ...said, isAlone: saidAlone.state.value })
  }

  #choose({ citizenId, wish }: ChooseEvent): Promise<void> {
    return this.#write(citizenId, () =>
      this.http.changeChoice(
        `/api/citizens/${citizenId}/choice/${wish.type}`,
        wish.type === 'answer'
          ? {
              answer: wish.answer,
              textVersion: CURRENT_VIDEO_TEXT.version,
              language: currentLanguage(),
            }
          : undefined,
      ),
    )
  }

  /** Writes something down about a citizen, one thing at a time; a refusal is said beside the name. */
  async #write(citizenId: PersonId, write: () => Promise<void>): Promise<void> {
    if (this.isChoosing) return
    this.isChoosing = true
    this.choosing = { citizenId, error: null }
    try {
      await write()
    } catch (error) {
      const code = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
      this.choosing = { citizenId, error: code }
    } finally {
      this.isChoosing = false
    }
  }

  /** The dialog's code comes when it is wanted. */
  async #pair(person: Person): Promise<void> {
    await import('../components/nv-pair-dialog.ts')
    this.pairing = person
  }

  #signOut(): void {
    this.dispatchEvent(new Event('nv-sign-out', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const directory = this.#directory.value
    return html`
      <div class="margin">
        <p class="brand">${t('app.name')}</p>
        ${directory === null ? nothing : this.#renderMe(directory.you.name)}
      </div>
      <div class="page">
        <h1 tabindex="-1">${t('staff.citizens')}</h1>
        <nv-connection-notice .connection=${this.#connection.value}></nv-connection-notice>
        ${directory === null ? nothing : this.#renderCitizens(directory.citizens)}
        ${this.pairing === null ? nothing : this.#renderPairing(this.pairing)}
      </div>
    `
  }

  #renderPairing(citizen: Person): TemplateResult {
    return html`<nv-pair-dialog
      .citizen=${citizen}
      .news=${this.deviceNews}
      @nv-closed=${() => (this.pairing = null)}
    ></nv-pair-dialog>`
  }

  #renderMe(name: string): TemplateResult {
    return html`
      <p class="me">${t('staff.signedIn')} <strong>${name}</strong></p>
      <nv-role-links upright .roles=${this.roles} current="citizens"></nv-role-links>
      <button class="button plain" type="button" @click=${() => this.#signOut()}>
        ${signOutIcon}${t('staff.signOut')}
      </button>
      <nv-language-choice isShort></nv-language-choice>
    `
  }

  /** Rows do not change places below a finger, a pointer or the focus: the wrong one would be rung. */
  #arrange(citizens: readonly CitizenPresence[]): readonly CitizenPresence[] {
    const list = this.renderRoot.querySelector('[role=list]')
    const isInUse = list?.matches(':hover, :focus-within') ?? false
    const arranged = isInUse ? keepOrder(citizens, this.#order) : putFirst(citizens)
    this.#order = arranged.map(({ person }) => person.id)
    return arranged
  }

  #renderSearch(found: number, all: number): TemplateResult {
    return html`<nv-citizen-search
      .written=${this.written}
      .found=${found}
      .all=${all}
      @nv-search=${({ written }: SearchEvent) => (this.written = written)}
    ></nv-citizen-search>`
  }

  #renderCitizens(citizens: readonly CitizenPresence[]): TemplateResult {
    if (citizens.length === 0) return html`<p class="none">${t('staff.none')}</p>`
    const arranged = this.#arrange(citizens)
    const found = arranged.filter(({ person }) => matchesName(person.name, this.written))
    // Roles instead of ul and li: Safari forgets those once their bullets are gone.
    return html`<nv-callbacks
        .citizens=${citizens}
        .isBusy=${this.#snapshot.value.isBusy}
        @nv-ring=${({ citizenId }: RingEvent) => this.#ring(citizenId)}
      ></nv-callbacks>
      <nv-said-alone></nv-said-alone>
      ${citizens.length > 1 ? this.#renderSearch(found.length, citizens.length) : nothing}
      <div role="list">
        ${repeat(
          found,
          ({ person }) => person.id,
          (citizen) => this.#renderCitizen(citizen),
        )}
      </div>
      ${this.#renderTalks()}
      <nv-desk-notices></nv-desk-notices>`
  }

  /** Their code, too, comes when it is wanted. */
  #renderTalks(): TemplateResult {
    return html`<button
        class="button plain talks"
        type="button"
        aria-expanded=${this.areTalksShown}
        @click=${() => void this.#showTalks(!this.areTalksShown)}
      >
        ${t('talks.open')}
      </button>
      ${this.areTalksShown ? html`<nv-latest-talks></nv-latest-talks>` : nothing}`
  }

  async #showTalks(isShown: boolean): Promise<void> {
    await import('../components/nv-latest-talks.ts')
    this.areTalksShown = isShown
  }

  #renderCitizen(citizen: CitizenPresence): TemplateResult {
    const { person, assignment, availability, choice } = citizen
    const { isBusy } = this.#snapshot.value
    // Without a connection nobody knows who has the app open: nothing is said, rather than old news.
    const isKnown = this.#connection.value === 'open'
    const nameId = `name-${person.id}`
    return html`<div role="listitem">
      <p class="name" id=${nameId}>${person.name}</p>
      ${isKnown ? html`<nv-presence .availability=${availability}></nv-presence>` : nothing}
      ${isKnown ? describeNotice(citizen) : nothing}
      <button
        class="button ${isKnown ? describeWeight(availability, choice.state) : 'plain'}"
        type="button"
        aria-describedby=${nameId}
        aria-disabled=${isBusy}
        @click=${() => this.#ring(person.id)}
      >
        ${phoneIcon}${t('staff.call')}
      </button>
      ${this.#renderRefusal(citizen)} ${this.#renderSaid(citizen)} ${this.#renderPhone(citizen)}
      <nv-citizen-plans .citizen=${citizen}></nv-citizen-plans>
      ${
        assignment === 'substitute'
          ? this.#renderDevices(person)
          : html`<button
              class="button plain pair"
              type="button"
              aria-describedby=${nameId}
              @click=${() => void this.#pair(person)}
            >
              ${t('pair.staffOpen')}
            </button>`
      }
      ${this.#renderVisit(person)}
      <nv-citizen-extras .citizen=${citizen}></nv-citizen-extras>
      <nv-citizen-choice
        .citizenId=${person.id}
        .name=${firstName(person.name)}
        .choice=${choice}
        .isBusy=${this.isChoosing}
        .isSubstitute=${assignment === 'substitute'}
        @nv-choose=${(event: ChooseEvent) => void this.#choose(event)}
      ></nv-citizen-choice>
      ${this.#renderProtection(citizen)}
      <nv-error-notice
        .code=${this.choosing?.citizenId === person.id ? this.choosing.error : null}
      ></nv-error-notice>
    </div>`
  }

  /** Hours of quiet are no trouble, and may be overruled. */
  #renderRefusal({ person, quiet }: CitizenPresence): TemplateResult {
    const refusal = this.#findRefusal(person.id)
    if (refusal !== 'CALL_QUIET_HOURS' || quiet === null) {
      return html`<nv-error-notice .code=${refusal}></nv-error-notice>`
    }
    return html`<nv-quiet-ring
      .name=${firstName(person.name)}
      .quiet=${quiet}
      .isBusy=${this.#snapshot.value.isBusy}
      @nv-ring-quiet=${({ reason }: RingQuietEvent) => this.#ring(person.id, { quietReason: reason })}
    ></nv-quiet-ring>`
  }

  /** What the citizen has said: a wish that has been seen waits until it is answered. */
  #renderSaid(citizen: CitizenPresence): TemplateResult {
    const isSeen = (citizen.callback?.seenAt ?? null) !== null
    return html`${isSeen ? html`<p class="callback">${describeCallback(citizen)}</p>` : nothing}
    ${this.#renderQuiet(citizen)}`
  }

  /** Known before a ring is tried; where one has just been refused, that says it. */
  #renderQuiet({ person, quiet }: CitizenPresence): TemplateResult | typeof nothing {
    const isSaid = this.#findRefusal(person.id) === 'CALL_QUIET_HOURS'
    if (quiet === null || isSaid) return nothing
    return html`<p class="callback">${describeQuiet(firstName(person.name), quiet)}</p>`
  }

  #renderPhone({ person, assignment, phone }: CitizenPresence): TemplateResult {
    const { id, name } = person
    return html`<nv-citizen-phone
      .name=${firstName(name)}
      .phone=${phone}
      .isBusy=${this.isChoosing}
      .isSubstitute=${assignment === 'substitute'}
      @nv-phone=${({ phone: wish }: PhoneEvent) =>
        void this.#write(id, () => this.http.writePhone(id, wish))}
    ></nv-citizen-phone>`
  }

  #renderProtection({ person, assignment, isAddressProtected }: CitizenPresence): TemplateResult {
    const { id, name } = person
    return html`<nv-protected-address
      .name=${firstName(name)}
      .isAddressProtected=${isAddressProtected}
      .isBusy=${this.isChoosing}
      .isSubstitute=${assignment === 'substitute'}
      @nv-protect=${({ isAddressProtected: wish }: ProtectEvent) =>
        void this.#write(id, () => this.http.protectAddress(id, wish))}
    ></nv-protected-address>`
  }

  /** A substitute pairs none, and takes a lost one away. */
  #renderDevices({ id, name }: Person): TemplateResult {
    const isOpen = this.shownDevicesOf === id
    return html`<button
        class="button plain pair"
        type="button"
        aria-describedby="name-${id}"
        aria-expanded=${isOpen}
        @click=${() => void this.#showDevices(isOpen ? null : id)}
      >
        ${t('devices.show')}
      </button>
      ${
        isOpen
          ? html`<nv-device-list .name=${name} .source=${devicesOf(id)}></nv-device-list>`
          : nothing
      }`
  }

  /** What the citizen's devices have shown, beside them on a home visit. */
  #renderVisit({ id }: Person): TemplateResult {
    const isOpen = this.visited === id
    return html`<button
        class="button plain pair"
        type="button"
        aria-describedby="name-${id}"
        aria-expanded=${isOpen}
        @click=${() => void this.#visit(isOpen ? null : id)}
      >
        ${t('staff.visit')}
      </button>
      ${isOpen ? html`<nv-checklist .citizenId=${id}></nv-checklist>` : nothing}`
  }

  async #visit(id: PersonId | null): Promise<void> {
    await loadChecklist()
    this.visited = id
  }

  /** Their code, too, comes when it is wanted. */
  async #showDevices(id: PersonId | null): Promise<void> {
    await import('../components/nv-device-list.ts')
    this.shownDevicesOf = id
  }

  /** What is said once for the whole page is not said again beside a name. */
  #findRefusal(citizenId: PersonId): CallSnapshot['error'] {
    const { error } = this.#snapshot.value
    if (this.lastRung !== citizenId) return null
    return error === 'CONNECTION_LOST' && this.#connection.value !== 'open' ? null : error
  }
}

/** Only where it would matter: somebody who may be rung, and hears nothing of it while the app is closed. */
function describeNotice({ person, choice, isNotified }: CitizenPresence) {
  if (isNotified || !mayBeRung(choice.state)) return nothing
  return html`<p class="no-notice">${t('staff.noPush', { name: firstName(person.name) })}</p>`
}

/** The button is as loud as the ring would be. */
function describeWeight(
  availability: CitizenPresence['availability'],
  state: CitizenPresence['choice']['state'],
): string {
  if (!mayBeRung(state)) return 'plain'
  return availability === 'open' || availability === 'ready' ? 'primary' : ''
}

function devicesOf(citizenId: PersonId): DeviceSource {
  return {
    list: () => deviceDesk.listOf(citizenId),
    revoke: (deviceId) => deviceDesk.revoke(citizenId, deviceId),
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizens-page': NvCitizensPage
  }
  interface HTMLElementEventMap {
    'nv-sign-out': Event
  }
}
