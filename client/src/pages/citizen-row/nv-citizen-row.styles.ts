import { css } from 'lit'

/** A ruled line of the list: who it is and how it stands at the left, what can be done at the right. */
export const citizenRowStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--nv-space-4);
    padding-block: var(--nv-space-3) var(--nv-space-4);
    border-block-start: 1px solid var(--nv-rule);
  }

  :host(:last-of-type) {
    border-block-end: 1px solid var(--nv-rule);
  }

  .name {
    font-family: var(--nv-font-display);
    font-size: clamp(var(--nv-text-l), 1.2rem + 0.8vw, 1.875rem);
    line-height: 1.2;
  }

  nv-presence {
    grid-area: 2 / 1;
    font-size: var(--nv-text-s);
  }

  .ring {
    grid-area: 1 / 2;
  }

  .more {
    grid-area: 2 / 2;
    align-self: start;
    justify-self: end;
  }

  .more svg {
    width: 1.1em;
    height: 1.1em;
  }

  [aria-expanded='true'] svg {
    rotate: 180deg;
  }

  nv-citizen-plans,
  .wide,
  nv-quiet-ring,
  nv-error-notice,
  nv-citizen-more {
    grid-column: 1 / -1;
  }

  .soft {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-s);
  }

  .phone {
    justify-self: start;
    margin-block-start: var(--nv-space-3);
  }

  nv-error-notice[code],
  nv-citizen-more {
    margin-block-start: var(--nv-space-4);
  }

  @media (max-width: 23rem) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }

    nv-presence,
    .ring,
    .more {
      grid-area: auto;
    }

    .ring {
      margin-block-start: var(--nv-space-3);
    }

    .more {
      justify-self: stretch;
    }

    .phone {
      justify-self: stretch;
    }
  }

  @media (min-width: 60rem) {
    :host {
      grid-template-columns: minmax(0, 1fr) 17rem minmax(10.5rem, auto);
    }

    nv-presence {
      grid-area: 1 / 2;
    }

    .ring {
      grid-area: 1 / 3;
    }

    .more {
      grid-area: 2 / 3;
      justify-self: stretch;
    }

    nv-citizen-plans {
      grid-area: 2 / 1 / auto / span 2;
    }
  }
`
