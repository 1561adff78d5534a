import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import type { RingsState } from './nv-rings.ts'
import './nv-rings.ts'

/**
 * A whole screen that says one thing: the rings, the words, and at most a few buttons at the bottom,
 * where thumbs are. On a wide or low screen the rings stand beside the words.
 *
 * @slot - the words
 * @slot corner - what is always there and seldom used: the upper corner where reading begins
 * @slot top - what comes before everything, also for the keyboard
 * @slot waiting - what is said in the place of the rings while nothing else is known yet
 * @slot actions - the buttons
 */
@customElement('nv-screen')
export class NvScreen extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        min-height: 100vh;
        min-height: calc(100dvh - var(--nv-taken, 0px) - var(--nv-announced, 0px));
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto auto;
        gap: var(--nv-space-5);
        padding: max(var(--nv-space-5), env(safe-area-inset-top)) var(--nv-gutter)
          max(var(--nv-space-5), env(safe-area-inset-bottom));
        max-width: 44rem;
        margin-inline: auto;
      }

      .top {
        min-height: var(--nv-target);
        display: flex;
        justify-content: space-between;
        align-items: start;
        gap: var(--nv-space-3);
      }

      /* As large as what the words leave of the screen, and never a reason to scroll. */
      .sign {
        position: relative;
        container-type: size;
      }

      /* Where there is much to say it makes room before anything else. */
      @container (max-height: 3rem) {
        nv-rings {
          display: none;
        }
      }

      /* What has not found its place yet would jump. */
      :host([is-waiting]) nv-rings {
        visibility: hidden;
      }

      .waiting {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        font-size: var(--nv-text-l);
      }

      nv-rings {
        position: absolute;
        inset: 0;
        aspect-ratio: auto;
        max-width: 30rem;
        max-height: 15rem;
        margin: auto;
      }

      .words {
        display: grid;
        gap: var(--nv-space-3);
        align-content: start;
        font-size: var(--nv-text-l);
      }

      .actions {
        display: grid;
        gap: var(--nv-space-3);
      }

      /* A small phone, held upright: the words come before the sign. */
      @media (max-height: 42rem) and (max-width: 36rem) {
        :host {
          gap: var(--nv-space-3);
          padding-block: max(var(--nv-space-3), env(safe-area-inset-top))
            max(var(--nv-space-3), env(safe-area-inset-bottom));
        }

        .words {
          gap: var(--nv-space-2);
        }
      }

      :host([rings='none']) {
        grid-template: 'top' auto 'words' auto 'actions' auto / minmax(0, 1fr);
        align-content: start;
        max-width: 40rem;
      }

      :host([rings='none']) .top {
        min-height: 6dvh;
      }

      @media (max-height: 36rem) {
        :host([rings='none']) .top {
          min-height: 0;
        }
      }

      @media (min-width: 60rem), (max-height: 34rem) and (min-width: 36rem) {
        :host {
          max-width: 78rem;
          grid-template: auto minmax(0, 1fr) auto auto minmax(0, 1fr) / minmax(0, 1fr) minmax(
              0,
              1fr
            );
          grid-template-areas: 'top top' 'rings .' 'rings words' 'rings actions' 'rings .';
          column-gap: clamp(1.5rem, 5vw, 5rem);
        }

        .top {
          grid-area: top;
        }

        .sign {
          grid-area: rings;
        }

        nv-rings {
          max-height: none;
        }

        .words {
          grid-area: words;
        }

        .actions {
          grid-area: actions;
          align-content: start;
          max-width: 26rem;
        }
      }

      @media (max-height: 34rem) and (min-width: 36rem) {
        :host {
          grid-template-rows: minmax(0, 1fr) auto auto minmax(0, 1fr);
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
          grid-template-areas: 'rings .' 'rings words' 'rings actions' 'rings .';
          gap: var(--nv-space-3) var(--nv-space-5);
          padding-block: var(--nv-space-3);
        }

        .top {
          position: absolute;
          inset: var(--nv-space-2) max(var(--nv-space-3), env(safe-area-inset-right)) auto
            max(var(--nv-space-3), env(safe-area-inset-left));
          min-height: 0;
        }

        .actions {
          max-width: none;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
        }

        .actions ::slotted(.go) {
          grid-column: 1 / -1;
        }
      }
    `,
  ]

  /** None where there is much to read or something to write. */
  @property({ reflect: true }) rings: RingsState | 'none' = 'near'

  /** What belongs here is not known yet. */
  @property({ type: Boolean, reflect: true, attribute: 'is-waiting' }) isWaiting = false

  #renderSign(state: RingsState): TemplateResult {
    return html`<div class="sign">
      <nv-rings .state=${state}></nv-rings>
      ${this.isWaiting ? html`<div class="waiting"><slot name="waiting"></slot></div>` : nothing}
    </div>`
  }

  protected override render(): TemplateResult {
    return html`
      <div class="top">
        <div><slot name="corner"></slot></div>
        <slot name="top"></slot>
      </div>
      ${this.rings === 'none' ? nothing : this.#renderSign(this.rings)}
      <div class="words"><slot></slot></div>
      <div class="actions"><slot name="actions"></slot></div>
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-screen': NvScreen
  }
}
