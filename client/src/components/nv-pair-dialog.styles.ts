import { css } from 'lit'

export const pairDialogStyles = css`
  dialog {
    box-sizing: border-box;
    width: min(100vw, 40rem);
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

  dialog,
  .stage {
    gap: var(--nv-space-4);
    justify-items: start;
  }

  dialog[open],
  .stage {
    display: grid;
  }

  h2 {
    font-size: var(--nv-text-l);
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

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--nv-space-3);
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
