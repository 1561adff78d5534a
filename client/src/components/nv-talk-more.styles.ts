import { css } from 'lit'

export const talkMoreStyles = css`
  dialog {
    width: min(100%, 34rem);
    max-width: 100%;
    max-height: 85dvh;
    margin-block: auto 0;
    padding: var(--nv-space-4) var(--nv-gutter) max(var(--nv-space-4), env(safe-area-inset-bottom));
    border: var(--nv-stroke) solid var(--nv-edge);
    border-block-end: 0;
    border-radius: var(--nv-radius) var(--nv-radius) 0 0;
    background: var(--nv-paper);
    color: var(--nv-ink);
    overflow: auto;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }

  h2 {
    margin-block-end: var(--nv-space-3);
    font-size: var(--nv-text-l);
  }

  .rows {
    display: grid;
    gap: var(--nv-space-2);
    margin-block-end: var(--nv-space-3);
  }

  @media (min-width: 48rem) and (min-height: 34.01rem) {
    dialog {
      margin-block: auto;
      border-block-end: var(--nv-stroke) solid var(--nv-edge);
      border-radius: var(--nv-radius);
    }
  }
`
