import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { closeIcon, selfIcon } from './icons.ts'
import { moreRowStyles } from './more-row.styles.ts'

/**
 * What is seldom needed in a talk: a sheet of large rows over the lower part of the screen. A row that
 * does something closes it again.
 *
 * @slot - further rows, of other elements; each a button with the class `row`, and their own styles
 * @fires nv-set-self-view - detail: whether one's own picture is to be shown
 */
@customElement('nv-talk-more')
export class NvTalkMore extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    moreRowStyles,
    css`
      dialog {
        width: min(100%, 34rem);
        max-width: 100%;
        max-height: 85dvh;
        margin-block: auto 0;
        padding: var(--nv-space-4) var(--nv-gutter)
          max(var(--nv-space-4), env(safe-area-inset-bottom));
        border: var(--nv-stroke) solid var(--nv-edge);
        border-block-end: 0;
        border-radius: var(--nv-radius) var(--nv-radius) 0 0;
        background: var(--nv-paper);
        color: var(--nv-ink);
        overflow: auto;
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 40%);
      }

      h2 {
        margin-block-end: var(--nv-space-3);
        font-size: var(--nv-text-l);
      }

      .rows {
        display: grid;
        gap: var(--nv-space-2);
        margin-block-end: var(--nv-space-3);
      }

      @media (min-width: 48rem) and (min-height: 34.01rem) {
        dialog {
          margin-block: auto;
          border-block-end: var(--nv-stroke) solid var(--nv-edge);
          border-radius: var(--nv-radius);
        }
      }
    `,
  ]

  /** Whether there is an own picture to show or hide. */
  @property({ type: Boolean }) hasSelf = false
  @property({ type: Boolean }) isSelfShown = false
  @query('dialog') private dialog!: HTMLDialogElement

  async open(): Promise<void> {
    await this.updateComplete
    if (!this.dialog.open) this.dialog.showModal()
  }

  close(): void {
    this.dialog.close()
  }

  #setSelfView(): void {
    const detail = { isOn: !this.isSelfShown }
    this.dispatchEvent(
      new CustomEvent('nv-set-self-view', { bubbles: true, composed: true, detail }),
    )
    this.close()
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title">
      <h2 id="title">${t('call.moreTitle')}</h2>
      <div class="rows">
        ${this.hasSelf ? this.#renderSelf() : nothing}
        <slot></slot>
      </div>
      <button class="button" type="button" @click=${() => this.close()}>
        ${closeIcon}${t('call.close')}
      </button>
    </dialog>`
  }

  #renderSelf(): TemplateResult {
    return html`<button class="button row" type="button" @click=${() => this.#setSelfView()}>
      ${selfIcon}${t(this.isSelfShown ? 'call.hideSelf' : 'call.showSelf')}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-talk-more': NvTalkMore
  }
  interface HTMLElementEventMap {
    'nv-set-self-view': CustomEvent<{ isOn: boolean }>
  }
}
