import { NaervaerError, PAUSE_WEEKS, type ChoiceView, type PauseWeeks } from '@naervaer/shared'
import { consume } from '@lit/context'
import { html, LitElement, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { directoryContext, httpContext } from '../app/contexts.ts'
import { backIcon } from '../components/icons.ts'
import '../components/nv-error-notice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import '../components/nv-screen.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { Directory } from '../services/directory.ts'
import type { HttpClient } from '../services/http-client.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { anyOf, dayAndMonth, firstName, t } from '../texts/text.ts'
import { choiceStyles } from './choice.styles.ts'

/**
 * "Mine valg": a pause, an end to it, and no more video conversations in two taps. What happens
 * next is always said.
 *
 * @fires nv-farewell
 */
@customElement('nv-my-choices-page')
export class NvMyChoicesPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, choiceStyles]

  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @consume({ context: httpContext }) private http!: Pick<HttpClient, 'changeChoice'>
  @state() private step: 'choices' | 'stopping' | 'stopped' = 'choices'
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null
  readonly #directory = new StoreController(this, () => this.directoryStore)

  constructor() {
    super()
    new FocusHeading(this, () => this.step)
  }

  async #change(path: 'pause' | 'resume' | 'stop', body?: { weeks: PauseWeeks }): Promise<boolean> {
    if (this.isBusy) return false
    this.isBusy = true
    this.error = null
    try {
      await this.http.changeChoice(`/api/choice/${path}`, body)
      return true
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
      return false
    } finally {
      this.isBusy = false
    }
  }

  #show(step: 'choices' | 'stopping'): void {
    this.error = null
    this.step = step
  }

  /** The device may be signed out by this: the last words are to be read all the same. */
  async #stop(): Promise<void> {
    this.#tellFarewell(true)
    if (await this.#change('stop')) this.step = 'stopped'
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
    return this.step === 'stopping'
      ? this.#renderStopping(name)
      : this.#renderChoices(directory.choice, name)
  }

  #renderChoices(choice: ChoiceView, name: string): TemplateResult {
    return html`<nv-screen>
      <h1 tabindex="-1">${t('choices.title')}</h1>
      <p role="status">${this.#describe(choice, name)}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <div slot="actions" class="actions">
        ${this.#renderActions(choice)}
        <a class="button plain" href="/">${backIcon}${t('end.back')}</a>
      </div>
    </nv-screen>`
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
        return html`${this.#renderPauses()} ${this.#renderStopButton()}`
      case 'paused':
        return html`
          <button
            class="button primary"
            type="button"
            aria-disabled=${this.isBusy}
            @click=${() => void this.#change('resume')}
          >
            ${t('choices.resume')}
          </button>
          ${this.#renderStopButton()}
        `
      case 'notOffered':
      case 'offered':
      case 'declined':
      case 'later':
      case 'withdrawn':
        return html`<a class="button" href="/svar">${t('choices.try')}</a>`
    }
  }

  #renderPauses(): TemplateResult {
    return html`<div class="pauses">
      ${PAUSE_WEEKS.map(
        (weeks) =>
          html`<button
            class="button"
            type="button"
            aria-disabled=${this.isBusy}
            @click=${() => void this.#change('pause', { weeks })}
          >
            ${weeks === 1 ? t('choices.pauseOne') : t('choices.pause', { n: String(weeks) })}
          </button>`,
      )}
    </div>`
  }

  #renderStopButton(): TemplateResult {
    return html`<button class="button" type="button" @click=${() => this.#show('stopping')}>
      ${t('stop.title')}
    </button>`
  }

  #renderStopping(name: string): TemplateResult {
    return html`<nv-screen>
      <h1 tabindex="-1">${t('stop.title')}</h1>
      <p>${name === '' ? t('stop.bodyNobody') : t('stop.body', { name })}</p>
      <p>${t('stop.kept')}</p>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      <button
        slot="actions"
        class="button primary"
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
      <h1 tabindex="-1">${t('choices.title')}</h1>
      <p role="status">${t('stop.done')}</p>
      <p>${t('stop.kept')}</p>
      <a slot="actions" class="button" href="/">${backIcon}${t('end.back')}</a>
    </nv-screen>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-my-choices-page': NvMyChoicesPage
  }
  interface HTMLElementEventMap {
    'nv-farewell': CustomEvent<{ isFarewell: boolean }>
  }
}
