import {
  mayBeRung,
  NaervaerError,
  PAUSE_WEEKS,
  writePhoneNumber,
  type ChoiceView,
  type PauseWeeks,
  type QuietHours,
} from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { directoryContext, httpContext } from '../app/contexts.ts'
import {
  breakIcon,
  endIcon,
  eyeIcon,
  languageIcon,
  mobileIcon,
  storedIcon,
  bellIcon,
  moonIcon,
  tryIcon,
} from '../components/choice-icons.ts'
import { backIcon, cameraIcon, phoneIcon } from '../components/icons.ts'
import { forwardIcon } from '../components/page-icons.ts'
import '../components/nv-about-link.ts'
import '../components/nv-day-before.ts'
import '../components/nv-error-notice.ts'
import '../components/nv-language-choice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import '../components/nv-own-page.ts'
import '../components/nv-quiet-step.ts'
import type { QuietWishEvent } from '../components/nv-quiet-step.ts'
import '../components/nv-scene.ts'
import '../components/nv-screen.ts'
import '../components/nv-stored.ts'
import { describeThisDevice } from '../components/this-device-words.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { Directory } from '../services/directory.ts'
import type { HttpClient } from '../services/http-client.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { anyOf, dayAndMonth, firstName, t } from '../texts/text.ts'
import { isOverMidnight, wallTime } from '../texts/wall-time.ts'
import { choiceStyles } from './choice.styles.ts'
import { ownPageStyles } from './own-page.styles.ts'

type ChangePath =
  '/api/choice/pause' | '/api/choice/resume' | '/api/choice/stop' | '/api/quiet-hours'
type Step =
  'choices' | 'pausing' | 'stopping' | 'stopped' | 'quiet' | 'device' | 'language' | 'stored'

/**
 * "Mine valg": a pause, an end to it, no more video conversations in two taps, hours without a ring, the
 * language of this device, whether the own address is protected, what is stored, and the way to the own
 * devices and look-ups. What happens next is always said.
 *
 * @fires nv-farewell
 */
