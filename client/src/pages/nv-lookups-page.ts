import type { LookupsReply } from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { administrationContext } from '../app/contexts.ts'
import '../components/nv-error-notice.ts'
import '../components/nv-own-page.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { Work } from '../controllers/work.ts'
import type { Administration } from '../services/administration-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { clockTime, shortDate, t } from '../texts/text.ts'
import { ownPageStyles } from './own-page.styles.ts'

type Lookup = LookupsReply['lookups'][number]

/** When and why a citizen's data was read. By which kind of staff, and never by whom. */
@customElement('nv-lookups-page')
export class NvLookupsPage extends LitElement {
  static override styles = [
    baseStyles,
    ownPageStyles,
    css`
      li {
        padding-block: var(--nv-space-4);
      }

      .when {
        font-weight: 600;
      }
    `,
  ]

  @consume({ context: administrationContext })
  private loadAdministration!: () => Promise<Administration>
  @state() private lookups: readonly Lookup[] | null = null
  readonly #work = new Work(this)

  constructor() {
    super()
    new FocusHeading(this, () => 'lookups')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#work.run(async () => {
      this.lookups = (await (await this.loadAdministration()).fetchLookups()).lookups
    })
  }

  protected override render(): TemplateResult {
    return html`<nv-own-page>
      <h1 tabindex="-1">${t('mydata.who')}</h1>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${this.lookups === null ? nothing : this.#renderLookups(this.lookups)}
    </nv-own-page>`
  }

  #renderLookups(lookups: readonly Lookup[]): TemplateResult {
    if (lookups.length === 0) return html`<p>${t('mydata.nobody')}</p>`
    return html`<ul class="rows">
      ${lookups.map(
        ({ at, action, role }) =>
          html`<li>
            <p class="when">${t('mydata.when', { date: shortDate(at), time: clockTime(at) })}</p>
            <p class="soft">${describeLookup(action, role)}</p>
          </li>`,
      )}
    </ul>`
  }
}

function describeLookup(action: Lookup['action'], role: Lookup['role']): string {
  if (action === 'team.read') return t('mydata.team')
  if (action === 'sessions.listed') return t('mydata.sessions')
  if (action === 'offers.listed') return t('mydata.offers')
  if (action === 'choice.read') return t('mydata.choice')
  if (action === 'devices.listed') return role === 'it' ? t('mydata.byIt') : t('mydata.devices')
  return role === 'it' ? t('mydata.byIt') : t('mydata.byStaff')
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-lookups-page': NvLookupsPage
  }
}
