import type { CallView } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { loadNextAppointment } from './next-appointment.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { describeForJournal } from './journal-line.ts'
import './nv-copy-line.ts'
import type {} from './nv-next-appointment.ts'
import './nv-replaced.ts'

/** What a worker may do right after a talk: agree on the next one, say what it replaced, and take a line along for the case record. */
@customElement('nv-after-talk')
export class NvAfterTalk extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-4);
      }
    `,
  ]

  @property({ attribute: false }) call!: CallView
  @state() private canPlan = false

  override connectedCallback(): void {
    super.connectedCallback()
    // Without it the talk is over all the same; what is planned is planned on the page of the own citizens.
    loadNextAppointment().then(
      () => (this.canPlan = true),
      () => undefined,
    )
  }

  protected override render(): TemplateResult | typeof nothing {
    const { id, connectedAt, endedAt, insteadOf } = this.call
    if (connectedAt === null || endedAt === null) return nothing
    return html`${
        this.canPlan
          ? html`<nv-next-appointment .call=${this.call}></nv-next-appointment>`
          : nothing
      }<nv-replaced .callId=${id}></nv-replaced>
      <nv-copy-line
        .line=${describeForJournal({ connectedAt, endedAt, insteadOf })}
      ></nv-copy-line>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-after-talk': NvAfterTalk
  }
}
