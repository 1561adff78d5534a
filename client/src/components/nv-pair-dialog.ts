import {
  NaervaerError,
  type DeviceId,
  type NewPairing,
  type PairedDevice,
  type PairedKind,
  type Person,
} from '@naervaer/shared'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { deviceDesk, type DeviceDesk } from '../services/device/device-desk.ts'
import type { NewsSource, ServerNews } from '../services/socket/signalling-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { dialogStyles } from '../styles/dialog.styles.ts'
import { dayAndMonth, firstName, t } from '../texts/text.ts'
import { describeKind } from './device-words.ts'
import './nv-asking-button.ts'
import './nv-error-notice.ts'
import type { NvErrorNotice } from './nv-error-notice.ts'
import { pairDialogStyles } from './nv-pair-dialog.styles.ts'

const MINUTE_MS = 60_000
const TICK_MS = 5_000

/** Where the dialog is. */
type Stage =
  | { readonly name: 'opening' }
  | { readonly name: 'code'; readonly pairing: NewPairing }
  | {
      readonly name: 'asking'
      readonly pairing: NewPairing
      readonly digits: string
      readonly kind: PairedKind
    }
  | { readonly name: 'paired'; readonly deviceId: DeviceId; readonly kind: PairedKind }
  | { readonly name: 'said'; readonly sentence: string }

/**
 * The worker's side of pairing: the code, the question about the two digits, and the devices that the
 * citizen has. The code is dead as soon as this is closed.
 *
 * @fires nv-closed
 */
@customElement('nv-pair-dialog')
export class NvPairDialog extends LitElement {
  static override styles = [baseStyles, buttonStyles, dialogStyles, pairDialogStyles]

  @property({ attribute: false }) citizen!: Person
  @property({ attribute: false }) news!: NewsSource
  @property({ attribute: false }) desk: DeviceDesk = deviceDesk
  @state() private stage: Stage = { name: 'opening' }
  @state() private devices: readonly PairedDevice[] = []
  @state() private minutesLeft = 0
  @state() private isBusy = false
  @state() private error: NvErrorNotice['code'] = null
  @query('dialog') private dialog!: HTMLDialogElement
  #timer: ReturnType<typeof setInterval> | undefined
  #endNews: (() => void) | null = null
  readonly #onLeave = () => this.#drop()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#endNews = this.news.onNews((news) => this.#onNews(news))
    this.#timer = setInterval(() => this.#count(), TICK_MS)
    globalThis.addEventListener('pagehide', this.#onLeave)
    void this.#begin(null)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#endNews?.()
    clearInterval(this.#timer)
    globalThis.removeEventListener('pagehide', this.#onLeave)
    this.#drop()
  }

  protected override firstUpdated(): void {
    this.dialog.showModal()
  }

  /** The code that is on the screen, if it is still to be used. */
  get #pairing(): NewPairing | null {
    return this.stage.name === 'code' || this.stage.name === 'asking' ? this.stage.pairing : null
  }

  #drop(): void {
    const pairing = this.#pairing
    if (pairing === null) return
    this.stage = { name: 'opening' }
    // It dies by itself as well, only later.
    this.desk.close(pairing.id).catch(() => undefined)
  }

