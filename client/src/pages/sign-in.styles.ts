import { css } from 'lit'

/** One narrow column of words and fields, read from top to bottom. */
export const signInStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--nv-space-5);
    align-content: start;
    justify-items: start;
    max-width: 34rem;
    min-height: 100vh;
    min-height: 100dvh;
    margin-inline: auto;
    padding: var(--nv-space-6) var(--nv-gutter) var(--nv-space-7);
    font-size: var(--nv-text-m);
  }

  h1 {
    font-size: var(--nv-text-2xl);
  }

  h2 {
    font-size: var(--nv-text-l);
  }

  .brand {
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-l);
    color: var(--nv-accent);
  }

  .ended {
    padding: var(--nv-space-3) var(--nv-space-4);
    border-inline-start: 4px solid var(--nv-accent);
    background: var(--nv-paper-raised);
  }

  .ways,
  .step {
    display: grid;
    gap: var(--nv-space-3);
    justify-items: start;
    width: 100%;
  }

  .ways .button {
    width: 100%;
    max-width: 26rem;
  }

  .apart {
    width: 100%;
    padding-block-start: var(--nv-space-4);
    border-block-start: 1px solid var(--nv-rule);
    color: var(--nv-ink-soft);
  }

  .qr {
    width: min(100%, 15rem);
    height: auto;
    padding: var(--nv-space-3);
    border-radius: var(--nv-radius);
    /* Cameras read dark on light, also in the dark scheme. */
    background: #ffffff;
    color: #000000;
  }

  .seed {
    padding: var(--nv-space-2) var(--nv-space-3);
    background: var(--nv-paper-raised);
    font-family: 'DejaVu Sans Mono', Menlo, Consolas, monospace;
    user-select: all;
  }

  [role='list'] {
    width: 100%;
  }

  [role='listitem'] {
    display: grid;
    gap: var(--nv-space-2);
    justify-items: start;
    padding-block: var(--nv-space-4);
    border-block-start: 1px solid var(--nv-rule);
  }

  .when {
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-l);
  }
`
