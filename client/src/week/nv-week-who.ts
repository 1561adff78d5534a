import type { CitizenPresence } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import '../components/nv-citizen-search.ts'
import type { SearchEvent } from '../components/nv-citizen-search.ts'
import { matchesName } from '../controllers/desk/search.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dialogStyles } from '../styles/dialog.styles.ts'
import { t } from '../texts/text.ts'

/** With whom a new appointment is to be. */
export class WhoEvent extends Event {
  readonly citizen: CitizenPresence

  constructor(citizen: CitizenPresence) {
    super('nv-who', { bubbles: true, composed: true })
    this.citizen = citizen
  }
}

/**
 * Asks with whom a new appointment is to be: one tap on a name, or its first letters and Enter.
 *
 * @fires nv-who
 * @fires nv-closed
 */
@customElement('nv-week-who')
export class NvWeekWho extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    dialogStyles,
    css`
      nv-citizen-search {
        max-width: none;
        margin-block: var(--nv-space-3) 0;
      }

      [role='list'] {
        display: grid;
        gap: var(--nv-space-2);
        margin-block: var(--nv-space-3);
      }

      .person {
        width: 100%;
        justify-content: start;
        text-align: start;
      }
    `,
  ]

  /** When it is to be, in words; null where that is chosen later. */
  @property({ attribute: false }) when: string | null = null
  @property({ attribute: false }) citizens: readonly CitizenPresence[] = []
  @state() private written = ''
  @query('dialog') private dialog!: HTMLDialogElement
  #hasChosen = false

  protected override firstUpdated(): void {
    this.dialog.showModal()
    void this.#focusSearch()
  }

  async #focusSearch(): Promise<void> {
    const search = this.renderRoot.querySelector('nv-citizen-search')
    await search?.updateComplete
    search?.renderRoot.querySelector('input')?.focus()
  }

  get #found(): readonly CitizenPresence[] {
    return this.citizens
      .filter(({ person }) => matchesName(person.name, this.written))
      .sort((one, other) => one.person.name.localeCompare(other.person.name, 'da'))
  }

  /** Closed before it goes: what had the focus has it again, and the next dialog knows where it belongs. */
  #choose(citizen: CitizenPresence): void {
    this.#hasChosen = true
    this.dialog.close()
    this.dispatchEvent(new WhoEvent(citizen))
  }

  /** Enter takes the first of those that are found, once something has been written. */
  #onKey(event: KeyboardEvent): void {
    const [first] = this.#found
    if (event.key !== 'Enter' || this.written.trim() === '' || first === undefined) return
    event.preventDefault()
    this.#choose(first)
  }

  /** Told late: by then the next dialog may be there, which is not over. */
  #close(): void {
    if (this.#hasChosen) return
    this.dispatchEvent(new Event('nv-closed', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const found = this.#found
    return html`<dialog aria-labelledby="title" @close=${() => this.#close()}>
      <h2 id="title">
        ${this.when === null ? t('week.new') : t('week.newAt', { when: this.when })}
      </h2>
      <p>${t('week.who')}</p>
      <nv-citizen-search
        .written=${this.written}
        .found=${found.length}
        .all=${this.citizens.length}
        @nv-search=${({ written }: SearchEvent) => (this.written = written)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      ></nv-citizen-search>
      <div role="list">
        ${repeat(
          found,
          ({ person }) => person.id,
          (citizen) =>
            html`<div role="listitem">
              <button class="button person" type="button" @click=${() => this.#choose(citizen)}>
                ${citizen.person.name}
              </button>
            </div>`,
        )}
      </div>
      ${found.length === 0 ? html`<p>${t('week.nobody')}</p>` : nothing}
      <button class="button plain" type="button" @click=${() => this.dialog.close()}>
        ${t('planning.close')}
      </button>
    </dialog>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-week-who': NvWeekWho
  }
  interface HTMLElementEventMap {
    'nv-who': WhoEvent
  }
}
