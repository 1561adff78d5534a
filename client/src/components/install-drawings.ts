import { css, svg, html, type SVGTemplateResult, type TemplateResult } from 'lit'

/** How the drawings are coloured: with the page's own tokens, so that they follow light and dark. */
export const drawingStyles = css`
  .drawing {
    display: block;
    width: 100%;
    height: auto;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .drawing .ground {
    fill: var(--nv-paper-raised);
    stroke: var(--nv-edge);
    stroke-width: 1.5;
  }

  .drawing .faint {
    fill: var(--nv-rule);
  }

  .drawing .line {
    fill: none;
    stroke: var(--nv-edge);
    stroke-width: 2;
  }

  .drawing .mark {
    fill: var(--nv-straw);
    stroke: var(--nv-accent);
    stroke-width: 2;
  }

  .drawing .pen {
    fill: none;
    stroke: var(--nv-accent);
    stroke-width: 2;
  }

  .drawing .full {
    fill: var(--nv-accent);
  }
`

const draw = (inside: SVGTemplateResult): TemplateResult =>
  html`<svg class="drawing" viewBox="0 0 120 72" aria-hidden="true" focusable="false">
    ${inside}
  </svg>`

const share = (x: number, y: number): SVGTemplateResult =>
  svg`<circle class="mark" cx=${x} cy=${y} r="12"></circle>
    <path class="pen" transform="translate(${x - 8.4} ${y - 8.6}) scale(.7)"
      d="M12 15V3.5M8 7l4-3.5L16 7M8.5 10.5H5.5v10h13v-10h-3"></path>`

/** The lower edge of a phone, with the share button in the middle of its bar. */
const shareBottom = draw(
  svg`<path class="ground" d="M22 4V58a10 10 0 0 0 10 10H88a10 10 0 0 0 10-10V4"></path>
    <rect class="faint" x="32" y="6" width="56" height="5" rx="2.5"></rect>
    <rect class="faint" x="32" y="16" width="40" height="5" rx="2.5"></rect>
    <path class="line" d="M22 34H98"></path>
    <path class="line" d="M36 46l-4 5 4 5M84 46l4 5-4 5"></path>
    ${share(60, 51)}`,
)

/** The upper edge of a tablet, with the share button beside the address. */
const shareTop = draw(
  svg`<path class="ground" d="M6 68V14A10 10 0 0 1 16 4H104a10 10 0 0 1 10 10V68"></path>
    <rect class="faint" x="18" y="16" width="58" height="12" rx="6"></rect>
    <path class="line" d="M6 38H114"></path>
    <rect class="faint" x="18" y="48" width="84" height="5" rx="2.5"></rect>
    <rect class="faint" x="18" y="59" width="60" height="5" rx="2.5"></rect>
    ${share(94, 22)}`,
)

/** The list that has come up, with the line to tap. */
const add = draw(
  svg`<path class="ground" d="M10 68V14A10 10 0 0 1 20 4H100a10 10 0 0 1 10 10V68"></path>
    <rect class="faint" x="20" y="13" width="54" height="5" rx="2.5"></rect>
    <rect class="mark" x="14" y="26" width="92" height="20" rx="6"></rect>
    <rect class="full" x="22" y="33" width="50" height="5" rx="2.5"></rect>
    <path class="pen" d="M89 31h10v10H89zM94 33.5v5M91.5 36h5"></path>
    <rect class="faint" x="20" y="55" width="44" height="5" rx="2.5"></rect>`,
)

const sign = (x: number, y: number): SVGTemplateResult =>
  svg`<rect class="mark" x=${x} y=${y} width="24" height="24" rx="6"></rect>
    <g class="pen"><circle cx=${x + 9} cy=${y + 12} r="5"></circle>
    <circle cx=${x + 15} cy=${y + 12} r="5"></circle></g>`

/** The question that follows, with its answer at the upper right. */
const confirm = draw(
  svg`<path class="ground" d="M10 68V14A10 10 0 0 1 20 4H100a10 10 0 0 1 10 10V68"></path>
    <rect class="faint" x="20" y="14" width="22" height="6" rx="3"></rect>
    <rect class="full" x="74" y="9" width="30" height="16" rx="8"></rect>
    <path class="line" d="M10 32H110"></path>
    ${sign(20, 39)}
    <rect class="faint" x="54" y="43" width="44" height="5" rx="2.5"></rect>
    <rect class="faint" x="54" y="54" width="30" height="5" rx="2.5"></rect>`,
)

/** The phone's own screen, with the app among the others. */
const home = draw(
  svg`<path class="ground" d="M22 68V14A10 10 0 0 1 32 4H88a10 10 0 0 1 10 10V68"></path>
    <rect class="faint" x="31" y="13" width="14" height="14" rx="4"></rect>
    <rect class="faint" x="53" y="13" width="14" height="14" rx="4"></rect>
    <rect class="faint" x="75" y="13" width="14" height="14" rx="4"></rect>
    <rect class="faint" x="31" y="38" width="14" height="14" rx="4"></rect>
    ${sign(54, 34)}`,
)

/** The upper edge of a phone, with three dots at the right. */
const menu = draw(
  svg`<path class="ground" d="M22 68V14A10 10 0 0 1 32 4H88a10 10 0 0 1 10 10V68"></path>
    <rect class="faint" x="31" y="15" width="36" height="12" rx="6"></rect>
    <circle class="mark" cx="84" cy="21" r="11"></circle>
    <g class="full"><circle cx="84" cy="15.5" r="2"></circle><circle cx="84" cy="21" r="2"></circle>
    <circle cx="84" cy="26.5" r="2"></circle></g>
    <path class="line" d="M22 38H98"></path>
    <rect class="faint" x="31" y="48" width="48" height="5" rx="2.5"></rect>
    <rect class="faint" x="31" y="59" width="34" height="5" rx="2.5"></rect>`,
)

/** What is to be tapped, drawn: beside the words, never instead of them. */
export const DRAWINGS = { shareBottom, shareTop, add, confirm, home, menu } as const
