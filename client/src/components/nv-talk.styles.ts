import { css } from 'lit'

export const talkStyles = css`
  :host {
    display: grid;
    grid-template:
      'stage' minmax(11rem, 1fr)
      'text' auto
      'notices' auto
      'controls' auto / minmax(0, 1fr);
    position: relative;
    min-height: 100vh;
    min-height: 100dvh;
  }

  .stage {
    grid-area: stage;
    position: relative;
    min-height: 0;
  }

  .text {
    grid-area: text;
    max-height: 45dvh;
    min-height: 0;
    overflow: auto;
  }

  .notices {
    grid-area: notices;
  }

  nv-call-controls {
    grid-area: controls;
  }

  /* Wide enough: what is written stands beside the picture, and takes nothing of its height. */
  @media (min-width: 60rem) and (min-height: 34.01rem) {
    :host([writing]) {
      grid-template:
        'stage text' minmax(11rem, 1fr)
        'notices notices' auto
        'controls controls' auto / minmax(0, 1fr) clamp(20rem, 30vw, 28rem);
    }

    .text {
      max-height: none;
    }
  }

  /* While one writes on a small screen, the field is worth more than the picture. */
  @media (max-height: 40rem) and (max-width: 36rem) {
    :host([writing]) {
      grid-template-rows: minmax(5rem, 1fr) auto auto auto;
    }
  }

  .remote {
    position: absolute;
    inset: 0;
  }

  .no-picture {
    position: absolute;
    inset: 0;
    /* The video goes on below: it must draw to be known to be there. */
    background: var(--nv-paper);
    display: grid;
    grid-template-rows: minmax(0, auto) auto auto;
    align-content: center;
    justify-items: center;
    gap: var(--nv-space-2);
    padding: var(--nv-space-4) var(--nv-gutter);
    font-size: var(--nv-text-l);
    text-align: center;
    text-wrap: balance;
  }

  .no-picture nv-rings {
    width: min(100%, 26rem);
    min-height: 0;
    max-height: 100%;
    margin-block-end: var(--nv-space-3);
  }

  .name {
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-xl);
    line-height: var(--nv-line-tight);
  }

  .sound {
    justify-self: center;
    margin: var(--nv-space-3) var(--nv-gutter) 0;
  }

  .self {
    position: absolute;
    inset-block-end: var(--nv-space-3);
    inset-inline-end: var(--nv-space-3);
    width: clamp(5.5rem, 22vmin, 11rem);
    aspect-ratio: 3 / 4;
    border-radius: var(--nv-radius);
    outline: 3px solid var(--nv-paper-raised);
  }

  .notices {
    display: grid;
    font-size: var(--nv-text-m);
    line-height: 1.35;
  }

  /* A short sentence stands in the middle; a long one begins each line at the same place. */
  .notices p {
    width: fit-content;
    max-width: 44rem;
    margin-inline: auto;
    padding: var(--nv-space-2) var(--nv-gutter) 0;
    text-wrap: pretty;
  }

  .remedies {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--nv-space-2);
    padding: var(--nv-space-2) var(--nv-gutter) 0;
  }

  .remedies:not(:has(button)) {
    display: none;
  }

  .notices .not-alone {
    display: flex;
    align-items: center;
    gap: 0.6em;
    max-width: min(44rem, 100% - 2 * var(--nv-space-3));
    margin-block-start: var(--nv-space-2);
    padding: var(--nv-space-2) var(--nv-space-4);
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper-raised);
    font-weight: 600;
  }

  .text[hidden] {
    display: none;
  }

  /* With very large letters the page scrolls; hanging up stays in sight. */
  nv-call-controls {
    position: sticky;
    inset-block-end: 0;
    padding: var(--nv-space-3) var(--nv-space-3) max(var(--nv-space-3), env(safe-area-inset-bottom));
    background: var(--nv-paper);
  }

  /* Nor may they hide the field that somebody writes in. */
  @media (max-width: 27rem) {
    :host([writing]) nv-call-controls {
      position: static;
    }
  }

  @media (min-width: 48rem) and (min-height: 34.01rem) {
    .self {
      aspect-ratio: 4 / 3;
      width: clamp(11rem, 17vw, 15rem);
      inset-block-end: var(--nv-space-4);
      inset-inline-end: var(--nv-space-4);
    }

    nv-call-controls {
      padding: var(--nv-space-4) var(--nv-gutter)
        max(var(--nv-space-4), env(safe-area-inset-bottom));
    }
  }

  /* A phone on its side: a column of buttons leaves the height to the picture. */
  @media (max-height: 34rem) and (min-width: 36rem) {
    :host {
      grid-template:
        'stage controls' minmax(8rem, 1fr)
        'text controls' auto
        'notices controls' auto / minmax(0, 1fr) 15rem;
    }

    .notices {
      font-size: var(--nv-text-s);
    }

    .notices p:last-child {
      padding-block-end: var(--nv-space-2);
    }

    nv-call-controls {
      align-self: end;
      padding: var(--nv-space-2) max(var(--nv-space-3), env(safe-area-inset-right))
        var(--nv-space-2) var(--nv-space-3);
    }
  }
`
