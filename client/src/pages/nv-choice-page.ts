import { CURRENT_VIDEO_TEXT, mayBeRung, NaervaerError, type ChoiceAnswer } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { directoryContext, httpContext } from '../app/contexts.ts'
import { backIcon, soundIcon } from '../components/icons.ts'
import '../components/nv-error-notice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import '../components/nv-screen.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { ReadAloud } from '../controllers/read-aloud.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { Directory } from '../services/directory.ts'
import type { HttpClient } from '../services/http-client.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { anyOf, currentLanguage, firstName, t } from '../texts/text.ts'
import { choiceStyles } from './choice.styles.ts'

/** "Ja tak", "Nej tak" or "Spørg mig en anden gang", after six things that are said one at a time. */
@customElement('nv-choice-page')
export class NvChoicePage extends LitElement {
  static override styles = [baseStyles, buttonStyles, choiceStyles]

  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  /** Which of the six lines is shown, from 0. */
  @state() private line = 0
  /** What has just been answered. */
  @state() private answered: ChoiceAnswer | null = null
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null
  readonly #directory = new StoreController(this, () => this.directoryStore)
  readonly #voice = new ReadAloud(this, currentLanguage)

  constructor() {
    super()
    new FocusHeading(this, () => this.answered ?? 'question')
  }

  get #lines(): readonly string[] {
    return CURRENT_VIDEO_TEXT.lines[currentLanguage()]
  }

  get #isLast(): boolean {
    return this.line === this.#lines.length - 1
  }

  #goTo(line: number): void {
    this.#voice.stop()
    this.line = line
  }

  async #answer(answer: ChoiceAnswer): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.error = null
    this.#voice.stop()
    try {
      await this.http.changeChoice('/api/choice/answer', {
        answer,
        textVersion: CURRENT_VIDEO_TEXT.version,
        language: currentLanguage(),
      })
      this.answered = answer
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    } finally {
      this.isBusy = false
    }
  }

  protected override render(): TemplateResult {
    const directory = this.#directory.value
    if (directory === null || directory.choice === null)
      return html`<h1 tabindex="-1">${t('app.loading')}</h1>`
    const name = anyOf(directory.workers.map((worker) => firstName(worker.name)))
    if (this.answered !== null) return this.#renderDone(this.answered, name)
    const { state } = directory.choice
    const isYes = mayBeRung(state) || state === 'paused'
    return isYes ? this.#renderDone('yes', name) : this.#renderQuestion(name)
  }

  #renderQuestion(name: string): TemplateResult {
    return html`<nv-screen>
      <h1 tabindex="-1">${name === '' ? t('accept.titleNobody') : t('accept.title', { name })}</h1>
      <p class="count">${this.#count}</p>
      <p class="line" role="status">${this.#lines[this.line]}</p>
      ${this.#voice.isPossible ? this.#renderReadAloud() : nothing}
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <div slot="actions" class="actions">
        ${this.#isLast ? this.#renderAnswers() : this.#renderNext()} ${this.#renderBack()}
      </div>
    </nv-screen>`
  }

  get #count(): string {
    return t('accept.count', {
      number: String(this.line + 1),
      total: String(this.#lines.length),
    })
  }

  #renderReadAloud(): TemplateResult {
    return html`<button
      class="button"
      type="button"
      @click=${() => this.#voice.read(this.#lines[this.line] ?? '')}
    >
      ${soundIcon}${t('accept.readAloud')}
    </button>`
  }

  #renderNext(): TemplateResult {
    return html`<button
      class="button primary"
      type="button"
      @click=${() => this.#goTo(this.line + 1)}
    >
      ${t('accept.next')}
    </button>`
  }

  #renderAnswers(): TemplateResult {
    const button = (answer: ChoiceAnswer, words: string) =>
      html`<button
        class="button"
        type="button"
        aria-disabled=${this.isBusy}
        @click=${() => void this.#answer(answer)}
      >
        ${words}
      </button>`
    // All three look the same: none is the one that is hoped for.
    return html`${button('yes', t('accept.yes'))} ${button('no', t('accept.no'))}
    ${button('later', t('accept.later'))}`
  }

  #renderBack(): TemplateResult {
    if (this.line === 0) {
      return html`<a class="button plain" href="/">${backIcon}${t('end.back')}</a>`
    }
    return html`<button
      class="button plain"
      type="button"
      @click=${() => this.#goTo(this.line - 1)}
    >
      ${backIcon}${t('accept.previous')}
    </button>`
  }

  #renderDone(answer: ChoiceAnswer, name: string): TemplateResult {
    return html`<nv-screen>
      <h1 tabindex="-1">${this.#doneTitle(answer)}</h1>
      <p role="status">${this.#doneBody(answer, name)}</p>
      <a slot="actions" class="button primary" href="/">${t('accept.home')}</a>
      <a slot="actions" class="button plain" href="/mine-valg">${t('choices.title')}</a>
    </nv-screen>`
  }

  #doneTitle(answer: ChoiceAnswer): string {
    switch (answer) {
      case 'yes':
        return t('accept.doneYes')
      case 'no':
        return t('accept.doneNo')
      case 'later':
        return t('accept.doneLater')
    }
  }

  #doneBody(answer: ChoiceAnswer, name: string): string {
    switch (answer) {
      case 'yes':
        return name === '' ? t('choices.yes') : t('accept.doneYesBody', { name })
      case 'no':
        return t('accept.doneNoBody')
      case 'later':
        return t('accept.doneLaterBody')
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-choice-page': NvChoicePage
  }
}
