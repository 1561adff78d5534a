import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'

/** What is looked for has changed. */
export class SearchEvent extends Event {
  readonly written: string

  constructor(written: string) {
    super('nv-search')
    this.written = written
  }
}

/**
 * The field by which a worker finds one of their citizens. Nothing leaves the page; how many are found is told.
 *
 * @fires nv-search
 */
@customElement('nv-citizen-search')
export class NvCitizenSearch extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        max-width: 24rem;
        margin-block-end: var(--nv-space-4);
        font-size: var(--nv-text-m);
      }

      label {
        display: grid;
        gap: var(--nv-space-1);
        font-weight: 600;
      }

      input {
        box-sizing: border-box;
        width: 100%;
        min-height: var(--nv-target);
        margin: 0;
        padding: var(--nv-space-2) var(--nv-space-3);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        background: var(--nv-paper-raised);
        color: var(--nv-ink);
        font: inherit;
        font-weight: 400;
      }

      p {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }
    `,
  ]

  @property() written = ''
  @property({ type: Number }) found = 0
  @property({ type: Number }) all = 0

  #tell(written: string): void {
    this.dispatchEvent(new SearchEvent(written))
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.written === '') return
    event.preventDefault()
    this.#tell('')
  }

  protected override render(): TemplateResult {
    return html`<label>
        ${t('search.label')}
        <input
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          .value=${this.written}
          @input=${({ currentTarget }: Event) => {
            // The listener stands on this very input.
            this.#tell((currentTarget as HTMLInputElement).value)
          }}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        />
      </label>
      <p role="status">${this.#describe()}</p>`
  }

  #describe(): string | typeof nothing {
    if (this.written.trim() === '') return nothing
    if (this.found === 0) return t('search.none')
    return t('search.found', { found: String(this.found), all: String(this.all) })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-search': NvCitizenSearch
  }
  interface HTMLElementEventMap {
    'nv-search': SearchEvent
  }
}
