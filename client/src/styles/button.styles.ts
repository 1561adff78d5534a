import { css } from 'lit'

/**
 * Native buttons and links that look like one. Always an icon and words.
 *
 * - `.button`: an outlined one
 * - `.primary`: what one most likely came for
 * - `.go`: answers; `.go-quiet` answers too, less loudly
 * - `.stop`: hangs up, nothing else
 * - `.grave`: takes something from somebody, or asks whether to
 * - `.plain`: words with a target around them
 */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.6em;
    min-height: var(--nv-target);
    min-width: var(--nv-target);
    margin: 0;
    padding: var(--nv-space-2) 1.1em;
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: transparent;
    color: var(--nv-ink);
    font: inherit;
    font-size: var(--nv-text-m);
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }

  /* Only under the pointer: a button that changes its rank could not be read on the way between colours. */
  .button:hover {
    border-color: var(--nv-ink);
    transition:
      background-color var(--nv-quick),
      border-color var(--nv-quick);
  }

  .primary {
    border-color: var(--nv-accent);
    background: var(--nv-accent);
    color: var(--nv-on-accent);
  }

  .primary:hover,
  .primary:active {
    border-color: var(--nv-accent-strong);
    background: var(--nv-accent-strong);
  }

  .go {
    border-color: var(--nv-go);
    background: var(--nv-go);
    color: var(--nv-on-go);
  }

  .go:hover,
  .go:active {
    border-color: var(--nv-go-strong);
    background: var(--nv-go-strong);
  }

  .go-quiet {
    border-color: var(--nv-go);
    color: var(--nv-go);
  }

  .go-quiet:hover,
  .go-quiet:active {
    border-color: var(--nv-go-strong);
    color: var(--nv-go-strong);
  }

  .stop {
    border-color: var(--nv-stop);
    background: var(--nv-stop);
    color: var(--nv-on-stop);
  }

  .stop:hover,
  .stop:active {
    border-color: var(--nv-stop-strong);
    background: var(--nv-stop-strong);
  }

  .grave,
  .grave:hover {
    border-color: var(--nv-stop);
  }

  .grave:hover {
    text-decoration: underline;
    text-underline-offset: 0.22em;
  }

  .plain {
    padding-inline: 0.4em;
    border-color: transparent;
    color: var(--nv-accent);
  }

  .plain:hover {
    border-color: transparent;
    text-decoration: underline;
    text-underline-offset: 0.22em;
  }

  .button[aria-disabled='true'] {
    cursor: progress;
    opacity: 0.75;
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }

    .primary,
    .go,
    .stop {
      border-width: 4px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .button:hover {
      transition: none;
    }
  }
`
