import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { backIcon } from './icons.ts'

/**
 * A citizen's own page behind the first one: the way back where reading begins, and below it what the
 * page is about.
 *
 * @slot - the heading and what follows
 * @slot beside - what stands beside the way back
 */
@customElement('nv-own-page')
export class NvOwnPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-4);
        align-content: start;
        max-width: 40rem;
        margin-inline: auto;
        padding: max(var(--nv-space-4), env(safe-area-inset-top)) var(--nv-gutter)
          max(var(--nv-space-5), env(safe-area-inset-bottom));
        font-size: var(--nv-text-m);
      }

      .way {
        display: flex;
        align-items: center;
        justify-content: space-between;
        column-gap: var(--nv-space-3);
      }

      .button {
        margin-inline-start: calc(-0.4em - var(--nv-stroke));
      }

      @media (max-height: 40rem) {
        :host {
          gap: var(--nv-space-2);
          font-size: var(--nv-text-s);
          padding-block-start: max(var(--nv-space-2), env(safe-area-inset-top));
        }
      }

      @media (min-width: 48rem) and (min-height: 48rem) {
        :host {
          padding-block-start: 10vh;
        }
      }
    `,
  ]

  /** Where the way back leads. */
  @property() back: '/' | '/mine-valg' = '/mine-valg'

  protected override render(): TemplateResult {
    return html`<div class="way">
        <a class="button plain" href=${this.back}>${backIcon}${t('end.back')}</a>
        <slot name="beside"></slot>
      </div>
      <slot></slot>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-own-page': NvOwnPage
  }
}
