import { css } from 'lit'

/** Fields of the pages of staff: a label above, and room for a finger. */
export const staffFormStyles = css`
  .hint {
    color: var(--nv-ink-soft);
  }

  form,
  .panel {
    display: grid;
    gap: var(--nv-space-3);
    max-width: 34rem;
    margin-block-start: var(--nv-space-4);
  }

  .panel {
    padding: var(--nv-space-4);
    border-inline-start: 4px solid var(--nv-accent);
    background: var(--nv-paper-raised);
  }

  .panel form {
    margin: 0;
  }

  label,
  legend {
    font-weight: 600;
  }

  fieldset {
    display: grid;
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }

  .needed:not(:empty) {
    padding: var(--nv-space-2) var(--nv-space-3);
    border-inline-start: 4px solid var(--nv-stop);
    font-weight: 600;
  }

  .choice {
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-height: var(--nv-target);
    font-weight: 400;
  }

  .choice input {
    flex: none;
    width: 1.5rem;
    height: 1.5rem;
    margin: 0;
    accent-color: var(--nv-accent);
  }

  .field {
    display: grid;
    gap: var(--nv-space-1);
    min-width: 0;
  }

  .field input,
  .field select {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    min-height: var(--nv-target);
    padding: var(--nv-space-2) var(--nv-space-3);
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper-raised);
    color: var(--nv-ink);
    font: inherit;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--nv-space-3);
  }

  .link {
    font-family: ui-monospace, monospace;
    font-size: var(--nv-text-s);
    user-select: all;
  }
`
