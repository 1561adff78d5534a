import type { Availability } from '@naervaer/shared'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'

/** Whether somebody can be rung: a shape that is told apart without colour, and words. */
@customElement('nv-presence')
export class NvPresence extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 0.5em;
        color: var(--nv-ink-soft);
      }

      svg {
        height: 0.8em;
        fill: none;
        stroke: var(--nv-edge);
        stroke-width: 2;
      }

      .ready,
      .open {
        fill: var(--nv-go);
        stroke: var(--nv-go);
      }

      .reachable {
        stroke: var(--nv-go);
      }

      .ready circle + circle {
        fill: none;
      }

      .busy {
        stroke: var(--nv-accent);
      }
    `,
  ]

  @property() availability: Availability = 'unreachable'

  protected override render(): TemplateResult {
    return html`${this.#renderShape()}<span>${this.#words}</span>`
  }

  get #words(): string {
    switch (this.availability) {
      case 'ready':
        return t('staff.ready')
      case 'open':
        return t('staff.open')
      case 'busy':
        return t('staff.busy')
      case 'reachable':
        return t('staff.reachable')
      case 'unreachable':
        return t('staff.unreachable')
    }
  }

  /** A full ring with one around it, a full ring, two rings that meet, an empty ring. */
  #renderShape(): TemplateResult {
    const isBusy = this.availability === 'busy'
    return html`<svg
      viewBox=${isBusy ? '0 0 24 16' : '0 0 16 16'}
      class=${this.availability}
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r=${this.availability === 'ready' ? 3 : 6}></circle>
      <circle cx=${isBusy ? 16 : 8} cy="8" r="6"></circle>
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-presence': NvPresence
  }
}
