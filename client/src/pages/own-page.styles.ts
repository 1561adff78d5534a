import { css } from 'lit'

/** What stands on a citizen's own pages: a large heading, and calm rows with a thin rule between. */
export const ownPageStyles = css`
  h1 {
    font-size: var(--nv-text-2xl);
  }

  .rows {
    margin-block-start: var(--nv-space-2);
    padding-inline: var(--nv-space-4);
    border: 1px solid transparent;
    border-radius: var(--nv-radius-large);
    background: var(--nv-paper-raised);
    box-shadow: var(--nv-lift);
  }

  .rows > * + * {
    border-block-start: 1px solid var(--nv-rule);
  }

  /* A whole line to press. */
  .row {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: var(--nv-space-3);
    width: 100%;
    min-height: calc(var(--nv-target) + var(--nv-space-3));
    margin: 0;
    padding: var(--nv-space-2) 0;
    border: 0;
    background: none;
    color: var(--nv-ink);
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }

  .row svg {
    color: var(--nv-accent);
  }

  /* The words take the room between what it is about and where it leads. */
  .row span {
    flex: 1;
  }

  .row svg:last-child:not(:first-child) {
    width: 1.2em;
    color: var(--nv-edge);
  }

  .row:hover {
    color: var(--nv-accent);
  }

  .soft {
    color: var(--nv-ink-soft);
  }

  @media (max-height: 40rem) {
    h1 {
      font-size: var(--nv-text-l);
    }

    .rows {
      margin-block-start: 0;
    }

    .row {
      min-height: 3rem;
      padding-block: var(--nv-space-1);
    }

    .row svg:first-child {
      display: none;
    }
  }
`
