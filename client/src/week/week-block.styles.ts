import { css } from 'lit'

/** An appointment, in the grid and in the list: its kind by icon, word, and the line at its edge. */
export const blockStyles = css`
  .block {
    border: 1px solid var(--nv-rule);
    border-inline-start: 5px solid var(--nv-accent);
    border-radius: 0.5rem;
    background: var(--nv-paper-raised);
    color: var(--nv-ink);
    font-size: var(--nv-text-s);
    line-height: 1.25;
    text-align: start;
  }

  .block.video {
    background: color-mix(in srgb, var(--nv-accent) 12%, var(--nv-paper-raised));
  }

  .block.visit {
    border-inline-start-color: var(--nv-straw);
    background: var(--nv-straw-wash);
  }

  .block.phone {
    border-inline-start: 5px double var(--nv-ink-soft);
  }

  .block.off {
    border-style: dashed;
    background: var(--nv-paper);
  }

  .block.off b,
  .block.off .hours {
    text-decoration: line-through;
  }

  .block.draft {
    border-style: dashed;
    border-color: var(--nv-accent);
    box-shadow: var(--nv-lift);
  }

  .who {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    min-width: 0;
  }

  .block {
    hyphens: manual;
  }

  .who b {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .hours,
  .kind {
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }

  .series {
    display: inline-flex;
    align-items: center;
    color: var(--nv-ink-soft);
  }

  .who svg {
    width: 1.15em;
    height: 1.15em;
  }

  .mark {
    display: none;
  }

  .series svg {
    width: 1em;
    height: 1em;
  }

  .state {
    font-size: 0.875rem;
    font-weight: 600;
  }

  @media (forced-colors: active) {
    .block {
      border-color: CanvasText;
    }

    .block.off {
      border-color: GrayText;
    }
  }
`