  #begin(replaces: DeviceId | null): Promise<void> {
    return this.#try(async () => {
      this.#drop()
      const pairing = await this.desk.begin(this.citizen.id, replaces)
      if (this.isConnected) this.stage = { name: 'code', pairing }
      else await this.desk.close(pairing.id)
      this.#count()
      this.devices = (await this.desk.listOf(this.citizen.id)).devices
    })
  }

  #onNews(news: ServerNews): void {
    if (news.type === 'welcome') void this.#lookAgain()
    else if (news.type !== 'pairing.claimed') return
    else if (this.stage.name === 'code' && news.pairing === this.stage.pairing.id) this.#ask(news)
  }

  /** The news may have come while the connection was away. */
  async #lookAgain(): Promise<void> {
    const pairing = this.#pairing
    if (pairing === null || this.stage.name !== 'code') return
    const view = await this.desk.view(pairing.id).catch(() => null)
    if (view?.claim && this.#pairing === pairing) this.#ask(view.claim)
  }

  #ask({ digits, kind }: { digits: string; kind: PairedKind }): void {
    const pairing = this.#pairing
    if (pairing !== null) this.stage = { name: 'asking', pairing, digits, kind }
  }

  #answer(isRight: boolean): Promise<void> {
    return this.#try(async () => {
      if (this.stage.name !== 'asking') return
      const { pairing, kind } = this.stage
      const deviceId = await this.desk.answer(pairing.id, isRight)
      this.stage =
        deviceId === null
          ? { name: 'said', sentence: t('pair.staffRefused') }
          : { name: 'paired', deviceId, kind }
      this.devices = (await this.desk.listOf(this.citizen.id)).devices
    })
  }

  #revoke(deviceId: DeviceId): Promise<void> {
    return this.#try(async () => {
      await this.desk.revoke(this.citizen.id, deviceId)
      this.#drop()
      this.stage = { name: 'said', sentence: t('pair.staffUnpaired') }
      this.devices = (await this.desk.listOf(this.citizen.id)).devices
    })
  }

  /** The button that was pressed goes with its device. */
  async #unpair(deviceId: DeviceId): Promise<void> {
    await this.#revoke(deviceId)
    await this.updateComplete
    if (this.error === null) this.renderRoot.querySelector<HTMLElement>('.ask')?.focus()
  }

  async #try(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.error = null
    try {
      await work()
    } catch (error) {
      this.error = error instanceof NaervaerError ? error.code : 'CONNECTION_LOST'
      if (this.error === 'PAIRING_EXPIRED')
        this.stage = { name: 'said', sentence: t('pair.expired') }
    } finally {
      this.isBusy = false
    }
  }

  #count(): void {
    const pairing = this.#pairing
    if (pairing === null) return
    const leftMs = pairing.expiresAt - Date.now()
    this.minutesLeft = Math.max(0, Math.ceil(leftMs / MINUTE_MS))
    if (leftMs <= 0) this.stage = { name: 'said', sentence: t('pair.expired') }
  }

  #close(): void {
    this.dispatchEvent(new Event('nv-closed', { bubbles: true, composed: true }))
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="title" @close=${() => this.#close()}>
      <h2 id="title">${t('pair.staffOpen')}: ${this.citizen.name}</h2>
      <div class="stage" aria-live="polite">${this.#renderStage()}</div>
      <nv-error-notice .code=${this.error}></nv-error-notice>
      ${this.devices.length === 0 ? nothing : this.#renderDevices()}
      <button class="button" type="button" @click=${() => this.dialog.close()}>
        ${t('pair.staffClose')}
      </button>
    </dialog>`
  }

  #renderStage(): TemplateResult {
    const { stage } = this
    const name = firstName(this.citizen.name)
    switch (stage.name) {
      case 'opening':
        // Refused, as for somebody who has said stop: the notice below says why.
        return this.error === null ? html`<p>${t('app.loading')}</p>` : html``
      case 'code':
        return this.#renderCode(stage.pairing)
      case 'asking':
        return html`<p class="ask">
            ${t('pair.staffAsk', { name, device: describeKind(stage.kind), digits: stage.digits })}
          </p>
          <div class="buttons">
            ${this.#renderButton(t('pair.yes'), () => this.#answer(true), 'primary')}
            ${this.#renderButton(t('pair.no'), () => this.#answer(false))}
          </div>`
      case 'paired':
        return html`<p class="ask">
            ${t('pair.staffDone', { name, device: describeKind(stage.kind) })}
          </p>
          ${this.#renderButton(t('pair.staffUndo', { name }), () => this.#revoke(stage.deviceId))}`
      case 'said':
        return html`<p class="ask" tabindex="-1">${stage.sentence}</p>
          ${this.#renderButton(t('pair.staffNew'), () => this.#begin(null))}`
    }
  }

  #renderCode({ code, link, qr }: NewPairing): TemplateResult {
    const address = `${new URL(link).host}/start`
    const box = `0 0 ${qr.size} ${qr.size}`
    return html`<p>${t('pair.staffHow', { address })}</p>
      <p class="code">${code.slice(0, 3)} ${code.slice(3)}</p>
      <p>
        ${
          this.minutesLeft > 1
            ? t('pair.staffMinutes', { n: String(this.minutesLeft) })
            : t('pair.staffMinute')
        }
      </p>
      <svg class="qr" viewBox=${box} role="img" aria-label=${t('pair.staffQr')}>
        <rect width="100%" height="100%" fill="#fff"></rect>
        <path d=${qr.path} fill="#000"></path>
      </svg>`
  }

  #renderDevices(): TemplateResult {
    const name = firstName(this.citizen.name)
    return html`<h3>${t('pair.staffDevices', { name })}</h3>
      <div role="list">
        ${repeat(
          this.devices,
          ({ id }) => id,
          ({ id, kind, pairedAt }) =>
            html`<div role="listitem">
              <p>
                ${describeKind(kind)}
                <span class="since">${t('pair.mineSince', { date: dayAndMonth(pairedAt) })}</span>
              </p>
              <div class="buttons">
                ${this.#renderButton(t('pair.staffReplace'), () => this.#begin(id), 'plain')}
                <nv-asking-button
                  .words=${t('pair.staffUnpair')}
                  .about=${describeKind(kind)}
                  .question=${t('it.revokeAsk', { name, device: describeKind(kind) })}
                  .yes=${t('it.revokeYes')}
                  .isBusy=${this.isBusy}
                  .isPlain=${true}
                  @nv-sure=${() => void this.#unpair(id)}
                ></nv-asking-button>
              </div>
            </div>`,
        )}
      </div>`
  }

  #renderButton(words: string, act: () => Promise<void>, kind = ''): TemplateResult {
    return html`<button
      class="button ${kind}"
      type="button"
      aria-disabled=${this.isBusy}
      @click=${() => void act()}
    >
      ${words}
    </button>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-pair-dialog': NvPairDialog
  }
  interface HTMLElementEventMap {
    'nv-closed': Event
  }
}
