import { css } from 'lit'

export const liveTextStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(5rem, 1fr) auto auto;
    gap: var(--nv-space-2);
    max-height: 45dvh;
    padding: var(--nv-space-2) var(--nv-gutter);
    background: var(--nv-paper);
  }

  header {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    column-gap: var(--nv-space-3);
  }

  h2 {
    font-size: var(--nv-text-l);
  }

  header p {
    grid-column: 1 / -1;
    font-size: var(--nv-text-s);
    color: var(--nv-ink-soft);
  }

  .lines {
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
    white-space: pre-wrap;
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
    unicode-bidi: plaintext;
  }

  .missing {
    font-style: italic;
  }

  [role='status'] {
    min-height: calc(var(--nv-text-s) * 1.4);
    font-size: var(--nv-text-s);
    line-height: 1.4;
  }

  textarea {
    display: block;
    width: 100%;
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
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--nv-space-3);
    align-items: end;
  }

  .writing .button {
    font-size: var(--nv-text-s);
  }

  /* Letters of double size on a small screen: the whole of it scrolls. */
  @media (max-width: 22rem) {
    :host {
      max-height: none;
    }

    .writing {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  /* Beside the picture there is all the height. */
  @media (min-width: 60rem) and (min-height: 34.01rem) {
    :host {
      height: 100%;
      max-height: none;
      padding: var(--nv-space-4);
    }
  }
`
