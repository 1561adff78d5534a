import { css } from 'lit'

/** The calendar's own theme: thin rules on paper, and today as a wash. */
export const gridStyles = css`
  :host {
    display: block;
    height: max(30rem, calc(100dvh - 23rem));
    --fc-sticky-header-footer-z: 3;
    --fc-popover-z: 4;
    font-size: var(--nv-text-s);
  }

  .view {
    border: 1px solid var(--nv-rule);
    border-radius: var(--nv-radius);
    background: var(--nv-paper-raised);
    overflow: clip;
  }

  .head {
    border-block-end: 1px solid var(--nv-rule);
    background: var(--nv-paper-raised);
  }

  .day-head {
    border-inline-start: 1px solid var(--nv-rule);
  }

  .day-words {
    display: inline-flex;
    align-items: baseline;
    gap: 0.35em;
    margin-block: 0.4rem;
  }

  .day-words .date {
    font-family: var(--nv-font-display);
    font-size: var(--nv-text-m);
  }

  .day-head.today .day-words {
    padding-inline: 0.6em;
    border-radius: 1em;
    background: var(--nv-accent);
    color: var(--nv-on-accent);
    font-weight: 600;
  }

  .lane {
    border-inline-start: 1px solid var(--nv-rule);
    cursor: cell;
  }

  .lane.today {
    background: color-mix(in srgb, var(--nv-straw-wash) 55%, transparent);
  }

  .slot {
    border-block-start: 1px solid var(--nv-rule);
  }

  .slot.half {
    border-block-start: 1px dotted var(--nv-rule);
  }

  .slot.quarter {
    border-block-start: 1px solid transparent;
  }

  .hour-words {
    padding: 0.1rem var(--nv-space-2);
    color: var(--nv-ink-soft);
    font-size: 0.875rem;
    line-height: 1.1;
    font-variant-numeric: tabular-nums;
  }

  .wished {
    border-radius: 0.5rem;
    background: color-mix(in srgb, var(--nv-accent) 25%, transparent);
  }

  .now {
    border-block-start: 2px solid var(--nv-stop);
  }

  .words {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    align-content: start;
    gap: 0 0.3em;
    min-width: 0;
    padding: 0.15rem 0.25rem;
    container-type: inline-size;
    /* The words are drawn anew as a block is lifted: a finger on one of them would be lost to the page with it. */
    pointer-events: none;
  }

  .who {
    flex: 1 1 100%;
  }

  /* It is still said to whoever hears it. Side by side with another there is room for when it begins and how. */
  @container (max-width: 9rem) {
    .until {
      position: absolute;
      width: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }

  /* How it stands says more than when it ends. */
  @container (max-width: 15rem) {
    .hours:has(+ .state) .until {
      position: absolute;
      width: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }

  .block {
    overflow: hidden;
    cursor: grab;
    margin-block-end: 1px;
  }

  .block.lifted {
    border-color: var(--nv-accent);
    box-shadow: var(--nv-lift);
  }

  /*
   * One line of whole words: what has no room in it goes to a second one, out of sight, the least important first.
   * It is still said to whoever hears it, and read when it is opened, and in the list.
   */
  .short .words {
    row-gap: 3rem;
    height: 100%;
    padding-block: 0.1rem;
    overflow: hidden;
  }

  .short .who {
    flex: 0 1 auto;
    max-width: 100%;
  }

  /* In a narrow column the words of how it stands may be cut off: that there are some is seen. */
  @container (max-width: 15rem) {
    .mark {
      display: inline-flex;
      color: var(--nv-stop);
    }
  }

  /* Beside another there is room for a name and nothing else: how it is held is seen by the edge, and heard. */
  @container (max-width: 7rem) {
    .short .who > svg {
      display: none;
    }

    .short .mark {
      position: absolute;
      inset-block-end: 1px;
      inset-inline-end: 1px;
    }

    .short .mark svg {
      width: 0.75rem;
      height: 0.75rem;
    }
  }

  .short .hours {
    order: 2;
  }

  .short .kind,
  .short .series {
    order: 3;
  }

  .short .until {
    position: absolute;
    width: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    .day-head.today .day-words {
      border: 2px solid Highlight;
    }
  }
`
