import { css } from 'lit'

export const appointmentDialogStyles = css`
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

  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--nv-space-5);
  }

  .row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    gap: var(--nv-space-3);
  }

  form + .grave,
  .panel {
    margin-block-start: var(--nv-space-5);
  }

  #ask {
    font-weight: 600;
  }
`
