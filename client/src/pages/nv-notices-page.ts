import { NaervaerError } from '@naervaer/shared'
import { describeNotice, PUSH_LEVELS, type PushLevel } from '@naervaer/shared/push'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import '../components/nv-error-notice.ts'
import '../components/nv-own-page.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { Work } from '../controllers/work.ts'
import type { Directory } from '../services/directory.ts'
import { isInstalled } from '../services/install-way.ts'
import { noticesDesk, type NoticesDesk, type NoticesState } from '../services/push/notices-desk.ts'
import { SubscribeError } from '../services/push/subscription.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { anyOf, clockTime, currentLanguage, firstName, t, type TextKey } from '../texts/text.ts'
import { noticesStyles } from './nv-notices-page.styles.ts'
import { ownPageStyles } from './own-page.styles.ts'

/** What the page is about now: the question, what may be shown, or that it is done. */
type Step = 'loading' | 'ask' | 'level' | 'done' | 'trouble'

/** Why this device is not notified, where a tap here cannot change that. */
const TROUBLES = {
  install: 'push.install',
  cannot: 'push.cannot',
  unpaired: 'push.unpaired',
  closed: 'push.closed',
} as const satisfies Partial<Record<NoticesState, TextKey>>

/**
 * "Besked, når nogen ringer": asked in words first and by the browser only after a tap, then what a
 * locked screen may show, with the very words, and a trial to see it by. Turned off here as well.
 */
