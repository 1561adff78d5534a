import {
  NaervaerError,
  type DeviceId,
  type DevicesReply,
  type PairedDevice,
} from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { describeKind } from '../components/device-words.ts'
import '../components/nv-error-notice.ts'
import type { NvErrorNotice } from '../components/nv-error-notice.ts'
import '../components/nv-own-page.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { deviceDesk, type DeviceDesk } from '../services/device/device-desk.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dayAndMonth, t } from '../texts/text.ts'
import { ownPageStyles } from './own-page.styles.ts'

/** "Mine enheder": the citizen's own devices in words, and a way to remove each. */
@customElement('nv-devices-page')
export class NvDevicesPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    ownPageStyles,
    css`
      [role='listitem'] {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: var(--nv-space-3);
        padding-block: var(--nv-space-4);
      }

      .what {
        flex: 1 1 10rem;
      }

      .sure {
        display: grid;
        flex: 1 1 100%;
        gap: var(--nv-space-3);
      }

      .kind {
        font-size: var(--nv-text-l);
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--nv-space-3);
      }
    `,
  ]

  @property({ attribute: false }) desk: DeviceDesk = deviceDesk
  @state() private reply: DevicesReply | null = null
  @state() private asked: DeviceId | null = null
  @state() private error: NvErrorNotice['code'] = null

  constructor() {
    super()
    new FocusHeading(this, () => 'devices')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#try(() => Promise.resolve())
  }

  #remove(id: DeviceId): Promise<void> {
    return this.#try(async () => {
      this.asked = null
      await this.desk.removeOwn(id)
      // This very device is signed out: the app finds that out at its beginning.
      if (id === this.reply?.thisDeviceId) location.assign('/')
    })
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.error = null
    try {
      await work()
      this.reply = await this.desk.listOwn()
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
    }
  }

  protected override render(): TemplateResult {
    const devices = this.reply?.devices ?? []
    return html`<nv-own-page>
      <h1 tabindex="-1">${t('pair.mine')}</h1>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      ${this.reply !== null && devices.length === 0 ? html`<p>${t('pair.mineNone')}</p>` : nothing}
      ${
        devices.length === 0
          ? nothing
          : html`<div role="list" class="rows">
              ${devices.map((device) => this.#renderDevice(device))}
            </div>`
      }
    </nv-own-page>`
  }

  #renderDevice({ id, kind, pairedAt }: PairedDevice): TemplateResult {
    const isThis = id === this.reply?.thisDeviceId
    return html`<div role="listitem">
      <div class="what">
        <p class="kind" id="kind-${id}">${capitalise(describeKind(kind))}</p>
        <p class="soft">
          ${t('pair.mineFrom', { date: dayAndMonth(pairedAt) })} ${isThis ? t('pair.mineThis') : ''}
        </p>
      </div>
      ${this.asked === id ? this.#renderSure(id) : this.#renderRemove(id)}
    </div>`
  }

  #renderRemove(id: DeviceId): TemplateResult {
    return html`<button
      class="button"
      type="button"
      aria-describedby="kind-${id}"
      @click=${() => (this.asked = id)}
    >
      ${t('pair.mineRemove')}
    </button>`
  }

  #renderSure(id: DeviceId): TemplateResult {
    return html`<div class="sure">
      <p role="status">${t('pair.mineSure')}</p>
      <div class="buttons">
        <button class="button" type="button" @click=${() => void this.#remove(id)}>
          ${t('pair.mineRemove')}
        </button>
        <button class="button" type="button" @click=${() => (this.asked = null)}>
          ${t('pair.mineKeep')}
        </button>
      </div>
    </div>`
  }
}

/** As words begin a line; names with a capital of their own, such as iPad, stay as they are. */
function capitalise(words: string): string {
  return /^\p{Ll}\p{Ll}/u.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : words
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-devices-page': NvDevicesPage
  }
}
