import { css } from 'lit'

/** The log: when, what and who side by side where there is room, and ids that can be copied whole. */
export const auditorStyles = css`
  .filter {
    align-items: end;
    max-width: none;
  }

  .id,
  .details {
    font-family: ui-monospace, monospace;
    font-size: var(--nv-text-s);
    overflow-wrap: anywhere;
  }

  .id {
    display: block;
    user-select: all;
  }

  .details {
    white-space: pre-line;
  }

  .details,
  .soft {
    color: var(--nv-ink-soft);
  }

  .soft {
    font-weight: 400;
  }

  .what {
    font-weight: 600;
  }

  .result {
    margin-block: var(--nv-space-3);
  }

  .result.bad {
    padding-inline-start: var(--nv-space-3);
    border-inline-start: 4px solid var(--nv-stop);
    font-weight: 600;
  }

  @media (min-width: 48rem) {
    .filter {
      grid-template-columns: minmax(0, 1fr) minmax(9.5rem, auto) minmax(9.5rem, auto) auto;
    }

    [role='row'] {
      grid-template-columns: minmax(0, 4fr) minmax(0, 5fr) minmax(0, 6fr);
      align-items: start;
    }
  }

  @media (min-width: 66rem) {
    [role='row'] {
      grid-template-columns: 17.5rem minmax(0, 1fr) 22.5rem;
    }

    [role='row'] .id {
      white-space: nowrap;
    }
  }
`
