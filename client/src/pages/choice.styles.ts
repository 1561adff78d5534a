import { css } from 'lit'

/** The citizen's pages of questions: one thing, large, and the answers below it. */
export const choiceStyles = css`
  h1 {
    font-size: var(--nv-text-xl);
  }

  .count {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-m);
  }

  .line {
    min-height: 4.2em;
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-xl);
    line-height: 1.25;
    text-wrap: balance;
  }

  .actions {
    display: grid;
    gap: var(--nv-space-3);
  }
`
