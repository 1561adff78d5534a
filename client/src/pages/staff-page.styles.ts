import { css } from 'lit'

/** A sheet with tables and a few fields: rows that become blocks where there is no room for columns. */
export const staffPageStyles = css`
  :host {
    max-width: 70rem;
    min-height: 100vh;
    min-height: 100dvh;
    margin-inline: auto;
    padding: var(--nv-space-4) var(--nv-gutter) var(--nv-space-7);
    font-size: var(--nv-text-m);
  }

  h1 {
    margin-block-end: var(--nv-space-4);
    font-size: var(--nv-text-2xl);
  }

  h2 {
    margin-block: var(--nv-space-6) var(--nv-space-3);
    font-size: var(--nv-text-xl);
  }

  h3 {
    margin-block: var(--nv-space-6) 0;
    font-size: var(--nv-text-l);
  }

  [role='table'] {
    display: block;
    width: 100%;
    margin-block: var(--nv-space-3) var(--nv-space-5);
  }

  [role='row'] {
    display: grid;
    gap: var(--nv-space-1) var(--nv-space-4);
    padding-block: var(--nv-space-3);
    border-block-start: 1px solid var(--nv-rule);
  }

  [role='columnheader'] {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-s);
  }

  [role='rowheader'] {
    font-weight: 600;
  }

  [role='rowheader'] .hint {
    font-size: var(--nv-text-s);
    font-weight: 400;
  }

  /* What is written on them stands in line with the text above. */
  .assignment nv-asking-button,
  [role='cell'] > .plain {
    margin-inline-start: -0.5em;
  }

  /* Stands for the head of its column where there is none to be seen. */
  .column {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-s);
  }

  .answer {
    max-width: 34rem;
    scroll-margin-block: var(--nv-space-5);
  }

  .said:not(:empty) {
    margin-block-start: var(--nv-space-3);
    font-weight: 600;
  }

  .panel.apart {
    margin-block-start: 0;
    padding-block-start: 0;
  }

  .wide {
    grid-column: 1 / -1;
  }

  .heads {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  @media (min-width: 48rem) {
    [role='row'] {
      grid-template-columns: minmax(0, 4fr) minmax(0, 6fr) minmax(0, 4fr) 8.5rem;
      align-items: center;
    }

    .column {
      display: none;
    }

    .heads {
      position: static;
      width: auto;
      height: auto;
      overflow: visible;
      clip-path: none;
    }

    .heads [role='row'] {
      border: 0;
      padding-block: 0;
    }
  }
`
