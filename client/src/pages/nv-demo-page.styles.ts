import { css } from 'lit'

export const demoStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--nv-space-6);
    max-width: 72rem;
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

  .intro,
  .how,
  .people {
    display: grid;
    gap: var(--nv-space-4);
    align-content: start;
    justify-items: start;
  }

  .about {
    font-size: var(--nv-text-l);
  }

  .how {
    padding-block-start: var(--nv-space-4);
    border-block-start: 1px solid var(--nv-rule);
  }

  ol {
    display: grid;
    gap: var(--nv-space-2);
    margin: 0;
    padding-inline-start: 1.4em;
  }

  ol li::marker {
    color: var(--nv-accent);
    font-family: var(--nv-font-display);
  }

  dl,
  dd {
    margin: 0;
  }

  dl {
    display: grid;
    gap: var(--nv-space-1);
  }

  dt {
    color: var(--nv-ink-soft);
  }

  dd {
    display: flex;
    align-items: center;
    min-height: 3rem;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  dd.here {
    min-height: 2rem;
    margin-block-end: var(--nv-space-2);
  }

  .address {
    display: inline-flex;
    align-items: center;
    min-height: 3rem;
  }

  [role='list'] {
    display: grid;
    gap: var(--nv-space-2);
    width: 100%;
    max-width: 26rem;
  }

  [role='list'] .button {
    width: 100%;
    justify-content: start;
    text-align: start;
  }

  .people h2:not(:first-of-type) {
    margin-block-start: var(--nv-space-4);
  }

  @media (min-width: 60rem) {
    :host {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) 24rem;
      grid-template-areas: 'intro people' 'how people';
      column-gap: clamp(3rem, 8vw, 8rem);
      padding-block-start: var(--nv-space-7);
    }

    .intro {
      grid-area: intro;
    }

    .how {
      grid-area: how;
    }

    .people {
      grid-area: people;
      padding-block-start: var(--nv-space-3);
    }
  }
`
