import { css } from 'lit'

/** A window over the page of staff: a sheet of paper as wide as its lines are read well, or as the screen. */
export const dialogStyles = css`
  dialog {
    box-sizing: border-box;
    width: min(100vw, 34rem);
    max-width: 100vw;
    max-height: 100dvh;
    padding: var(--nv-space-5) var(--nv-gutter);
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper);
    color: var(--nv-ink);
    font-size: var(--nv-text-m);
    overflow: auto;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 50%);
  }

  h2 {
    font-size: var(--nv-text-l);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--nv-space-3);
  }
`
