import type { Person, Role } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { administrationContext } from '../app/contexts.ts'
import '../components/nv-error-notice.ts'
import '../components/nv-staff-header.ts'
import type { OwnPage } from '../components/own-pages.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { Work } from '../controllers/work.ts'
import type { Administration } from '../services/administration-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import '../texts/staff-errors.ts'
import { staffPageStyles } from './staff-page.styles.ts'

/** What the pages of leader, authority, IT and auditor share: head, styles, and how they ask the server. */
export abstract class StaffPage extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    staffFormStyles,
    staffPageStyles,
  ]

  @property({ attribute: false }) you: Person | null = null
  /** Everything that whoever is signed in may be. */
  @property({ attribute: false }) roles: readonly Role[] = []
  @consume({ context: administrationContext })
  private loadAdministration!: () => Promise<Administration>
  protected readonly work = new Work(this)
  /** From which form it was asked: what came of it is said there, and else at the top. */
  @state() private place = ''
  @state() private said = ''
  /** Which of the own pages this is. */
  protected abstract readonly view: OwnPage['view']

  constructor() {
    super()
    new FocusHeading(this, () => this.view)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.act()
  }

  /** Takes over what the server has now. */
  protected abstract load(administration: Administration): Promise<void>

  /** Does something, or nothing, then shows what the server has made of it. @returns whether it was done */
  protected act(
    action: (administration: Administration) => Promise<void> = () => Promise.resolve(),
    place = '',
  ): Promise<boolean> {
    if (!this.work.isBusy) this.place = place
    return this.ask(async (administration) => {
      await action(administration)
      await this.load(administration)
    })
  }

  /**
   * As `act`, from a form: what went wrong is said beside it and gets the focus, and so is that it was done.
   *
   * @param place - as given to `renderAnswer`
   */
  protected async actAt(
    place: string,
    action: (administration: Administration) => Promise<void>,
    said: string,
  ): Promise<boolean> {
    if (this.work.isBusy) return false
    this.place = place
    this.said = ''
    const isDone = await this.act(action, place)
    if (isDone) this.said = said
    await this.updateComplete
    const answer = this.renderRoot.querySelector<HTMLElement>(`[data-place='${place}']`)
    if (isDone) answer?.scrollIntoView({ block: 'nearest' })
    else answer?.focus()
    return isDone
  }

  /** What came of asking from the form that stands before it. */
  protected renderAnswer(place: string): TemplateResult {
    const isHere = this.place === place
    return html`<div class="answer" data-place=${place} tabindex="-1">
      <nv-error-notice .code=${isHere ? this.work.error : null}></nv-error-notice>
      <p class="said" role="status">${isHere ? this.said : ''}</p>
    </div>`
  }

  /** For what asks by itself, such as a list inside the page. */
  protected administration(): Promise<Administration> {
    return this.loadAdministration()
  }

  /** Asks for something and leaves the rest of the page as it is. @returns whether it came */
  protected ask(question: (administration: Administration) => Promise<void>): Promise<boolean> {
    return this.work.run(async () => question(await this.administration()))
  }

  /** The whole page: head, title, what went wrong, and its own content. */
  protected renderPage(title: string, content: unknown): TemplateResult {
    return html`
      <nv-staff-header .you=${this.you} .roles=${this.roles} current=${this.view}></nv-staff-header>
      <h1 tabindex="-1">${title}</h1>
      <nv-error-notice .code=${this.place === '' ? this.work.error : null}></nv-error-notice>
      ${content}
    `
  }
}
