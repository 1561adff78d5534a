import { css } from 'lit'

/** What a dialog about an appointment has besides the looks of any dialog. */
export const appointmentDialogStyles = css`
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--nv-space-5);
  }

  .row {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
    gap: var(--nv-space-3);
  }

  form + .grave,
  .panel {
    margin-block-start: var(--nv-space-5);
  }

  #ask {
    font-weight: 600;
  }
`
