import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { ChosenDevices } from '../call/media/chosen-devices.ts'
import type { Devices, NamedDevice } from '../call/features/devices.ts'
import { playTestSound } from '../call/media/test-sound.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { formStyles } from '../styles/form.styles.ts'
import { t } from '../texts/text.ts'
import { soundIcon } from './icons.ts'

const KINDS = ['camera', 'microphone', 'loudspeaker'] as const

/** Which camera, microphone and loudspeaker: only where there are several, and a sound to hear it by. */
@customElement('nv-device-choice')
export class NvDeviceChoice extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    formStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
        justify-items: start;
      }

      label {
        display: grid;
        gap: var(--nv-space-1);
        width: 100%;
      }

      select {
        width: 100%;
        min-height: var(--nv-target);
        padding: var(--nv-space-2);
        border: var(--nv-stroke) solid var(--nv-edge);
        border-radius: var(--nv-radius);
        background: var(--nv-paper-raised);
        color: var(--nv-ink);
        font: inherit;
        text-overflow: ellipsis;
      }
    `,
  ]

  @property({ attribute: false }) devices!: Devices
  @state() private isSounding = false
  readonly #lists = new StoreController(this, () => this.devices.lists)
  readonly #choice = new StoreController(this, () => this.devices.choice.state)

  #choose(kind: keyof ChosenDevices, event: Event): void {
    const { value } = event.target as HTMLSelectElement
    void this.devices.choose({ [kind]: value === '' ? null : value })
  }

  async #playSound(): Promise<void> {
    if (this.isSounding) return
    this.isSounding = true
    await playTestSound(this.#choice.value.loudspeaker)
    this.isSounding = false
  }

  protected override render(): TemplateResult {
    const kinds = KINDS.filter((kind) => this.#lists.value[kind].length > 1)
    return html`
      ${kinds.length === 0 ? html`<p>${t('device.none')}</p>` : nothing}
      ${kinds.map((kind) => this.#renderKind(kind, this.#lists.value[kind]))}
      <button
        class="button"
        type="button"
        aria-disabled=${this.isSounding}
        @click=${() => void this.#playSound()}
      >
        ${soundIcon}${t('device.testSound')}
      </button>
      <p role="status">${this.isSounding ? t('device.testSounding') : nothing}</p>
    `
  }

  #renderKind(kind: keyof ChosenDevices, list: readonly NamedDevice[]): TemplateResult {
    const chosen = this.#choice.value[kind]
    return html`<label>
      ${t(`device.${kind}`)}
      <select @change=${(event: Event) => this.#choose(kind, event)}>
        <option value="" ?selected=${!list.some(({ id }) => id === chosen)}>
          ${t('device.automatic')}
        </option>
        ${list.map(
          ({ id, label }) => html`<option value=${id} ?selected=${id === chosen}>${label}</option>`,
        )}
      </select>
    </label>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-device-choice': NvDeviceChoice
  }
}
