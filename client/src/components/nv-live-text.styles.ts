import { css } from 'lit'

export const liveTextStyles = css`
  :host {
    display: grid;
    grid-template:
      'header' auto
      'lines' minmax(4rem, 1fr)
      'status' auto
      'writing' auto / minmax(0, 1fr);
    gap: var(--nv-space-1) var(--nv-space-4);
    max-height: 45dvh;
    padding: var(--nv-space-2) var(--nv-gutter);
    background: var(--nv-paper);
  }

  header {
    grid-area: header;
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    column-gap: var(--nv-space-3);
  }

  h2 {
    font-size: var(--nv-text-l);
  }

  .hint {
    font-size: var(--nv-text-s);
    color: var(--nv-ink-soft);
  }

  .lines {
    grid-area: lines;
    display: flex;
    flex-direction: column;
    gap: var(--nv-space-2);
    min-height: 0;
    margin: 0;
    padding: var(--nv-space-1);
    overflow-y: auto;
    overscroll-behavior: contain;
    /* Who writes from right to left does not turn the rest around. */
    unicode-bidi: isolate;
  }

  /* The newest stands next to the field, also while there are few. */
  .lines > :first-child {
    margin-block-start: auto;
  }

  .line {
    max-width: 88%;
    padding: var(--nv-space-2) var(--nv-space-3);
    border-radius: var(--nv-radius);
    font-size: var(--nv-text-m);
    line-height: 1.35;
  }

  .own {
    align-self: end;
    border: var(--nv-stroke) solid var(--nv-accent);
    background: var(--nv-paper-raised);
  }

  .other {
    align-self: start;
    border: var(--nv-stroke) solid transparent;
    background: var(--nv-straw-wash);
  }

  .who {
    display: block;
    font-size: var(--nv-text-s);
    font-weight: 600;
  }

  .text {
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }

  .missing {
    font-style: italic;
  }

  [role='status'] {
    grid-area: status;
    min-height: calc(var(--nv-text-s) * 1.4);
    font-size: var(--nv-text-s);
    line-height: 1.4;
  }

  textarea {
    display: block;
    min-width: 0;
    min-height: 4.25rem;
    margin: 0;
    padding: var(--nv-space-2) var(--nv-space-3);
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper-raised);
    color: var(--nv-ink);
    font: inherit;
    font-size: var(--nv-text-m);
    line-height: 1.35;
    resize: none;
  }

  .writing {
    grid-area: writing;
    display: flex;
    flex-wrap: wrap;
    gap: var(--nv-space-3);
    align-items: end;
  }

  .writing textarea {
    flex: 1 1 8rem;
  }

  .writing .button {
    font-size: var(--nv-text-s);
  }

  /* A phone on its side: the field stands beside what was written. */
  @media (max-height: 34rem) and (min-width: 36rem) {
    :host {
      grid-template:
        'header writing' auto
        'lines writing' minmax(3rem, 1fr)
        'status writing' auto / minmax(0, 1fr) minmax(0, 1fr);
    }

    .writing {
      flex-flow: column nowrap;
      align-items: stretch;
    }

    .writing textarea {
      flex: 1 1 4rem;
      min-height: 3rem;
    }
  }

  /* Beside the picture there is all the height. */
  @media (min-width: 60rem) and (min-height: 34.01rem) {
    :host {
      /* It takes the height that there is, and asks for none. */
      contain: size;
      height: 100%;
      max-height: none;
      padding: var(--nv-space-4);
    }
  }
`
