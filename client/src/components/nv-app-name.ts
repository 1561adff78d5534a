import type { AppNameKey } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { chooseAppName, listAppNames, loadAppName } from '../services/app-name.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { currentLanguage, t } from '../texts/text.ts'

/** How the app's name is read and changed; tests put in their own. */
export interface AppNameControl {
  readonly load: typeof loadAppName
  readonly choose: typeof chooseAppName
}

/**
 * What the app is to be called on the screen of this device, before it is put there (feature N14):
 * nobody who sees the phone need know what it is for. Folded, since most are content with the first name.
 */
@customElement('nv-app-name')
export class NvAppName extends LitElement {
  static override styles = [
    baseStyles,
    css`
      summary {
        display: flex;
        align-items: center;
        min-height: var(--nv-target);
        font-size: var(--nv-text-s);
        color: var(--nv-ink-soft);
        text-decoration: underline;
        text-underline-offset: 0.2em;
        cursor: pointer;
      }

      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
      }

      legend {
        padding: 0;
        font-size: var(--nv-text-m);
      }

      .names {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
        gap: var(--nv-space-2);
        margin-block-start: var(--nv-space-2);
      }

      label {
        display: flex;
        align-items: center;
        gap: var(--nv-space-2);
        min-height: var(--nv-target);
        padding-inline: var(--nv-space-3);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        font-size: var(--nv-text-m);
        cursor: pointer;
      }

      label:has(:checked) {
        border-color: var(--nv-accent);
        background: var(--nv-paper-raised);
      }

      input {
        width: 1.25rem;
        height: 1.25rem;
        margin: 0;
        accent-color: var(--nv-accent);
      }
    `,
  ]

  @property({ attribute: false }) control: AppNameControl = {
    load: loadAppName,
    choose: chooseAppName,
  }
  /** Null until it is known. */
  @state() private name: string | null = null
  @state() private hasFailed = false

  override connectedCallback(): void {
    super.connectedCallback()
    // Where it is not known there is nothing to change: the app has its usual name.
    void this.control.load().then(
      (name) => (this.name = name),
      () => undefined,
    )
  }

  async #choose(key: AppNameKey, name: string): Promise<void> {
    const before = this.name
    this.name = name
    this.hasFailed = false
    try {
      await this.control.choose(key)
    } catch {
      this.name = before
      this.hasFailed = true
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { name } = this
    if (name === null) return nothing
    return html`<details>
      <summary>${t('appName.now', { name })}</summary>
      <fieldset>
        <legend>${t('appName.legend')}</legend>
        <div class="names">
          ${listAppNames(currentLanguage()).map((each) => this.#renderName(...each))}
        </div>
      </fieldset>
      <p role="status">${this.hasFailed ? t('appName.failed') : nothing}</p>
    </details>`
  }

  #renderName(key: AppNameKey, name: string): TemplateResult {
    return html`<label>
      <input
        type="radio"
        name="app-name"
        value=${key}
        .checked=${name === this.name}
        @change=${() => void this.#choose(key, name)}
      />
      ${name}
    </label>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-app-name': NvAppName
  }
}
