import type { CitizenPresence, Person, PersonId, Role } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { callsContext, connectionContext, newsContext, directoryContext } from '../app/contexts.ts'
import type { CallControl } from '../call/call-snapshot.ts'
import type { PairEvent } from './citizen-row/nv-citizen-more.ts'
import './citizen-row/nv-citizen-row.ts'
import type { ShowMoreEvent } from './citizen-row/nv-citizen-row.ts'
import '../components/nv-callbacks.ts'
import type { RingEvent } from '../components/nv-callbacks.ts'
import '../components/nv-citizen-search.ts'
import type { SearchEvent } from '../components/nv-citizen-search.ts'
import '../components/nv-connection-notice.ts'
import '../components/nv-desk-notices.ts'
import '../components/nv-language-choice.ts'
import '../components/nv-role-links.ts'
import '../components/nv-said-alone.ts'
import '../components/worker-call.ts'
import { signOutIcon } from '../components/page-icons.ts'
import { startDesk } from '../controllers/desk/desk.ts'
import { LastRing } from '../controllers/desk/last-ring.ts'
import { matchesName } from '../controllers/desk/search.ts'
import { keepOrder, putFirst } from '../controllers/desk/waiting.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { NewsSource } from '../services/socket/signalling-client.ts'
import type { Directory } from '../services/directory.ts'
import { saidAlone } from '../services/said-alone.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import '../texts/staff-errors.ts'
import { t } from '../texts/text.ts'
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
  @consume({ context: newsContext }) private news!: NewsSource
  /** Whose device is being paired. */
  @state() private pairing: Person | null = null
  /** What stands in the search field. */
  @state() private written = ''
  /** The worker's latest talks are shown. */
  @state() private areTalksShown = false
  /** Of whom there is more to be seen: one at a time, so that the list stays short. */
  @state() private openId: PersonId | null = null
  /** In which order the list was drawn last. */
  #order: readonly PersonId[] = []
  readonly #lastRing = new LastRing()
  readonly #snapshot = new StoreController(this, () => this.calls.snapshot)
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #directory = new StoreController(this, () => this.directoryStore)

  constructor() {
    super()
    new FocusHeading(this, () => 'citizens')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    startDesk(this.directoryStore, this.calls)
  }

  protected override willUpdate(): void {
    this.#lastRing.look({
      connection: this.#connection.value,
      error: this.#snapshot.value.error,
      citizens: this.#directory.value?.citizens ?? [],
    })
  }

  #ring({ citizenId, quietReason }: RingEvent): void {
    if (this.#snapshot.value.isBusy) return
    this.#lastRing.begin(citizenId)
    this.requestUpdate()
    const isAlone = saidAlone.state.value
    void this.calls.ring(
      citizenId,
      quietReason === undefined ? { isAlone } : { isAlone, quietReason },
    )
  }

  /** Another row may close above: what was pressed stays below the finger. */
  async #showMore({ citizenId, isOpen, currentTarget }: ShowMoreEvent): Promise<void> {
    // The listener stands on this very row.
    const row = currentTarget as Element
    const topPx = row.getBoundingClientRect().top
    this.openId = isOpen ? citizenId : null
    await this.updateComplete
    await Promise.all(Array.from(this.#rows, (each) => each.updateComplete))
    scrollBy({ top: row.getBoundingClientRect().top - topPx, behavior: 'instant' })
  }

  get #rows() {
    return this.renderRoot.querySelectorAll('nv-citizen-row')
  }

  /** The dialog's code comes when it is wanted. */
  async #pair({ citizen }: PairEvent): Promise<void> {
    await import('../components/nv-pair-dialog.ts')
    this.pairing = citizen
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
      .news=${this.news}
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
        @nv-ring=${(event: RingEvent) => this.#ring(event)}
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
    const { id } = citizen.person
    return html`<nv-citizen-row
      role="listitem"
      .citizen=${citizen}
      .isKnown=${this.#connection.value === 'open'}
      .isOpen=${this.openId === id}
      .isBusy=${this.#snapshot.value.isBusy}
      .refusal=${this.#lastRing.findRefusal(id)}
      @nv-ring=${(event: RingEvent) => this.#ring(event)}
      @nv-show-more=${(event: ShowMoreEvent) => void this.#showMore(event)}
      @nv-pair=${(event: PairEvent) => void this.#pair(event)}
    ></nv-citizen-row>`
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
