import { css } from 'lit'

/** A card for each device: the words beside their names where there is room, else below them. */
export const deviceDeskStyles = css`
  :host {
    display: block;
    font-size: var(--nv-text-m);
  }

  h2 {
    margin-block: var(--nv-space-6) var(--nv-space-3);
    font-size: var(--nv-text-xl);
  }

  h3 {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--nv-space-3);
    margin: 0;
    font-size: var(--nv-text-l);
  }

  form {
    margin-block: var(--nv-space-4);
  }

  .state {
    font-size: var(--nv-text-m);
    font-weight: 400;
  }

  .here {
    color: var(--nv-go);
    font-weight: 600;
  }

  .old {
    font-weight: 600;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .device {
    display: grid;
    gap: var(--nv-space-2);
    padding-block: var(--nv-space-4);
    border-block-start: 1px solid var(--nv-rule);
  }

  dl {
    display: grid;
    gap: var(--nv-space-1) var(--nv-space-4);
    margin: 0;
  }

  dt {
    color: var(--nv-ink-soft);
    font-size: var(--nv-text-s);
  }

  dd {
    margin: 0 0 var(--nv-space-2);
    overflow-wrap: anywhere;
  }

  @media (min-width: 48rem) {
    dl {
      grid-template-columns: repeat(2, minmax(0, 9rem) minmax(0, 1fr));
      align-items: baseline;
    }

    dd {
      margin: 0;
    }
  }
`
