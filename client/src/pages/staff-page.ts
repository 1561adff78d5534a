import type { Person, Role } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
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
  ): Promise<boolean> {
    return this.ask(async (administration) => {
      await action(administration)
      await this.load(administration)
    })
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
      <nv-error-notice .code=${this.work.error}></nv-error-notice>
      ${content}
    `
  }
}
