import { css } from 'lit'

export const nextAppointmentStyles = css`
  :host {
    display: block;
    font-size: var(--nv-text-m);
  }

  section {
    display: grid;
    justify-items: start;
    gap: var(--nv-space-2);
  }

  h2,
  p {
    margin: 0;
    font-size: var(--nv-text-m);
  }

  h2 {
    font-family: inherit;
    font-weight: 600;
  }

  p:empty {
    display: none;
  }

  .times {
    display: flex;
    flex-wrap: wrap;
    align-items: stretch;
    gap: var(--nv-space-2);
  }

  .times .button {
    flex-direction: column;
    gap: 0;
    padding-block: var(--nv-space-2);
  }

  .when {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-s);
    font-weight: 400;
  }

  .clash {
    font-size: var(--nv-text-s);
    font-weight: 600;
  }
`
