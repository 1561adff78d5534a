import { css } from 'lit'

/** Three notices as a locked screen shows them, one under the other, and one of them chosen. */
export const noticesStyles = css`
  fieldset {
    display: grid;
    gap: var(--nv-space-3);
    margin: 0;
    padding: 0;
    border: 0;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .level {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--nv-space-3);
    min-height: var(--nv-target);
    cursor: pointer;
  }

  .level input {
    width: 1.75rem;
    height: 1.75rem;
    margin: 0;
    accent-color: var(--nv-accent);
  }

  .notice {
    display: grid;
    gap: var(--nv-space-1);
    padding: var(--nv-space-3) var(--nv-space-4);
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper-raised);
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .level input:checked + .notice {
    border-color: var(--nv-accent);
    box-shadow: 0 0 0 var(--nv-stroke) var(--nv-accent);
  }

  .app {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-s);
    font-weight: 400;
  }

  .actions {
    display: grid;
    gap: var(--nv-space-3);
    max-width: 26rem;
    margin-block-start: var(--nv-space-3);
  }

  .refusal {
    padding: var(--nv-space-3) var(--nv-space-4);
    border-inline-start: 4px solid var(--nv-straw);
    background: var(--nv-straw-wash);
  }
`
