import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import '../components/nv-error-notice.ts'
import type { Done } from '../components/plan-done.ts'
import { Work } from '../controllers/work.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import '../texts/planning-errors.ts'
import { t } from '../texts/text.ts'
import { whenAt } from './words.ts'

/**
 * Says what has just been done, or what stands there instead, and undoes it where that can be. Where it lies on days
 * that are not shown, it leads there.
 *
 * @fires nv-undone
 * @fires nv-there - the days of what has been done are to be shown
 */
@customElement('nv-week-done')
export class NvWeekDone extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--nv-space-2) var(--nv-space-4);
      }

      .bar:has(.said:not(:empty)) {
        margin-block-end: var(--nv-space-3);
        padding: var(--nv-space-2) var(--nv-space-3);
        border: 1px solid var(--nv-rule);
        border-inline-start: 4px solid var(--nv-accent);
        background: var(--nv-paper-raised);
        box-shadow: var(--nv-lift);
      }

      .said {
        margin: 0;
        font-weight: 600;
      }

      .button {
        font-size: var(--nv-text-s);
      }
    `,
  ]

  @property({ attribute: false }) done: Done | null = null
  /** What is to be said where nothing has been done. */
  @property() said = ''
  /** What has been done is not to be seen on the days that are shown. */
  @property({ type: Boolean }) isElsewhere = false
  @state() private isUndone = false
  readonly #work = new Work(this)

  protected override willUpdate(changes: PropertyValues<this>): void {
    if (!changes.has('done')) return
    this.isUndone = false
    this.#work.error = null
  }

  async #undo(undo: () => Promise<unknown>): Promise<void> {
    this.isUndone = await this.#work.run(async () => {
      await undo()
    })
    if (this.isUndone) this.dispatchEvent(new Event('nv-undone', { bubbles: true, composed: true }))
  }

  #go(): void {
    this.dispatchEvent(new Event('nv-there', { bubbles: true, composed: true }))
  }

  get #words(): string {
    const { done } = this
    if (done === null) return this.said
    if (this.isUndone) return t(`week.undone.${done.did === 'made' ? 'made' : 'moved'}`)
    return t(`week.done.${done.did}`, { name: done.name, when: whenAt(done.at) })
  }

  #renderButton(words: string, act: () => void): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-disabled=${this.#work.isBusy}
      @click=${act}
    >
      ${words}
    </button>`
  }

  protected override render(): TemplateResult {
    const undo = this.isUndone ? null : (this.done?.undo ?? null)
    const isThere = this.isUndone || this.done === null || !this.isElsewhere
    return html`<div class="bar">
      <p class="said" role="status">${this.#words}</p>
      ${isThere ? nothing : this.#renderButton(t('week.there'), () => this.#go())}
      ${undo === null ? nothing : this.#renderButton(t('next.undo'), () => void this.#undo(undo))}
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-week-done': NvWeekDone
  }
}
