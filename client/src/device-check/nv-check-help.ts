import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import '../components/nv-error-notice.ts'
import { Work } from '../controllers/work.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import type { CheckRun } from './check-run.ts'
import './nv-support-code.ts'

/** The way to somebody who can help: a support code for what has been found, made when it is wished. */
@customElement('nv-check-help')
export class NvCheckHelp extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
        justify-items: start;
      }
    `,
  ]

  @property({ attribute: false }) run!: CheckRun
  /** Nothing has been tried yet: the line is, before the report is sent. */
  @property({ type: Boolean }) isWhole = false
  @state() private code: string | null = null
  @state() private pseudonym: string | null = null
  readonly #work = new Work(this)

  async #make(): Promise<void> {
    await this.#work.run(async () => {
      if (this.isWhole) {
        await this.run.look()
        await this.run.tryLine()
      }
      this.code = (await this.run.makeSupportCode()).code
      this.pseudonym = await this.run.findPseudonym()
    })
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('nv-support-code')?.focus()
  }

  protected override render(): TemplateResult {
    const { code } = this
    if (code !== null) {
      return html`<nv-support-code
        tabindex="-1"
        .code=${code}
        .pseudonym=${this.pseudonym}
      ></nv-support-code>`
    }
    return html`<p>${t('help.about')}</p>
      <p>${t('help.inside')}</p>
      <button
        class="button ${this.isWhole ? 'primary' : ''}"
        type="button"
        aria-disabled=${this.#work.isBusy}
        @click=${() => void this.#make()}
      >
        ${t('help.make')}
      </button>
      <p role="status">${this.#work.isBusy ? t('help.making') : nothing}</p>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-check-help': NvCheckHelp
  }
}
