import type { CitizenPresence, PersonId } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { callsContext, connectionContext, directoryContext } from '../app/contexts.ts'
import type { CallControl, CallSnapshot } from '../call/call-snapshot.ts'
import { phoneIcon, signOutIcon } from '../components/icons.ts'
import '../components/nv-connection-notice.ts'
import '../components/nv-error-notice.ts'
import '../components/nv-presence.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { ConnectionState } from '../services/connection-state.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
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

  @consume({ context: callsContext }) private calls!: CallControl
  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  /** Whom the last ring was for: a refusal is said beside the name. */
  @state() private lastRung: PersonId | null = null
  readonly #snapshot = new StoreController(this, () => this.calls.snapshot)
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #directory = new StoreController(this, () => this.directoryStore)
  #lastConnection: ConnectionState = 'connecting'

  constructor() {
    super()
    new FocusHeading(this, () => 'citizens')
  }

  /** What went wrong without a connection is over when there is one again. */
  protected override willUpdate(): void {
    const connection = this.#connection.value
    const isBack = connection === 'open' && this.#lastConnection !== 'open'
    if (isBack) this.lastRung = null
    this.#lastConnection = connection
  }

  #ring(citizenId: PersonId): void {
    if (this.#snapshot.value.isBusy) return
    this.lastRung = citizenId
    void this.calls.ring(citizenId)
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
      </div>
    `
  }

  #renderMe(name: string): TemplateResult {
    return html`
      <p class="me">${t('staff.signedIn')} <strong>${name}</strong></p>
      <button class="button plain" type="button" @click=${() => this.#signOut()}>
        ${signOutIcon}${t('staff.signOut')}
      </button>
    `
  }

  #renderCitizens(citizens: readonly CitizenPresence[]): TemplateResult {
    if (citizens.length === 0) return html`<p class="none">${t('staff.none')}</p>`
    // Roles instead of ul and li: Safari forgets those once their bullets are gone.
    return html`<div role="list">
      ${repeat(
        citizens,
        ({ person }) => person.id,
        (citizen) => this.#renderCitizen(citizen),
      )}
    </div>`
  }

  #renderCitizen({ person, availability }: CitizenPresence): TemplateResult {
    const { isBusy } = this.#snapshot.value
    // Without a connection nobody knows who has the app open: nothing is said, rather than old news.
    const isKnown = this.#connection.value === 'open'
    const nameId = `name-${person.id}`
    return html`<div role="listitem">
      <p class="name" id=${nameId}>${person.name}</p>
      ${isKnown ? html`<nv-presence .availability=${availability}></nv-presence>` : nothing}
      <button
        class="button ${isKnown && availability === 'open' ? 'primary' : ''}"
        type="button"
        aria-describedby=${nameId}
        aria-disabled=${isBusy}
        @click=${() => this.#ring(person.id)}
      >
        ${phoneIcon}${t('staff.call')}
      </button>
      <nv-error-notice .code=${this.#findRefusal(person.id)}></nv-error-notice>
    </div>`
  }

  /** What is said once for the whole page is not said again beside a name. */
  #findRefusal(citizenId: PersonId): CallSnapshot['error'] {
    const { error } = this.#snapshot.value
    if (this.lastRung !== citizenId) return null
    return error === 'CONNECTION_LOST' && this.#connection.value !== 'open' ? null : error
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
