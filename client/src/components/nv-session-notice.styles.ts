import { css } from 'lit'

/** What warns of the end of a session: a dialog, or a strip above a talk. */
export const sessionNoticeStyles = css`
  :host {
    display: contents;
  }

  dialog[open] {
    display: grid;
    gap: var(--nv-space-4);
    justify-items: start;
  }

  .strip {
    position: fixed;
    z-index: 3;
    inset-block-start: 0;
    inset-inline: 0;
    display: flex;
    flex-wrap: wrap;
    gap: var(--nv-space-3);
    align-items: center;
    justify-content: center;
    padding: var(--nv-space-3) var(--nv-gutter);
    border-block-end: 4px solid var(--nv-straw);
    background: var(--nv-straw-wash);
    color: var(--nv-ink);
    font-size: var(--nv-text-m);
  }
`
