import { css } from 'lit'

/** A ruled sheet: names in ink, thin lines between them, and a margin for what belongs to the reader. */
export const citizensStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--nv-space-5);
    max-width: 78rem;
    min-height: 100vh;
    min-height: 100dvh;
    align-content: start;
    margin-inline: auto;
    padding: var(--nv-space-4) var(--nv-gutter) var(--nv-space-7);
    font-size: var(--nv-text-m);
  }

  .margin {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--nv-space-4);
  }

  .brand {
    flex: 1 0 100%;
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-l);
    color: var(--nv-accent);
  }

  .margin .plain,
  .talks {
    margin-inline-start: -0.4em;
  }

  .me {
    color: var(--nv-ink-soft);
  }

  .me strong {
    color: var(--nv-ink);
  }

  h1 {
    margin-block-end: var(--nv-space-4);
    font-size: var(--nv-text-2xl);
  }

  .none {
    font-size: var(--nv-text-l);
  }

  @media (min-width: 60rem) {
    :host {
      grid-template-columns: 14rem minmax(0, 1fr);
      column-gap: clamp(2rem, 6vw, 6rem);
      padding-block-start: var(--nv-space-7);
    }

    .margin {
      flex-direction: column;
      align-items: start;
      align-self: start;
      gap: var(--nv-space-3);
      position: sticky;
      inset-block-start: var(--nv-space-7);
    }

    .brand {
      flex: none;
      line-height: var(--nv-text-2xl);
    }

    .me strong {
      display: block;
    }
  }
`
