import { css } from 'lit'

/** The next appointment is what the page is about; everything else about it is quieter. */
export const homeAppointmentStyles = css`
  :host {
    display: grid;
    gap: var(--nv-space-2);
  }

  :host([is-new]) {
    pointer-events: none;
  }

  .words {
    display: grid;
    gap: var(--nv-space-3);
  }

  .words:focus {
    outline: none;
  }

  .words:empty,
  .buttons:empty {
    display: none;
  }

  .next {
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-2xl);
    line-height: var(--nv-line-tight);
    text-wrap: balance;
  }

  .next.second,
  :host([isaside]) .next {
    font-size: var(--nv-text-xl);
  }

  .how {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-m);
  }

  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: start;
    gap: 0 var(--nv-space-3);
    padding: var(--nv-space-3) var(--nv-space-4);
    border-radius: var(--nv-radius-large);
    background: var(--nv-straw-wash);
    font-size: var(--nv-text-m);
    line-height: 1.35;
  }

  .line svg {
    margin-block-start: -0.05em;
    color: var(--nv-accent);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--nv-space-4);
  }

  .buttons .button {
    margin-inline-start: calc(-0.4em - var(--nv-stroke));
    text-align: start;
  }

  .question {
    display: flex;
    align-items: center;
    min-height: var(--nv-target);
    font-size: var(--nv-text-m);
    font-weight: 600;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--nv-space-2) var(--nv-space-3);
    margin-block-start: var(--nv-space-2);
  }

  .answers .button {
    flex: 1 1 auto;
  }

  @media (max-height: 42rem) {
    .words {
      gap: var(--nv-space-2);
    }

    .next {
      font-size: var(--nv-text-xl);
    }

    .next.second,
    :host([isaside]) .next {
      font-size: var(--nv-text-l);
    }

    .how {
      font-size: var(--nv-text-s);
    }

    .line {
      padding: var(--nv-space-2) var(--nv-space-3);
      font-size: var(--nv-text-s);
    }

    .line svg {
      display: none;
    }

    .line p {
      grid-column: 1 / -1;
    }

    .buttons .button,
    .answers .button {
      font-size: var(--nv-text-s);
    }
  }

  @media (forced-colors: active) {
    .line {
      border: 1px solid CanvasText;
    }
  }
`
