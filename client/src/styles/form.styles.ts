import { css } from 'lit'

/** Words above a field, and fields as large as buttons. */
export const formStyles = css`
  form {
    display: grid;
    gap: var(--nv-space-4);
    justify-items: start;
    width: 100%;
    max-width: 30rem;
  }

  label {
    display: grid;
    gap: var(--nv-space-1);
    width: 100%;
    font-size: var(--nv-text-m);
    font-weight: 600;
  }

  label small {
    font-size: var(--nv-text-s);
    font-weight: 400;
    color: var(--nv-ink-soft);
  }

  input {
    min-height: var(--nv-target);
    width: 100%;
    margin: 0;
    padding: var(--nv-space-2) var(--nv-space-3);
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper-raised);
    color: var(--nv-ink);
    font: inherit;
    font-weight: 400;
  }
`
