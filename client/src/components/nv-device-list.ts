import type { DeviceId, DevicesReply, PairedDevice } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { Work } from '../controllers/work.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { shortDate, t } from '../texts/text.ts'
import { describeKind } from './device-words.ts'
import './nv-asking-button.ts'
import './nv-error-notice.ts'

/** Where a list of devices comes from, for whoever may see it. Both reject as `send` does. */
export interface DeviceSource {
  list(): Promise<DevicesReply>
  revoke(id: DeviceId): Promise<void>
}

/** A citizen's paired devices, each with its button for when it is lost. It reads them when it is shown. */
@customElement('nv-device-list')
export class NvDeviceList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        font-size: var(--nv-text-m);
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-4);
      }
    `,
  ]

  /** Whose, for those who hear the page. */
  @property() name = ''
  @property({ attribute: false }) source!: DeviceSource
  @state() private devices: readonly PairedDevice[] | null = null
  @state() private hasRevoked = false
  readonly #work = new Work(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#work.run(() => this.#load())
  }

  async #load(): Promise<void> {
    this.devices = (await this.source.list()).devices
  }

  #revoke(id: DeviceId): void {
    this.hasRevoked = false
    void this.#work
      .run(async () => {
        await this.source.revoke(id)
        this.hasRevoked = true
        await this.#load()
      })
      .then(() => this.#focusAnswer())
  }

  /** The button that was pressed has gone with its device. */
  async #focusAnswer(): Promise<void> {
    await this.updateComplete
    if (this.hasRevoked) this.renderRoot.querySelector<HTMLElement>('.said')?.focus()
  }

  protected override render(): TemplateResult {
    return html`
      <p class="said" role="status" tabindex="-1">
        ${this.hasRevoked ? t('pair.staffUnpaired') : nothing}
      </p>
      ${this.devices === null ? nothing : this.#renderDevices(this.devices)}
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
    `
  }

  #renderDevices(devices: readonly PairedDevice[]): TemplateResult {
    if (devices.length === 0) return html`<p>${t('it.noDevices')}</p>`
    return html`<ul aria-label=${t('it.devicesOf', { name: this.name })}>
      ${repeat(
        devices,
        ({ id }) => id,
        (device) => this.#renderDevice(device),
      )}
    </ul>`
  }

  #renderDevice({ id, kind, pairedAt }: PairedDevice): TemplateResult {
    return html`<li>
      <span>${describeKind(kind)}, ${t('it.paired', { date: shortDate(pairedAt) })}</span>
      <nv-asking-button
        .words=${t('it.revoke')}
        .about=${describeKind(kind)}
        .question=${t('it.revokeAsk', { name: this.name, device: describeKind(kind) })}
        .yes=${t('it.revokeYes')}
        .isBusy=${this.#work.isBusy}
        .isPlain=${true}
        @nv-sure=${() => this.#revoke(id)}
      ></nv-asking-button>
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-device-list': NvDeviceList
  }
}