@customElement('nv-notices-page')
export class NvNoticesPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, ownPageStyles, noticesStyles]

  @property({ attribute: false }) desk: NoticesDesk = noticesDesk
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @state() private step: Step = 'loading'
  @state() private found: NoticesState = 'off'
  @state() private level: PushLevel = 1
  /** The browser's own question is on the screen. */
  @state() private isAsked = false
  @state() private isSubscribeRefused = false
  @state() private isTrialSent: boolean | null = null
  readonly #directory = new StoreController(this, () => this.directoryStore)
  readonly #work = new Work(this)

  constructor() {
    super()
    new FocusHeading(this, () => this.step)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#load()
  }

  get #name(): string {
    const workers = this.#directory.value?.workers ?? []
    return anyOf(workers.map((worker) => firstName(worker.name)))
  }

  async #load(): Promise<void> {
    await this.#work.run(async () => {
      const { state, level } = await this.desk.load()
      this.#take(state, level)
    })
    if (this.step === 'loading') this.step = 'trouble'
  }

  #take(state: NoticesState, level: PushLevel | null): void {
    this.found = state
    this.level = level ?? this.level
    if (state === 'on') this.step = 'level'
    else this.step = state === 'off' || state === 'refused' ? 'ask' : 'trouble'
  }

  /** The browser asks at once, in the same tap: some take no other. */
  async #allow(): Promise<void> {
    const asking = this.desk.askBrowser()
    this.isAsked = true
    const permission = await asking.catch(() => 'default' as const)
    this.isAsked = false
    if (permission === 'denied') this.#take('blocked', null)
    if (permission !== 'granted') return
    if (await this.#turnOn(null)) this.step = 'level'
  }

  async #turnOn(level: PushLevel | null): Promise<boolean> {
    this.isSubscribeRefused = false
    return this.#work.run(async () => {
      try {
        await this.desk.turnOn(level, currentLanguage())
        this.found = 'on'
      } catch (error) {
        this.isSubscribeRefused = error instanceof SubscribeError
        throw error instanceof SubscribeError ? new NaervaerError('INTERNAL') : error
      }
    })
  }

  async #save(): Promise<void> {
    if (!(await this.#turnOn(this.level))) return
    this.step = 'done'
    await this.#tryOut()
  }

  async #tryOut(): Promise<void> {
    this.isTrialSent = null
    await this.#work.run(async () => {
      this.isTrialSent = await this.desk.tryOut()
    })
    this.isTrialSent ??= false
  }

  #refuse(): void {
    this.desk.refuse()
    location.assign('/')
  }

  async #turnOff(): Promise<void> {
    const isOff = await this.#work.run(() => this.desk.turnOff())
    if (isOff) this.#take('refused', null)
  }

  protected override render(): TemplateResult {
    return html`<nv-own-page back="/mine-valg">
      ${this.#renderStep()} ${this.#renderRefusal()}
    </nv-own-page>`
  }

  #renderStep(): TemplateResult {
    switch (this.step) {
      case 'loading':
        return html`<h1 tabindex="-1">${t('app.loading')}</h1>`
      case 'ask':
        return this.#renderQuestion()
      case 'level':
        return this.#renderLevels()
      case 'done':
        return this.#renderDone()
      case 'trouble':
        return this.#renderTrouble()
    }
  }

  #renderRefusal(): TemplateResult {
    return this.isSubscribeRefused
      ? html`<p role="status" class="refusal">${t('push.failed')}</p>`
      : html`<nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }

  #renderQuestion(): TemplateResult {
    const name = this.#name
    return html`
      <h1 tabindex="-1">${name === '' ? t('push.askNobody') : t('push.ask', { name })}</h1>
      <p>${t('push.about')}</p>
      <p role="status">${this.isAsked ? t('media.asking') : nothing}</p>
      <div class="actions">
        ${this.#renderButton('primary', t('push.yes'), () => void this.#allow())}
        ${this.#renderButton('', t('push.no'), () => this.#refuse())}
      </div>
    `
  }

  #renderLevels(): TemplateResult {
    return html`
      <h1 tabindex="-1">${t('push.levelAsk')}</h1>
      <fieldset>
        <legend class="visually-hidden">${t('push.levelAsk')}</legend>
        ${PUSH_LEVELS.map((level) => this.#renderLevel(level))}
      </fieldset>
      <div class="actions">
        ${this.#renderButton('primary', t('push.save'), () => void this.#save())}
        ${this.#renderButton('', t('push.turnOff'), () => void this.#turnOff())}
      </div>
    `
  }

  /** The choice is the notice itself, as the locked screen will show it. */
  #renderLevel(level: PushLevel): TemplateResult {
    const name = this.#name === '' ? t('push.somebody') : this.#name
    const facts = { name, time: clockTime(0) }
    const { title } = describeNotice('ring', level, currentLanguage(), facts)
    return html`<label class="level">
      <input
        type="radio"
        name="level"
        .checked=${this.level === level}
        @change=${() => (this.level = level)}
      />
      <span class="notice"><span class="app">${t('app.name')}</span>${title}</span>
    </label>`
  }

  #renderDone(): TemplateResult {
    const words = { true: 'push.trialSent', false: 'push.trialFailed' } as const
    const isSent = this.isTrialSent
    return html`
      <h1 tabindex="-1">${t('push.done')}</h1>
      <p role="status">${isSent === null ? t('app.loading') : t(words[`${isSent}`])}</p>
      <p class="soft">${t('push.quiet')}</p>
      <div class="actions">
        <a class="button primary" href="/">${t('push.home')}</a>
        ${this.#renderButton('', t('push.again'), () => void this.#tryOut())}
      </div>
    `
  }

  #renderTrouble(): TemplateResult {
    const { found } = this
    if (found === 'blocked') {
      return html`<h1 tabindex="-1">${t('push.blocked')}</h1>
        <p>${t(isInstalled() ? 'push.blockedHowInstalled' : 'push.blockedHow')}</p>`
    }
    const key = found in TROUBLES ? TROUBLES[found as keyof typeof TROUBLES] : 'push.failed'
    return html`<h1 tabindex="-1">${t('push.title')}</h1>
      <p>${t(key)}</p>`
  }

  #renderButton(kind: string, words: string, tap: () => void): TemplateResult {
    return html`<button
      class="button ${kind}"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${tap}
    >
      ${words}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-notices-page': NvNoticesPage
  }
}
