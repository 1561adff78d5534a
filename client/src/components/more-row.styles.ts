import { css } from 'lit'

/** A row of `nv-talk-more`: a button as wide as the sheet, its icon and words at the beginning of the line. */
export const moreRowStyles = css`
  .row {
    width: 100%;
    min-height: 3.5rem;
    justify-content: start;
    padding-inline: var(--nv-space-3);
    text-align: start;
  }
`
