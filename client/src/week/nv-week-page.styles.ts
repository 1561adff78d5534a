import { css } from 'lit'

/** One quiet line of tools, and below it the days. */
export const weekPageStyles = css`
  :host {
    max-width: 90rem;
    min-height: 100vh;
    min-height: 100dvh;
    margin-inline: auto;
    padding: var(--nv-space-4) var(--nv-gutter) var(--nv-space-7);
    font-size: var(--nv-text-m);
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: var(--nv-space-3) var(--nv-space-5);
    margin-block-end: var(--nv-space-4);
  }

  h1 {
    font-size: var(--nv-text-2xl);
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--nv-space-2) var(--nv-space-4);
    margin-block-end: var(--nv-space-3);
  }

  h2 {
    flex: 1 1 14rem;
    font-size: var(--nv-text-l);
  }

  h2 .number {
    color: var(--nv-ink-soft);
  }

  .steps,
  .views {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--nv-space-1);
  }

  .tools .button {
    font-size: var(--nv-text-s);
  }

  .views {
    border: var(--nv-stroke) solid var(--nv-edge);
    border-radius: var(--nv-radius);
  }

  .views .button {
    border-color: transparent;
    border-radius: calc(var(--nv-radius) - var(--nv-stroke));
    font-weight: 400;
  }

  .views [aria-pressed='true'] {
    background: var(--nv-accent);
    color: var(--nv-on-accent);
    font-weight: 600;
  }

  .hint {
    max-width: 60rem;
    margin-block-start: var(--nv-space-4);
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-s);
  }

  nv-calendar-feed {
    max-width: 44rem;
    margin-block-start: var(--nv-space-6);
  }

  /* Whoever has scrolled to an appointment reads there what has become of it. */
  nv-week-done {
    position: sticky;
    inset-block-start: 0;
    z-index: 5;
    display: block;
  }

  .days {
    position: relative;
    min-height: 3rem;
  }

  .waiting > :not(.loading) {
    visibility: hidden;
  }

  .loading {
    position: absolute;
  }

  .none {
    font-size: var(--nv-text-l);
  }

  @media print {
    :host {
      padding: 0;
      font-size: 11pt;
    }

    nv-staff-header,
    nv-connection-notice,
    nv-week-done,
    nv-calendar-feed,
    .top,
    .steps,
    .views {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .views [aria-pressed='true'] {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
  }
`
