import { css } from 'lit'

export const sessionNoticeStyles = css`
  :host {
    display: contents;
  }

  dialog[open] {
    display: grid;
    gap: var(--nv-space-4);
    justify-items: start;
    width: min(calc(100vw - 2 * var(--nv-gutter)), 34rem);
    max-height: 100dvh;
    padding: var(--nv-space-5) var(--nv-gutter);
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
    background: var(--nv-paper);
    color: var(--nv-ink);
    font-size: var(--nv-text-m);
    overflow: auto;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 50%);
  }

  h2 {
    font-size: var(--nv-text-l);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--nv-space-3);
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
