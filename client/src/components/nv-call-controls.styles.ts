import { css } from 'lit'

export const callControlsStyles = css`
  /* Asked for room in letters, not in pixels: large letters get the layout of a small screen. */
  :host {
    container-type: inline-size;
  }

  .bar {
    display: grid;
    /* A finger that is aimed at the tools must not hang up. */
    gap: max(var(--nv-space-5), 1.375rem);
    max-width: 60rem;
    margin-inline: auto;
  }

  .tools {
    display: grid;
    grid-auto-flow: column;
    /* As wide as each other, but never so narrow that a word must be broken. */
    grid-auto-columns: minmax(min-content, 1fr);
    gap: var(--nv-space-2);
  }

  /* Hanging up has a line of its own, away from what is pressed during a talk. */
  .ends {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
    gap: var(--nv-space-2);
  }

  .button {
    gap: 0.4em;
    overflow-wrap: normal;
    hyphens: manual;
    min-height: 3.5rem;
    padding: var(--nv-space-1);
    font-size: var(--nv-text-s);
  }

  /* The icons stand in one line, however many lines the words below them take. */
  .tools .button {
    flex-direction: column;
    justify-content: start;
    gap: 0.25em;
    min-height: 4.5rem;
    padding-inline: 0.125rem;
    padding-block-start: 0.65em;
  }

  .button svg {
    width: 1.375rem;
    height: 1.375rem;
  }

  /* As large as the longer of its two labels: nothing moves when the label changes. */
  .label {
    display: grid;
    min-width: 0;
  }

  .label > span,
  .label::after {
    grid-area: 1 / 1;
    align-self: center;
  }

  .label::after {
    content: attr(data-other) / '';
    visibility: hidden;
  }

  @container (min-width: 40rem) {
    .bar {
      grid-template-columns: minmax(0, 4fr) minmax(0, 2fr);
      gap: var(--nv-space-5);
    }

    .tools,
    .ends {
      gap: var(--nv-space-3);
    }

    .ends {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }

    .ends .button {
      min-height: 4.5rem;
    }
  }

  @container (min-width: 60rem) {
    .bar {
      max-width: 70rem;
    }

    .tools .button {
      flex-direction: row;
      justify-content: center;
      gap: 0.5em;
      padding-block: var(--nv-space-1);
    }

    .button,
    .tools .button,
    .ends .button {
      min-height: 3.75rem;
    }
  }

  /* Little room for the letters: no larger than a word is wide. */
  @container (max-width: 19rem) {
    .tools {
      grid-auto-flow: row;
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    .ends {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }

    .button {
      font-size: min(var(--nv-text-s), 7.2cqi);
    }
  }

  /* A phone on its side: a column of buttons leaves the height to the picture. */
  @media (max-height: 34rem) and (min-width: 36rem) {
    .bar {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--nv-space-3);
    }

    .tools,
    .ends {
      grid-auto-flow: row;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--nv-space-2);
    }

    .ends {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }

    .ends .button,
    .tools .button {
      min-height: 3.25rem;
    }
  }

  /* In a pause there is one thing to do, as wide as all the others together. */
  .bar .tools.paused {
    grid-template-columns: minmax(0, 1fr);
  }

  .bar .tools.paused .button {
    flex-direction: row;
    justify-content: center;
    gap: 0.5em;
    padding-block: var(--nv-space-1);
    font-size: var(--nv-text-m);
  }
`
