import type { UnixMs } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { ResizeWatch } from '../controllers/resize-watch.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { clockTime, t } from '../texts/text.ts'

/** One calm line above whatever page it is: IT works on the system, and what that means. */
@customElement('nv-maintenance-notice')
export class NvMaintenanceNotice extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }

      p {
        padding: var(--nv-space-1) var(--nv-gutter);
        border-block-end: var(--nv-stroke) solid var(--nv-edge);
        background: var(--nv-straw-wash);
        font-size: var(--nv-text-m);
        line-height: 1.25;
        text-align: center;
        text-wrap: balance;
      }
    `,
  ]

  /** Nobody rings one of them, and the other can ring nobody. */
  @property() reader: 'citizen' | 'staff' = 'citizen'
  /** When it is expected to be over, by the server's word; null where that is not known. */
  @property({ attribute: false }) until: UnixMs | null = null
  /** A status is announced when it comes into an element that was there before. */
  @state() private isSettled = false

  constructor() {
    super()
    // What fills the window below it is so much lower.
    new ResizeWatch(this, () => setAnnounced(`${this.offsetHeight}px`))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    setAnnounced(null)
  }

  protected override firstUpdated(): void {
    requestAnimationFrame(() => (this.isSettled = true))
  }

  protected override render(): TemplateResult {
    return html`<div role="status">${this.isSettled ? html`<p>${this.#words}</p>` : nothing}</div>`
  }

  get #words(): string {
    const { reader, until } = this
    return until === null
      ? t(`maintenance.${reader}.now`)
      : t(`maintenance.${reader}.until`, { time: clockTime(until) })
  }
}

const setAnnounced = (height: string | null): void => {
  document.documentElement.style.setProperty('--nv-announced', height)
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-maintenance-notice': NvMaintenanceNotice
  }
}
