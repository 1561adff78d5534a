import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { rememberLanguage } from '../texts/language.ts'
import { currentLanguage, LANGUAGE_NAMES, type Language } from '../texts/text.ts'
import { tickIcon } from './page-icons.ts'

const LANGUAGES: readonly Language[] = ['da', 'en']

/** The languages of the app, each in its own words; the one chosen is this device's from then on. */
@customElement('nv-language-choice')
export class NvLanguageChoice extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-3);
      }

      .button {
        flex: 0 1 12rem;
      }

      .plain {
        flex: none;
        margin-inline-start: calc(-0.4em - var(--nv-stroke));
      }

      .button:not([aria-pressed='true']) svg {
        visibility: hidden;
      }
    `,
  ]

  /** Only the way to the other language, where there is more to see than this. */
  @property({ type: Boolean }) isShort = false

  /** The page begins anew: what has been said already would stay in the language before. */
  #choose(language: Language): void {
    if (language === currentLanguage()) return
    rememberLanguage(language)
    // An address that asks for a language would have the last word.
    location.replace(location.pathname)
  }

  protected override render(): TemplateResult {
    const now = currentLanguage()
    const others = LANGUAGES.filter((language) => language !== now)
    return this.isShort
      ? html`${others.map((language) => this.#renderOther(language))}`
      : html`${LANGUAGES.map((language) => this.#renderPressed(language, language === now))}`
  }

  #renderPressed(language: Language, isPressed: boolean): TemplateResult {
    return html`<button
      class="button"
      type="button"
      lang=${language}
      aria-pressed=${isPressed}
      @click=${() => this.#choose(language)}
    >
      ${tickIcon}${LANGUAGE_NAMES[language]}
    </button>`
  }

  #renderOther(language: Language): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      lang=${language}
      @click=${() => this.#choose(language)}
    >
      ${LANGUAGE_NAMES[language]}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-language-choice': NvLanguageChoice
  }
}
