import { css } from 'lit'

/** What every element with text starts from: box sizes, headings, links and a focus that is seen. */
export const baseStyles = css`
  :host {
    display: block;
    overflow-wrap: anywhere;
    hyphens: auto;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h1,
  h2 {
    margin: 0;
    font-family: var(--nv-font-display);
    font-weight: 400;
    line-height: var(--nv-line-tight);
    text-wrap: balance;
  }

  p,
  ul {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  a {
    color: var(--nv-accent);
    text-decoration-thickness: 0.09em;
    text-underline-offset: 0.22em;
  }

  svg {
    flex: none;
  }

  /* Two lines, so that one of them is seen on paper, on a picture and on a coloured button. */
  :focus-visible {
    outline: 3px solid var(--nv-ink);
    outline-offset: 3px;
    box-shadow: 0 0 0 3px var(--nv-paper-raised);
  }

  /* Headings take the focus when a screen changes; they are read, not used. */
  h1:focus,
  h1:focus-visible {
    outline: none;
    box-shadow: none;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`
