import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'

/**
 * - `near`: two people can reach each other
 * - `apart`: they cannot just now
 * - `calling`: one of them calls
 * - `meeting`: they are on their way to each other
 */
export type RingsState = 'near' | 'apart' | 'calling' | 'meeting'

/**
 * The sign of Nærvær: two rings, one for each person, and light where they meet. It says what words
 * beside it say too, so it is hidden from screen readers, and stands still where motion is not wanted.
 */
@customElement('nv-rings')
export class NvRings extends LitElement {
  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 2 / 1;
      pointer-events: none;
    }

    svg {
      display: block;
      width: 100%;
      height: 100%;
      overflow: visible;
    }

    circle {
      fill: none;
      stroke: var(--nv-accent);
      stroke-width: 2px;
      vector-effect: non-scaling-stroke;
      transition: transform var(--nv-calm) ease-in-out;
    }

    .left,
    .right {
      fill: var(--nv-wash);
    }

    .lens {
      fill: var(--nv-straw);
      stroke: var(--nv-accent);
      stroke-width: 2px;
      vector-effect: non-scaling-stroke;
      transition: opacity var(--nv-calm) ease-in-out;
    }

    .wave {
      opacity: 0;
      transform-origin: 150px 100px;
    }

    :host([state='apart']) .left {
      transform: translateX(-46px);
      stroke: var(--nv-edge);
    }

    :host([state='apart']) .right {
      transform: translateX(46px);
      stroke: var(--nv-edge);
    }

    :host([state='apart']) .lens,
    :host([state='calling']) .lens {
      opacity: 0;
    }

    :host([state='calling']) .left {
      transform: translateX(50px);
      fill: var(--nv-straw);
    }

    :host([state='calling']) .right {
      opacity: 0;
    }

    :host([state='calling']) .wave {
      transform-origin: 150px 100px;
      transform: translateX(50px);
      animation: wave var(--nv-breath) ease-out infinite;
    }

    :host([state='calling']) .wave.late {
      animation-delay: calc(var(--nv-breath) / -2);
    }

    :host([state='meeting']) .left {
      animation: come-left var(--nv-breath) ease-in-out infinite alternate;
    }

    :host([state='meeting']) .right {
      animation: come-right var(--nv-breath) ease-in-out infinite alternate;
    }

    :host([state='meeting']) .lens {
      animation: dawn var(--nv-breath) ease-in-out infinite alternate;
    }

    @keyframes wave {
      from {
        opacity: 0.9;
        transform: translateX(50px) scale(1);
      }
      to {
        opacity: 0;
        transform: translateX(50px) scale(1.75);
      }
    }

    @keyframes come-left {
      from {
        transform: translateX(-40px);
      }
    }

    @keyframes come-right {
      from {
        transform: translateX(40px);
      }
    }

    @keyframes dawn {
      from,
      60% {
        opacity: 0;
      }
    }

    @media (prefers-reduced-motion: reduce) {
      circle,
      .lens {
        transition: none;
      }

      :host([state='calling']) .wave {
        animation: none;
        opacity: 0.6;
        transform: translateX(50px) scale(1.25);
      }

      :host([state='calling']) .wave.late {
        opacity: 0.3;
        transform: translateX(50px) scale(1.5);
      }

      :host([state='meeting']) .left,
      :host([state='meeting']) .right,
      :host([state='meeting']) .lens {
        animation: none;
      }
    }
  `

  @property({ reflect: true }) state: RingsState = 'near'

  protected override render(): TemplateResult {
    return html`<svg viewBox="0 0 400 200" aria-hidden="true" focusable="false">
      <circle class="wave" cx="150" cy="100" r="90"></circle>
      <circle class="wave late" cx="150" cy="100" r="90"></circle>
      <circle class="left" cx="150" cy="100" r="90"></circle>
      <circle class="right" cx="250" cy="100" r="90"></circle>
      <path class="lens" d="M200 25.2A90 90 0 0 1 200 174.8A90 90 0 0 1 200 25.2z"></path>
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-rings': NvRings
  }
}
