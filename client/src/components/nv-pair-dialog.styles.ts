import { css } from 'lit'

/** What the dialog of pairing has besides the looks of any dialog: room for a code that is read aloud. */
export const pairDialogStyles = css`
  dialog {
    width: min(100vw, 40rem);
  }

  dialog,
  .stage {
    gap: var(--nv-space-4);
    justify-items: start;
  }

  dialog[open],
  .stage {
    display: grid;
  }

  h3 {
    margin: 0;
    font-size: var(--nv-text-m);
  }

  .code {
    font-family: var(--nv-font-display);
    font-size: clamp(2.5rem, 13vw, 5rem);
    font-variant-numeric: tabular-nums;
    line-height: 1;
    letter-spacing: 0.06em;
  }

  .qr {
    width: min(60vw, 14rem);
    height: auto;
  }

  .ask {
    font-size: var(--nv-text-l);
  }

  [role='list'] {
    display: grid;
    gap: var(--nv-space-3);
    width: 100%;
  }

  .since {
    color: var(--nv-ink-soft);
  }
`
