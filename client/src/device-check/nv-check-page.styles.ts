import { css } from 'lit'

/** One thing at a time: what is asked, what is seen or heard, and large buttons below. */
export const checkStyles = css`
  nv-video-tile {
    width: min(100%, 24rem);
    aspect-ratio: 4 / 3;
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
  }

  .where {
    color: var(--nv-ink-soft);
  }

  .level {
    display: grid;
    gap: var(--nv-space-2);
    width: min(100%, 24rem);
  }

  meter {
    width: 100%;
    height: 2rem;
  }

  .actions {
    display: grid;
    gap: var(--nv-space-3);
    width: min(100%, 24rem);
    margin-block-start: var(--nv-space-3);
  }

  .found {
    display: grid;
    gap: 0 var(--nv-space-4);
    margin: 0;
    padding: 0;
    list-style: none;
    border-block-end: 1px solid var(--nv-rule);
  }

  .found li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0 var(--nv-space-4);
    min-height: calc(var(--nv-target) + var(--nv-space-2));
    border-block-start: 1px solid var(--nv-rule);
  }

  .works {
    color: var(--nv-go);
  }

  h2 {
    margin-block-start: var(--nv-space-4);
    font-size: var(--nv-text-l);
  }
`
