import type { Role } from '@naervaer/shared'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { againIcon, soundIcon } from '../components/icons.ts'
import { forwardIcon } from '../components/page-icons.ts'
import '../components/nv-own-page.ts'
import '../components/nv-video-tile.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { ownPageStyles } from '../pages/own-page.styles.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { CheckRun } from './check-run.ts'
import { isCodeAddress, loadCodes } from './code-address.ts'
import {
  CHECK_STEPS,
  findFinding,
  isTried,
  type CheckStep,
  type Finding,
  type Viewer,
} from './finding.ts'
import { describeFinding } from './finding-words.ts'
import './nv-check-finding.ts'
import './nv-check-help.ts'
import { checkStyles } from './nv-check-page.styles.ts'

type Step = 'start' | CheckStep | 'done'

/** Of the steps these have a screen of their own also where nothing is wrong. */
const COUNTED = 4

/**
 * "Prøv din telefon": camera, microphone, sound, and the way to the others, one thing at a time. What is
 * wrong is said in one sentence, with who acts and how. Nothing is heard or seen by anybody else. At
 * `#help` the support code comes first.
 */
@customElement('nv-check-page')
export class NvCheckPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, ownPageStyles, checkStyles]

  /** What whoever is signed in may be; empty for a stranger. */
  @property({ attribute: false }) roles: readonly Role[] = []
  @state() private step: Step = 'start'
  /** Whether what a step tries is still under way. */
  @state() private isTrying = false
  @state() private isPlaying = false
  /** Whether the sound has been played at least once: it may be answered while it plays. */
  @state() private isPlayed = false
  /** Only this one thing is tried again. */
  @state() private isSingle = false
  @state() private isCodes = false
  #run = new CheckRun({ isStranger: true, isTold: false })
  readonly #report = new StoreController(this, () => this.#run.report)
  readonly #media = new StoreController(this, () => this.#run.media)

  constructor() {
    super()
    new FocusHeading(this, () => `${this.step} ${location.hash} ${this.#finding?.kind ?? ''}`)
  }

  override connectedCallback(): void {
    this.#run = new CheckRun({ isStranger: this.roles.length === 0, isTold: this.#isCitizen })
    super.connectedCallback()
    if (isCodeAddress(location.hash)) {
      void loadCodes().then(() => (this.isCodes = true))
      return
    }
    void this.#run.look()
    void this.#resume()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#run.release()
  }

  /** The server is told what works, for the citizen's own worker. */
  get #isCitizen(): boolean {
    return this.roles.includes('citizen')
  }

  get #viewer(): Viewer {
    return { isCitizen: this.#isCitizen }
  }

  /** Where a call that failed leads: a code for whoever helps comes first. */
  get #isHelp(): boolean {
    return location.hash === '#help'
  }

  get #finding(): Finding | null {
    if (this.isTrying) return null
    const report = this.#report.value
    if (this.step === 'start' || this.step === 'done') return null
    return findFinding(this.step, report, this.#viewer)
  }

  /** A page that was left in the middle goes on where it was. */
  async #resume(): Promise<void> {
    const left = CHECK_STEPS.find((step) => location.hash === `#${step}`)
    if (left !== undefined && findFinding('browser', this.#report.value, this.#viewer) === null) {
      await this.#go(left)
    }
  }

  async #go(step: Step): Promise<void> {
    this.#run.release()
    this.step = step
    // The address is no state of this element.
    this.requestUpdate()
    const isBetween = step === 'start' || step === 'done'
    history.replaceState(null, '', isBetween ? location.pathname : `#${step}`)
    if (step === 'camera') await this.#try(() => this.#run.tryCamera())
    else if (step === 'microphone') await this.#try(() => this.#run.tryMicrophone())
    else if (step === 'line') await this.#tryLine()
    else if (step === 'notification') await this.#tryNotification()
    else if (step === 'done') this.#run.tellEnd(this.#isWell && this.#isWhole)
  }

  /** Calls work: what is minor is told, and keeps nobody from one. */
  get #isWell(): boolean {
    return CHECK_STEPS.every((step) => this.#find(step)?.isMinor !== false)
  }

  get #isWhole(): boolean {
    return CHECK_STEPS.every((step) => isTried(step, this.#report.value, this.#viewer))
  }

  #find(step: CheckStep): Finding | null {
    return findFinding(step, this.#report.value, this.#viewer)
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.isTrying = true
    await act()
    this.isTrying = false
  }

  async #tryLine(): Promise<void> {
    await this.#try(() => this.#run.tryLine())
    if (this.step === 'line' && this.#finding === null) await this.#next()
  }

  /** Has something to mend only where it is refused or does not arrive: who does not want it has nothing. */
  async #tryNotification(): Promise<void> {
    await this.#try(() => this.#run.tryNotification())
    if (this.step === 'notification' && this.#finding === null) await this.#next()
  }

  async #next(): Promise<void> {
    const { step } = this
    if (step === 'start' || step === 'done') return
    const next = CHECK_STEPS[CHECK_STEPS.indexOf(step) + 1]
    await this.#go(this.isSingle ? 'done' : (next ?? 'done'))
    this.isSingle = this.isSingle && this.step !== 'done'
  }

  async #confirm(confirm: () => void): Promise<void> {
    confirm()
    if (this.#finding === null) await this.#next()
    else this.requestUpdate()
  }

  #tryAgain(step: CheckStep): void {
    this.isPlayed = false
    if (step === 'sound') this.#run.report.patch({ sound: 'notTried' })
    void this.#go(step)
  }

  async #play(): Promise<void> {
    if (this.isPlaying) return
    this.isPlaying = true
    this.isPlayed = true
    await this.#run.playSound()
    this.isPlaying = false
  }

  protected override render(): TemplateResult {
    if (this.isCodes) return html`<nv-codes-page></nv-codes-page>`
    return html`<nv-own-page back=${this.#isCitizen ? '/mine-valg' : '/'}>
      ${this.#renderStep()}
    </nv-own-page>`
  }

  #renderStep(): TemplateResult {
    const finding = findFinding('browser', this.#report.value, this.#viewer) ?? this.#finding
    if (finding !== null && this.step !== 'done') return this.#renderFinding(finding)
    switch (this.step) {
      case 'start':
        return this.#isHelp ? this.#renderHelp() : this.#renderStart()
      case 'camera':
        return this.#renderCamera()
      case 'microphone':
        return this.#renderMicrophone()
      case 'sound':
        return this.#renderSound()
      case 'line':
        return html`<h1 tabindex="-1">${t('check.line')}</h1>
          ${this.#renderWhere('line')}
          <p role="status">${t('check.lineWait')}</p>`
      case 'notification':
        return html`<h1 tabindex="-1">${t('check.notification')}</h1>
          <p role="status">${t('check.noticeWait')}</p>`
      case 'done':
        return this.#renderDone()
    }
  }

  #renderStart(): TemplateResult {
    return html`<h1 tabindex="-1">${t('check.title')}</h1>
      <p>${t('check.about')}</p>
      <p>${t('check.private')}</p>
      ${this.#isCitizen ? html`<p>${t('check.told')}</p>` : nothing}
      <div class="actions">
        ${this.#renderButton(t('check.begin'), forwardIcon, () => void this.#go('camera'), true)}
      </div>`
  }

  #renderHelp(): TemplateResult {
    return html`<h1 tabindex="-1">${t('help.title')}</h1>
      <nv-check-help .run=${this.#run} .isWhole=${true}></nv-check-help>
      <ul class="rows">
        <li>
          <button class="row" type="button" @click=${() => void this.#go('start')}>
            ${t('check.title')}${forwardIcon}
          </button>
        </li>
      </ul>`
  }

  #renderWhere(step: CheckStep): TemplateResult | typeof nothing {
    const n = CHECK_STEPS.indexOf(step) + 1
    if (this.isSingle) return nothing
    return html`<p class="where">${t('check.where', { n: String(n), all: String(COUNTED) })}</p>`
  }

  #renderCamera(): TemplateResult {
    const { stream } = this.#media.value
    if (stream === null) return this.#renderAsking('camera', t('check.camera'))
    return html`<h1 tabindex="-1">${t('test.cam')}</h1>
      ${this.#renderWhere('camera')}
      <nv-video-tile party="self" .stream=${stream} .label=${t('check.own')}></nv-video-tile>
      ${this.#renderAnswers((isYes) => {
        this.#run.confirmCamera(isYes)
      })}`
  }

  #renderMicrophone(): TemplateResult {
    const { stream, level, isHeard } = this.#media.value
    if (stream === null) return this.#renderAsking('microphone', t('check.microphone'))
    return html`<h1 tabindex="-1">${t('test.mic')}</h1>
      ${this.#renderWhere('microphone')}
      <label class="level">
        ${t('check.level')}
        <meter min="0" max="1" .value=${level}></meter>
      </label>
      <p role="status">${isHeard ? t('check.heard') : ''}</p>
      ${this.#renderAnswers((isYes) => {
        this.#run.confirmMicrophone(isYes)
      })}`
  }

  #renderAsking(step: CheckStep, title: string): TemplateResult {
    return html`<h1 tabindex="-1">${title}</h1>
      ${this.#renderWhere(step)}
      <p role="status">${t('check.asking')}</p>`
  }

  #renderSound(): TemplateResult {
    const play = () => void this.#play()
    return html`<h1 tabindex="-1">${this.isPlayed ? t('test.sound') : t('check.sound')}</h1>
      ${this.#renderWhere('sound')}
      ${this.isPlayed ? nothing : html`<p>${t('check.soundAbout')}</p>`}
      <div class="actions">
        ${this.#renderButton(
          this.isPlayed ? t('check.playAgain') : t('check.play'),
          soundIcon,
          play,
          !this.isPlayed,
        )}
      </div>
      ${
        this.isPlayed
          ? this.#renderAnswers((isYes) => {
              this.#run.confirmSound(isYes)
            })
          : nothing
      }`
  }

  #renderAnswers(confirm: (isYes: boolean) => void): TemplateResult {
    const answer = (isYes: boolean) => () =>
      void this.#confirm(() => {
        confirm(isYes)
      })
    return html`<div class="actions">
      ${this.#renderButton(t('check.yes'), nothing, answer(true), true)}
      ${this.#renderButton(t('check.no'), nothing, answer(false))}
    </div>`
  }

  #renderFinding(finding: Finding): TemplateResult {
    const { step } = this
    const isTried = step !== 'start' && step !== 'done'
    return html`<h1 tabindex="-1">${describeFinding(finding.kind)}</h1>
      ${isTried && step !== 'notification' ? this.#renderWhere(step) : nothing}
      <nv-check-finding .finding=${finding}></nv-check-finding>
      ${
        isTried
          ? html`<div class="actions">
              ${this.#renderButton(t('check.again'), againIcon, () => this.#tryAgain(step), true)}
              ${this.#renderButton(t('check.goOn'), forwardIcon, () => void this.#next())}
            </div>`
          : html`<nv-check-help .run=${this.#run}></nv-check-help>`
      }`
  }

  #renderDone(): TemplateResult {
    const report = this.#report.value
    const findings = CHECK_STEPS.map((step) => ({ step, finding: this.#find(step) }))
    const shown = findings.filter(
      ({ step, finding }) =>
        step !== 'notification' || finding !== null || report.push.trial.state === 'ok',
    )
    return html`<h1 tabindex="-1">${this.#describeEnd(this.#isWell, this.#isWhole)}</h1>
      <p>${this.#isWell ? t('check.allWell') : t('check.notAllBody')}</p>
      <ul class="found" aria-label=${t('check.found')}>
        ${shown.map(({ step, finding }) => this.#renderFound(step, finding))}
        ${this.#renderNoNotices()}
      </ul>
      ${
        findings.every(({ finding }) => finding === null)
          ? nothing
          : html`<h2>${t('help.title')}</h2>
              <nv-check-help .run=${this.#run}></nv-check-help>`
      }`
  }

  /** Nothing is wrong with it; whoever has said no is not asked again. */
  #renderNoNotices(): TemplateResult | typeof nothing {
    const state = this.#run.notices.value
    if (state !== 'off' && state !== 'install') return nothing
    return html`<li>
      <span>${t('check.notification')}: ${t('check.noticeOff')}</span>
      <a class="button plain" href="/besked">${t('check.noticeOn')}</a>
    </li>`
  }

  #describeEnd(isWell: boolean, isWhole: boolean): string {
    if (!isWell) return t('check.notAll')
    return isWhole ? t('test.ok') : t('check.part')
  }

  #renderFound(step: CheckStep, finding: Finding | null): TemplateResult {
    const isDone = isTried(step, this.#report.value, this.#viewer)
    const isOk = finding?.isMinor !== false
    const works = isDone ? html`<strong class="works">${t('check.works')}</strong>` : t('check.not')
    return html`<li>
      <span>
        ${t(`check.${step}`)}: ${isOk ? works : html`<strong>${t('check.worksNot')}</strong>`}
        ${finding?.code ?? nothing}
        ${isOk && finding !== null ? html`<br />${describeFinding(finding.kind)}` : nothing}
      </span>
      ${isDone && finding === null ? nothing : this.#renderSingle(step, isDone)}
    </li>`
  }

  #renderSingle(step: CheckStep, isDone: boolean): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      @click=${() => {
        this.isSingle = true
        this.#tryAgain(step)
      }}
    >
      ${isDone ? t('check.again') : t('check.try')}
      <span class="visually-hidden">${t(`check.${step}`)}</span>
    </button>`
  }

  #renderButton(
    words: string,
    icon: TemplateResult | typeof nothing,
    act: () => void,
    isPrimary = false,
  ): TemplateResult {
    return html`<button class="button ${isPrimary ? 'primary' : ''}" type="button" @click=${act}>
      ${icon}${words}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-check-page': NvCheckPage
  }
}
