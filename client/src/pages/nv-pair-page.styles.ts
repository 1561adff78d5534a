import { css } from 'lit'

export const pairStyles = css`
  h1 {
    font-size: var(--nv-text-2xl);
  }

  form {
    margin-block-start: var(--nv-space-2);
    display: grid;
    gap: var(--nv-space-3);
    justify-items: start;
  }

  label {
    font-size: var(--nv-text-m);
    font-weight: 600;
  }

  input {
    box-sizing: border-box;
    width: min(100%, 9em);
    min-height: var(--nv-target);
    padding: 0.1em 0.4em;
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper-raised);
    color: var(--nv-ink);
    font: inherit;
    font-size: var(--nv-text-xl);
    letter-spacing: 0.12em;
  }

  .trouble:empty {
    display: none;
  }

  .trouble {
    padding: var(--nv-space-3) var(--nv-space-4);
    border-inline-start: 4px solid var(--nv-stop);
    background: var(--nv-paper-raised);
    font-size: var(--nv-text-m);
  }

  .scan {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-m);
  }

  .plain {
    justify-self: start;
    margin-inline-start: calc(-0.4em - var(--nv-stroke));
  }

  nv-duty-phone {
    margin-block-start: var(--nv-space-3);
  }

  .digits {
    font-family: var(--nv-font-display);
    font-size: clamp(4rem, 22vw, 8rem);
    line-height: 1;
    letter-spacing: 0.08em;
  }
`
