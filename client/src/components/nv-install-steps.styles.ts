import { css } from 'lit'

/** Four small pictures with a sentence each; words alone where a screen is too small for both. */
export const installStyles = css`
  h1 {
    font-size: var(--nv-text-xl);
  }

  ol {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--nv-space-4) var(--nv-space-3);
    margin: var(--nv-space-2) 0 0;
    padding: 0;
    list-style: none;
    counter-reset: step;
    font-size: var(--nv-text-s);
    max-width: 30rem;
  }

  li {
    display: grid;
    grid-template-columns: 1.3em minmax(0, 1fr);
    align-content: start;
    line-height: 1.25;
    counter-increment: step;
  }

  li::before {
    content: counter(step);
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-l);
    line-height: 1;
    color: var(--nv-accent);
  }

  li .drawing {
    grid-column: 1 / -1;
    order: -1;
    max-width: 11rem;
    margin-block-end: var(--nv-space-2);
  }

  small {
    display: block;
    font-size: var(--nv-text-s);
    color: var(--nv-ink-soft);
  }

  @media (max-height: 50rem), (max-width: 22rem) {
    ol {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--nv-space-3);
      font-size: var(--nv-text-m);
    }

    li {
      grid-template-columns: 1.4em minmax(0, 1fr) auto;
      align-items: center;
    }

    li .drawing {
      grid-column: 3;
      grid-row: 1;
      order: 0;
      width: 5rem;
      margin: 0;
    }
  }

  @media (max-height: 42rem) and (max-width: 36rem) {
    li .drawing {
      display: none;
    }

    ol {
      gap: var(--nv-space-2);
    }
  }

  @media (max-height: 34rem) and (min-width: 36rem) {
    ol {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }

  .why,
  .warning {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-m);
    line-height: 1.35;
  }

  @media (max-height: 42rem) {
    .why,
    .warning {
      font-size: var(--nv-text-s);
    }
  }

  .address {
    font-size: var(--nv-text-m);
    overflow-wrap: anywhere;
  }
`
