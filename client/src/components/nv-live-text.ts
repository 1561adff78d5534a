import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import type { LiveText } from '../call/features/live-text.ts'
import { MISSING } from '../call/link/text-channel.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { closeIcon, lineIcon } from './talk-icons.ts'
import { liveTextStyles } from './nv-live-text.styles.ts'
import { WordVoice } from './word-voice.ts'

/** So many told words stay for a screen reader that is slower than who writes. */
const MAX_SPOKEN = 20

/** How far from its end the text may be scrolled and still follow what is new, in CSS pixels. */
const NEAR_END_PX = 40

/** What is seen of one line: a line of its own, or the one that the other is writing. */
interface ShownLine {
  readonly party: 'own' | 'other'
  readonly text: string
}

/**
 * Real-time text: what both write, while they write it. Whose it is stands above each line; a screen
 * reader is told the other's text by the word. Nothing of it is left when the call is over.
 *
 * @fires nv-close-text - the person is done with writing for now
 */
@customElement('nv-live-text')
export class NvLiveText extends LitElement {
  static override styles = [baseStyles, buttonStyles, liveTextStyles]

  @property({ attribute: false }) feature!: LiveText
  /** What the other is called by. */
  @property() name = ''
  /** Whether one can write at once; not when the panel has come by itself. */
  @property({ type: Boolean }) takesFocus = false
  @state() private spoken: readonly { readonly id: number; readonly text: string }[] = []
  @query('textarea') private field!: HTMLTextAreaElement
  @query('.lines') private list!: HTMLElement
  readonly #state = new StoreController(this, () => this.feature.state)
  readonly #voice = new WordVoice()
  #nextId = 0
  #unsubscribe: () => void = () => undefined
  #isFollowing = true

  override connectedCallback(): void {
    super.connectedCallback()
    // What stood there before can be read, and is not told.
    this.#voice.take(this.#state.value.lines, '', true)
    this.#unsubscribe = this.feature.state.subscribe(() => this.#listen())
    // A screen reader is told what comes into an element that is there already.
    void this.updateComplete.then(() => {
      if (this.isConnected) this.feature.setOpen(true)
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unsubscribe()
    this.feature.setOpen(false)
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) return
    const { scrollHeight, scrollTop, clientHeight } = this.list
    this.#isFollowing = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
  }

  protected override firstUpdated(): void {
    if (this.takesFocus) this.field.focus()
  }

  protected override updated(): void {
    if (this.#isFollowing) this.list.scrollTop = this.list.scrollHeight
  }

  #listen(): void {
    const { lines, other, isOtherWriting } = this.#state.value
    for (const { words, isFirst } of this.#voice.take(lines, other, !isOtherWriting)) {
      const text = describeText(words)
      const said = { id: this.#nextId, text: isFirst ? this.#sayWhose(text) : text }
      this.spoken = [...this.spoken, said].slice(-MAX_SPOKEN)
      this.#nextId += 1
    }
  }

  #sayWhose(text: string): string {
    return t('write.says', { name: this.name, text })
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing) return
    event.preventDefault()
    this.#close()
  }

  #finishLine(): void {
    this.feature.write(`${this.field.value}\n`)
    this.field.focus()
  }

  #close(): void {
    this.dispatchEvent(new Event('nv-close-text', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    const { name } = this
    const { lines, other, own } = this.#state.value
    return html`
      <header>
        <h2><label for="field">${t('write.to', { name })}</label></h2>
        <button class="button plain" type="button" @click=${() => this.#close()}>
          ${closeIcon}${t('write.close')}
        </button>
      </header>
      <div class="lines" role="group" tabindex="0" aria-label=${t('write.all')}>
        ${
          lines.length === 0 && other === ''
            ? html`<p class="hint">${t('call.writeHint', { name })}</p>`
            : nothing
        }
        ${repeat(
          lines,
          ({ id }) => id,
          (line) => this.#renderLine(line),
        )}
        ${other === '' ? nothing : this.#renderLine({ party: 'other', text: other })}
      </div>
      <div role="status">${this.#renderNotice()}</div>
      <div class="writing">
        <textarea
          id="field"
          rows="2"
          autocomplete="off"
          .value=${live(own)}
          @input=${() => this.feature.write(this.field.value)}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        ></textarea>
        <button class="button" type="button" @click=${() => this.#finishLine()}>
          ${lineIcon}${t('write.line')}
        </button>
      </div>
      ${this.#renderSpoken()}
    `
  }

  #renderLine({ party, text }: ShownLine): TemplateResult {
    const pieces = text.split(MISSING)
    return html`<p class="line ${party}">
      <span class="who"
        >${party === 'own' ? t('write.own') : this.name}<span class="visually-hidden"
          >:
        </span></span
      ><span class="text"
        >${pieces.map((piece, index) => [index === 0 ? nothing : renderMissing(), piece])}</span
      >
    </p>`
  }

  /** One at a time: what the person can do something about comes first. */
  #renderNotice(): TemplateResult | typeof nothing {
    const { isFull, isWaiting, isHeld, isOtherWriting } = this.#state.value
    const { name } = this
    if (isFull) return html`<p>${t('write.full')}</p>`
    if (isWaiting) return html`<p>${t('write.waiting', { name })}</p>`
    if (isHeld) return html`<p>${t('write.held', { name })}</p>`
    // To be seen only: the words themselves are told.
    return isOtherWriting
      ? html`<p aria-hidden="true">${t('write.writing', { name })}</p>`
      : nothing
  }

  #renderSpoken(): TemplateResult {
    return html`<div class="visually-hidden" role="log" aria-live="polite">
      ${repeat(
        this.spoken,
        ({ id }) => id,
        ({ text }) => html`<span>${text} </span>`,
      )}
    </div>`
  }
}

const renderMissing = (): TemplateResult =>
  html`<span class="missing">[${t('write.missing')}]</span>`

/** As it is read aloud. */
const describeText = (text: string): string =>
  text
    .split(MISSING)
    .join(` ${t('write.missing')} `)
    .trim()

declare global {
  interface HTMLElementTagNameMap {
    'nv-live-text': NvLiveText
  }
  interface HTMLElementEventMap {
    'nv-close-text': Event
  }
}
