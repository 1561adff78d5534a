import type { DemoPeopleReply, ErrorCode, Person, PersonId, Role } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { httpContext } from '../app/contexts.ts'
import { againIcon } from '../components/icons.ts'
import { signInIcon } from '../components/page-icons.ts'
import '../components/nv-error-notice.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import type { HttpClient } from '../services/http-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { demoStyles } from './nv-demo-page.styles.ts'

/**
 * Where a newcomer becomes one of the made-up people.
 *
 * @fires nv-signed-in - the session is somebody else's now
 * @fires nv-continue - go on as who one is signed in as
 */
@customElement('nv-demo-page')
export class NvDemoPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, demoStyles]

  /** Who this browser is signed in as already. */
  @property({ attribute: false }) you: Person | null = null
  @consume({ context: httpContext })
  private http!: Pick<HttpClient, 'fetchDemoPeople' | 'signInDemo'>
  @state() private demo: DemoPeopleReply | null = null
  @state() private error: ErrorCode | null = null
  @state() private isBusy = false

  constructor() {
    super()
    new FocusHeading(this, () => 'demo')
  }

  protected override firstUpdated(): void {
    void this.#load()
  }

  async #load(): Promise<void> {
    this.error = null
    try {
      this.demo = await this.http.fetchDemoPeople()
    } catch {
      this.error = 'INTERNAL'
    }
  }

  async #signIn(personId: PersonId): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.error = null
    try {
      await this.http.signInDemo(personId)
      this.dispatchEvent(new Event('nv-signed-in', { bubbles: true, composed: true }))
    } catch {
      this.error = 'INTERNAL'
    }
    this.isBusy = false
  }

  #continue(): void {
    this.dispatchEvent(new Event('nv-continue', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`
      <div class="intro">
        <h1 tabindex="-1">${t('demo.title')}</h1>
        <p class="about">${t('demo.about')}</p>
        ${this.you === null ? nothing : this.#renderAlready(this.you)}
      </div>
      <div class="people">
        <nv-error-notice .code=${this.error}></nv-error-notice>
        ${this.error !== null && this.demo === null ? this.#renderRetry() : nothing}
        ${this.#renderPeople('demo.workers', 'worker')}
        ${this.#renderPeople('demo.citizens', 'citizen')}
        <a class="button plain" href="/sign-in">${signInIcon}${t('demo.signInReal')}</a>
        ${this.#renderPeople('demo.leaders', 'leader')} ${this.#renderPeople('demo.it', 'it')}
      </div>
      <div class="how">${this.#renderHow()}</div>
    `
  }

  #renderAlready({ name }: Person): TemplateResult {
    return html`
      <p>${t('demo.already', { name })}</p>
      <button class="button primary" type="button" @click=${() => this.#continue()}>
        ${signInIcon}${t('demo.continue', { name })}
      </button>
    `
  }

  #renderHow(): TemplateResult {
    const otherAddress = this.demo?.otherAddress ?? null
    return html`
      <h2>${t('demo.how')}</h2>
      <ol>
        <li>${t('demo.step1')}</li>
        <li>${t('demo.step2')}</li>
        <li>${t('demo.step3')}</li>
      </ol>
      ${
        otherAddress === null
          ? html`<p>${t('demo.sharedNoAddress')}</p>`
          : this.#renderAddresses(otherAddress)
      }
    `
  }

  #renderAddresses(otherAddress: string): TemplateResult {
    return html`
      <p>${t('demo.shared')}</p>
      <dl>
        <dt>${t('demo.thisWindow')}</dt>
        <dd class="here">${location.origin}${location.pathname}</dd>
        <dt>${t('demo.otherWindow')}</dt>
        <dd>
          <a class="address" href=${otherAddress} target="_blank" rel="noopener">${otherAddress}</a>
        </dd>
      </dl>
    `
  }

  #renderRetry(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => void this.#load()}>
      ${againIcon}${t('app.tryAgain')}
    </button>`
  }

  #renderPeople(
    title: 'demo.workers' | 'demo.citizens' | 'demo.leaders' | 'demo.it',
    role: Role,
  ): TemplateResult | typeof nothing {
    const people = this.demo?.people.filter((entry) => entry.roles.includes(role)) ?? []
    if (people.length === 0) return nothing
    return html`
      <h2>${t(title)}</h2>
      <div role="list">
        ${people.map(
          ({ person }) =>
            html`<div role="listitem">
              <button
                class="button"
                type="button"
                aria-disabled=${this.isBusy}
                @click=${() => void this.#signIn(person.id)}
              >
                ${signInIcon}${t('demo.signIn', { name: person.name })}
              </button>
            </div>`,
        )}
      </div>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-demo-page': NvDemoPage
  }
  interface HTMLElementEventMap {
    'nv-signed-in': Event
    'nv-continue': Event
  }
}