@customElement('nv-my-choices-page')
export class NvMyChoicesPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, choiceStyles, ownPageStyles]

  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  /** Whether this browser is a paired device, which a stop disconnects. */
  @property({ type: Boolean }) isDevice = false
  @state() private step: Step = 'choices'
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null
  /** As it was before the stop. */
  #wasDevice = false
  readonly #directory = new StoreController(this, () => this.directoryStore)

  constructor() {
    super()
    new FocusHeading(this, () => this.step)
  }

  async #change(path: ChangePath, body?: object): Promise<boolean> {
    if (this.isBusy) return false
    this.isBusy = true
    this.error = null
    try {
      await this.http.changeChoice(path, body)
      return true
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
      return false
    } finally {
      this.isBusy = false
    }
  }

  #show(step: Step): void {
    this.error = null
    this.step = step
  }

  async #pause(weeks: PauseWeeks): Promise<void> {
    if (await this.#change('/api/choice/pause', { weeks })) this.step = 'choices'
  }

  /** The device may be signed out by this: the last words are to be read all the same. */
  async #stop(): Promise<void> {
    this.#wasDevice = this.isDevice
    this.#tellFarewell(true)
    if (await this.#change('/api/choice/stop')) this.step = 'stopped'
    else this.#tellFarewell(false)
  }

  #tellFarewell(isFarewell: boolean): void {
    this.dispatchEvent(
      new CustomEvent('nv-farewell', { bubbles: true, composed: true, detail: { isFarewell } }),
    )
  }

  protected override render(): TemplateResult {
    const directory = this.#directory.value
    if (this.step === 'stopped') return this.#renderStopped()
    if (directory === null || directory.choice === null)
      return html`<h1 tabindex="-1">${t('app.loading')}</h1>`
    const name = anyOf(directory.workers.map((worker) => firstName(worker.name)))
    if (this.step === 'pausing') return this.#renderPausing()
    if (this.step === 'quiet') return this.#renderQuiet(directory.quiet)
    if (this.step === 'device') return this.#renderDevice(directory, name)
    if (this.step === 'language') return this.#renderLanguage()
    if (this.step === 'stored') return this.#renderStored()
    return this.step === 'stopping'
      ? this.#renderStopping(name)
      : this.#renderChoices(directory.choice, name, directory)
  }

  #renderChoices(
    choice: ChoiceView,
    name: string,
    { isAddressProtected, quiet }: Directory,
  ): TemplateResult {
    return html`<nv-own-page back="/">
      <nv-about-link slot="beside"></nv-about-link>
      <h1 tabindex="-1">${t('choices.title')}</h1>
      <p role="status">${this.#describe(choice, name)}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      ${choice.state === 'paused' ? this.#renderResume() : nothing}
      ${isAddressProtected ? html`<p>${t('choices.protected')}</p>` : nothing}
      <ul class="rows">
        ${this.#renderActions(choice)}
        ${mayBeRung(choice.state) ? this.#renderStep('quiet', moonIcon, describeQuiet(quiet)) : nothing}
        ${this.#renderStep('device', mobileIcon, t('choices.device'))}
        <li>
          <a class="row" href="/lookups">${eyeIcon}<span>${t('mydata.who')}</span>${forwardIcon}</a>
        </li>
        ${this.#renderStep('stored', storedIcon, t('stored.title'))}
        ${this.#renderStep('language', languageIcon, t('language.title'))}
      </ul>
    </nv-own-page>`
  }

  #describe({ state, pausedUntil }: ChoiceView, name: string): string {
    switch (state) {
      case 'accepted':
      case 'active':
        return t('choices.yes')
      case 'paused': {
        const date = dayAndMonth(pausedUntil ?? 0)
        return name === ''
          ? t('choices.pausedNobody', { date })
          : t('choices.paused', { date, name })
      }
      case 'withdrawn':
        return t('stop.done')
      case 'notOffered':
      case 'offered':
      case 'declined':
      case 'later':
        return t('choices.notYes')
    }
  }

  #renderActions({ state }: ChoiceView): TemplateResult {
    switch (state) {
      case 'accepted':
      case 'active':
        return html`${this.#renderStep('pausing', breakIcon, t('choices.pauseOpen'))}
        ${this.#renderStep('stopping', endIcon, t('stop.title'))}`
      case 'paused':
        return this.#renderStep('stopping', endIcon, t('stop.title'))
      case 'notOffered':
      case 'offered':
      case 'declined':
      case 'later':
      case 'withdrawn':
        return html`<li>
          <a class="row" href="/svar"
            >${cameraIcon}<span>${t('choices.try')}</span>${forwardIcon}</a
          >
        </li>`
    }
  }

  #renderStep(step: Step, icon: TemplateResult, words: string): TemplateResult {
    return html`<li>
      <button class="row" type="button" @click=${() => this.#show(step)}>
        ${icon}<span>${words}</span>${forwardIcon}
      </button>
    </li>`
  }

  #renderResume(): TemplateResult {
    return html`<button
      class="button primary"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => void this.#change('/api/choice/resume')}
    >
      ${t('choices.resume')}
    </button>`
  }

  #renderPausing(): TemplateResult {
    return html`<nv-screen rings="none">
      <nv-scene kind="tea"></nv-scene>
      <h1 tabindex="-1">${t('choices.pauseHow')}</h1>
      <p>${t('choices.pauseAbout')}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <div slot="actions" class="actions">
        ${PAUSE_WEEKS.map((weeks) => this.#renderPause(weeks))}
        <button class="button plain" type="button" @click=${() => this.#show('choices')}>
          ${backIcon}${t('end.back')}
        </button>
      </div>
    </nv-screen>`
  }

  #renderQuiet(quiet: QuietHours | null): TemplateResult {
    return html`<nv-screen rings="none">
      <nv-scene kind="night"></nv-scene>
      <h1 tabindex="-1">${t('quiet.open')}</h1>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <nv-quiet-step
        .quiet=${quiet}
        .isBusy=${this.isBusy}
        @nv-step-back=${() => this.#show('choices')}
        @nv-quiet-wish=${(event: QuietWishEvent) => void this.#keepQuiet(event.quiet)}
      ></nv-quiet-step>
    </nv-screen>`
  }

  async #keepQuiet(quiet: QuietHours | null): Promise<void> {
    if (await this.#change('/api/quiet-hours', { quiet })) this.step = 'choices'
  }

  /** What is about the telephone and not about the talks. */
  #renderDevice({ phone, home, choice }: Directory, name: string): TemplateResult {
    return html`<nv-screen rings="none">
      <h1 tabindex="-1">${t('choices.device')}</h1>
      ${phone === null ? nothing : html`<p>${describePhone(writePhoneNumber(phone), name)}</p>`}
      <ul class="rows">
        <li>
          <a class="row" href="/besked">${bellIcon}<span>${t('push.title')}</span>${forwardIcon}</a>
        </li>
        ${
          choice !== null && mayBeRung(choice.state)
            ? html`<li>
                <nv-day-before
                  .isOn=${home?.remindsDayBefore === true}
                  .isDevice=${this.isDevice}
                ></nv-day-before>
              </li>`
            : nothing
        }
        <li>
          <a class="row" href="/devices"
            >${mobileIcon}<span>${t('pair.mine')}</span>${forwardIcon}</a
          >
        </li>
        <li>
          <a class="row" href="/lyd-og-billede"
            >${cameraIcon}<span>${t('device.title')}</span>${forwardIcon}</a
          >
        </li>
        <li>
          <a class="row" href="/test">${tryIcon}<span>${t('check.title')}</span>${forwardIcon}</a>
        </li>
        <li>
          <a class="row" href="/oeveopkald"
            >${phoneIcon}<span>${t('practice.title')}</span>${forwardIcon}</a
          >
        </li>
      </ul>
      <button
        slot="actions"
        class="button plain"
        type="button"
        @click=${() => this.#show('choices')}
      >
        ${backIcon}${t('end.back')}
      </button>
    </nv-screen>`
  }

  #renderStored(): TemplateResult {
    return html`<nv-screen rings="none">
      <h1 tabindex="-1">${t('stored.title')}</h1>
      <nv-stored></nv-stored>
      <button
        slot="actions"
        class="button plain"
        type="button"
        @click=${() => this.#show('choices')}
      >
        ${backIcon}${t('end.back')}
      </button>
    </nv-screen>`
  }

  #renderLanguage(): TemplateResult {
    return html`<nv-screen rings="none">
      <h1 tabindex="-1">${t('language.title')}</h1>
      <nv-language-choice></nv-language-choice>
      <button
        slot="actions"
        class="button plain"
        type="button"
        @click=${() => this.#show('choices')}
      >
        ${backIcon}${t('end.back')}
      </button>
    </nv-screen>`
  }

  #renderPause(weeks: PauseWeeks): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => void this.#pause(weeks)}
    >
      ${weeks === 1 ? t('choices.pauseOne') : t('choices.pause', { n: String(weeks) })}
    </button>`
  }

  #renderStopping(name: string): TemplateResult {
    return html`<nv-screen rings="none">
      <nv-scene kind="hills"></nv-scene>
      <h1 tabindex="-1">${t('stop.title')}</h1>
      <p>${name === '' ? t('stop.bodyNobody') : t('stop.body', { name })}</p>
      ${
        this.isDevice ? html`<p>${t('stop.device', { device: describeThisDevice() })}</p>` : nothing
      }
      <p>${t('stop.kept')}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <button
        slot="actions"
        class="button"
        type="button"
        aria-disabled=${this.isBusy}
        @click=${() => void this.#stop()}
      >
        ${t('stop.yes')}
      </button>
      <button slot="actions" class="button" type="button" @click=${() => this.#show('choices')}>
        ${t('stop.no')}
      </button>
    </nv-screen>`
  }

  #renderStopped(): TemplateResult {
    return html`<nv-screen rings="apart">
      <h1 tabindex="-1">${t('stop.doneTitle')}</h1>
      ${this.#wasDevice ? this.#renderDisconnected() : html`<p>${t('stop.doneAgain')}</p>`}
      <p>${t('stop.kept')}</p>
      <a slot="actions" class="button" href="/">${backIcon}${t('end.back')}</a>
    </nv-screen>`
  }

  #renderDisconnected(): TemplateResult {
    return html`<p>${t('stop.doneDevice', { device: describeThisDevice() })}</p>
      <p>${t('former.again')}</p>`
  }
}

function describeQuiet(quiet: QuietHours | null): string {
  if (quiet === null) return t('quiet.open')
  const times = { from: wallTime(quiet.from), to: wallTime(quiet.to) }
  return isOverMidnight(quiet) ? t('quiet.titleOver', times) : t('quiet.title', times)
}

/** The ordinary telephone, as somebody of the municipality has written it down. */
const describePhone = (phone: string, name: string): string =>
  name === '' ? t('choices.phoneNobody', { phone }) : t('choices.phone', { phone, name })

declare global {
  interface HTMLElementTagNameMap {
    'nv-my-choices-page': NvMyChoicesPage
  }
  interface HTMLElementEventMap {
    'nv-farewell': CustomEvent<{ isFarewell: boolean }>
  }
}
