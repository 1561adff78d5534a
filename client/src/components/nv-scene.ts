import { css, LitElement, svg, html, type SVGTemplateResult, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'

export type SceneKind = 'tea' | 'night' | 'hills' | 'phone'

/** Two discs, as in the sign of Nærvær, and a few lines of the same pen. */
const SCENES: Readonly<Record<SceneKind, SVGTemplateResult>> = {
  tea: svg`<circle class="wash" cx="120" cy="62" r="54"></circle>
    <path class="light" d="M84 66h60v14a22 22 0 0 1-22 22h-16a22 22 0 0 1-22-22z"></path>
    <path d="M84 66h60v14a22 22 0 0 1-22 22h-16a22 22 0 0 1-22-22zM144 71h7a9 9 0 0 1 0 18h-8"></path>
    <path d="M102 52c-5-6 5-9 0-16M122 52c-5-6 5-9 0-16"></path>
    <path d="M58 112h124"></path>`,
  night: svg`<circle class="wash" cx="120" cy="62" r="54"></circle>
    <path class="light" d="M134 28a34 34 0 1 0 14 50a28 28 0 0 1-14-50z"></path>
    <path d="M134 28a34 34 0 1 0 14 50a28 28 0 0 1-14-50z"></path>
    <path d="M158 34v8M154 38h8M84 44v6M81 47h6M168 74v6M165 77h6"></path>
    <path d="M40 112c22-14 40-14 60-4s46 10 100 0"></path>`,
  hills: svg`<circle class="wash" cx="120" cy="62" r="54"></circle>
    <circle class="light" cx="146" cy="46" r="17"></circle>
    <circle cx="146" cy="46" r="17"></circle>
    <path class="ground" d="M44 112c20-34 44-46 72-24 22-20 50-18 80 24z"></path>
    <path d="M44 112c20-34 44-46 72-24 22-20 50-18 80 24"></path>
    <path d="M112 112c10-8 2-12-2-18M34 112h172"></path>`,
  phone: svg`<circle class="wash" cx="120" cy="62" r="54"></circle>
    <rect class="ground" x="92" y="16" width="56" height="94" rx="12"></rect>
    <path class="light" d="M120 41.6a14 14 0 0 1 0 20.8a14 14 0 0 1 0-20.8z"></path>
    <circle cx="112" cy="52" r="14"></circle><circle cx="128" cy="52" r="14"></circle>
    <rect x="92" y="16" width="56" height="94" rx="12"></rect>
    <path d="M104 84h.01M112 84h.01M120 84h.01M128 84h.01M136 84h.01M113 99h14"></path>`,
}

/** A calm picture above the words of a page of its own. It says nothing that the words do not. */
@customElement('nv-scene')
export class NvScene extends LitElement {
  static override styles = css`
    :host {
      display: block;
      height: clamp(3.5rem, 14vh, 8rem);
      pointer-events: none;
    }

    svg {
      display: block;
      height: 100%;
      overflow: visible;
    }

    * {
      fill: none;
      stroke: var(--nv-accent);
      stroke-width: 2.5;
      stroke-linecap: round;
      stroke-linejoin: round;
    }

    .wash,
    .light,
    .ground {
      stroke: none;
    }

    .wash {
      fill: var(--nv-wash);
    }

    .light {
      fill: var(--nv-straw);
    }

    .ground {
      fill: var(--nv-paper-raised);
    }

    @media (max-height: 42rem) {
      :host {
        display: none;
      }
    }

    @media (forced-colors: active) {
      * {
        stroke: CanvasText;
      }

      .wash,
      .light,
      .ground {
        fill: none;
      }
    }
  `

  @property() kind: SceneKind = 'hills'

  protected override render(): TemplateResult {
    return html`<svg viewBox="50 0 140 120" aria-hidden="true" focusable="false">
      ${SCENES[this.kind]}
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-scene': NvScene
  }
}
