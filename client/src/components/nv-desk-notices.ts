import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { StoreController } from '../controllers/store-controller.ts'
import { deskNotices } from '../controllers/desk/desk.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'

/** Notices on the worker's desk, of citizens who wait: off at first, and turned on with a tap. */
@customElement('nv-desk-notices')
export class NvDeskNotices extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        font-size: var(--nv-text-m);
      }

      .button {
        margin-inline-start: -0.4em;
        text-align: start;
      }

      p {
        max-width: 34rem;
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }
    `,
  ]

  readonly #state = new StoreController(this, () => deskNotices.state)

  protected override render(): TemplateResult | typeof nothing {
    const { value } = this.#state
    if (value === 'missing') return nothing
    return html`${value === 'refused' ? nothing : this.#renderSwitch(value === 'on')}
      <p role="status">${describe(value)}</p>`
  }

  #renderSwitch(isOn: boolean): TemplateResult {
    return html`<button
      class="button plain"
      type="button"
      @click=${() => {
        if (isOn) deskNotices.turnOff()
        else void deskNotices.turnOn()
      }}
    >
      ${t(isOn ? 'desk.turnOff' : 'desk.turnOn')}
    </button>`
  }
}

function describe(state: 'off' | 'on' | 'refused'): string | typeof nothing {
  if (state === 'off') return nothing
  return t(state === 'on' ? 'desk.on' : 'desk.refused')
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-desk-notices': NvDeskNotices
  }
}
