import type { Person } from '@naervaer/shared'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import '../components/nv-about-link.ts'
import '../components/nv-code-scanner.ts'
import type { CodeReadEvent } from '../components/nv-code-scanner.ts'
import '../components/nv-duty-phone.ts'
import '../components/nv-install-steps.ts'
import '../components/nv-scene.ts'
import '../components/nv-screen.ts'
import { describePairingRefusal } from '../components/pairing-words.ts'
import { backIcon, cameraIcon } from '../components/icons.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { findCodeReader, readStartSecret, type CodeReader } from '../services/device/code-reader.ts'
import { isApple } from '../services/device/device-kind.ts'
import {
  devicePairing,
  type PairingControl,
  type Waiting,
} from '../services/device/device-pairing.ts'
import { findInstallWay, type InstallWay } from '../services/install-way.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { pairStyles } from './nv-pair-page.styles.ts'

/** How often the device asks what the worker has said, in milliseconds. */
const ASK_INTERVAL_MS = 1_200

/** What the page is at. */
type Stage =
  | { readonly name: 'install'; readonly way: InstallWay; readonly secret: string | null }
  | { readonly name: 'code' }
  | { readonly name: 'scan'; readonly reader: CodeReader }
  | { readonly name: 'waiting'; readonly waiting: Waiting }
  | { readonly name: 'done'; readonly person: Person }

/**
 * Makes this browser a citizen's device: six digits, or the secret of a scanned link, then two digits
 * that the worker compares. Before that it says how the page becomes an app, where it can and is none:
 * what is paired in Safari is not paired in the app on the same home screen.
 *
 * @fires nv-signed-in
 */
@customElement('nv-pair-page')
export class NvPairPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, pairStyles]

  /** Whether this browser was a paired device before. */
  @property({ type: Boolean }) isAgain = false
  /** Whom to ring for a code; null where the municipality has given no number. */
  @property() dutyPhone: string | null = null
  @property({ attribute: false }) control: PairingControl = devicePairing
  @state() private stage: Stage = { name: 'code' }
  @state() private trouble: string | null = null
  @state() private isBusy = false
  /** What reads codes with the camera; null where the browser cannot. */
  @state() private reader: CodeReader | null = null
  @query('input') private input!: HTMLInputElement | null
  #timer: ReturnType<typeof setTimeout> | undefined
  #hasSeenInstall = false
  #isPaired = false

  constructor() {
    super()
    new FocusHeading(this, () => this.stage.name)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('hashchange', this.#scanned)
    void this.#begin()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('hashchange', this.#scanned)
    clearTimeout(this.#timer)
  }

  /** A link that is scanned while the page is open changes its address and loads nothing. */
  readonly #scanned = (): void => {
    const secret = this.#takeSecret()
    const isOpen = this.stage.name !== 'waiting' && this.stage.name !== 'done'
    if (secret === null || !isOpen || this.#isPaired) return
    this.#backToCode()
    void this.#claim({ secret })
  }

  /** The secret of a scanned link leaves the address before anything else happens. */
  #takeSecret(): string | null {
    const secret = readStartSecret(location.href)
    if (location.hash !== '') history.replaceState(null, '', location.pathname)
    return secret
  }

  /** A scanned link begins by itself. */
  async #begin(): Promise<void> {
    const secret = this.#takeSecret()
    const way = findInstallWay()
    // What is paired in these is not paired in the app; anywhere else the two share it.
    const isApart = way?.kind === 'share' || way?.kind === 'elsewhere'
    if (way !== null && (isApart || secret === null)) this.#showInstall(way, secret)
    else if (secret !== null) return this.#claim({ secret })
    const waiting = await this.control.resume().catch(() => null)
    const isBefore = this.stage.name === 'code' || this.stage.name === 'install'
    if (waiting !== null && isBefore) this.#wait(waiting)
    this.reader = await findCodeReader()
  }

  #goOn(secret: string | null): void {
    if (this.#isPaired) {
      this.#tellSignedIn()
      return
    }
    this.stage = { name: 'code' }
    if (secret !== null) void this.#claim({ secret })
  }

  #backToCode(): void {
    this.stage = { name: 'code' }
  }

  #onCodeRead(secret: string): void {
    this.#backToCode()
    void this.#claim({ secret })
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    // Pasted codes come with a space between their groups.
    const code = (this.input?.value ?? '').replace(/\D/g, '')
    if (code.length === 6) void this.#claim({ code })
    else this.#complain(t('pair.short'))
  }

  async #claim(proof: { code: string } | { secret: string }): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.trouble = null
    try {
      this.#wait(await this.control.claim(proof))
    } catch (error) {
      this.#complain(describePairingRefusal(error))
    } finally {
      this.isBusy = false
    }
  }

  #complain(sentence: string): void {
    this.trouble = sentence
    this.input?.focus()
  }

  #wait(waiting: Waiting): void {
    this.stage = { name: 'waiting', waiting }
    this.#askLater()
  }

  #askLater(): void {
    clearTimeout(this.#timer)
    if (!this.isConnected) return
    this.#timer = setTimeout(() => void this.#ask(), ASK_INTERVAL_MS)
  }

  async #ask(): Promise<void> {
    const status = await this.control.ask().catch(() => null)
    if (this.stage.name !== 'waiting') return
    if (status === null || status.state === 'waiting') {
      this.#askLater()
    } else if (status.device === null) {
      this.stage = { name: 'code' }
      this.trouble = t('pair.over')
    } else {
      this.stage = { name: 'done', person: status.device.person }
    }
  }

  /** Whoever came by a scanned link has not been told yet how the page becomes an app. */
  #finish(): void {
    this.#isPaired = true
    const way = this.#hasSeenInstall ? null : findInstallWay()
    if (way === null) this.#tellSignedIn()
    else this.#showInstall(way, null)
  }

  #showInstall(way: InstallWay, secret: string | null): void {
    this.#hasSeenInstall = true
    this.stage = { name: 'install', way, secret }
  }

  #tellSignedIn(): void {
    this.dispatchEvent(new Event('nv-signed-in', { bubbles: true, composed: true }))
  }

  async #giveBack(): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    try {
      await this.control.giveBack()
      this.stage = { name: 'code' }
      this.trouble = t('pair.over')
    } catch {
      this.trouble = t('error.general')
    } finally {
      this.isBusy = false
    }
  }

  protected override render(): TemplateResult {
    switch (this.stage.name) {
      case 'install':
        return this.#renderInstall(this.stage)
      case 'code':
        return this.#renderCode()
      case 'scan':
        return this.#renderScan(this.stage.reader)
      case 'waiting':
        return this.#renderWaiting(this.stage.waiting)
      case 'done':
        return this.#renderDone(this.stage.person)
    }
  }

  #renderInstall({ way, secret }: Stage & { name: 'install' }): TemplateResult {
    return html`<nv-install-steps
      .way=${way}
      .isPaired=${this.#isPaired}
      @nv-go-on=${() => this.#goOn(secret)}
    ></nv-install-steps>`
  }

  #renderScan(reader: CodeReader): TemplateResult {
    return html`<nv-screen rings="none">
      <h1 tabindex="-1">${t('pair.scanTitle')}</h1>
      <nv-code-scanner
        .reader=${reader}
        @nv-code-read=${({ secret }: CodeReadEvent) => this.#onCodeRead(secret)}
      ></nv-code-scanner>
      <button slot="actions" class="button plain" type="button" @click=${() => this.#backToCode()}>
        ${backIcon}${t('pair.scanBack')}
      </button>
    </nv-screen>`
  }

  /** An iPhone's own camera opens Safari, and not the app; and nobody shows a picture by telephone. */
  #renderScanning(): TemplateResult | typeof nothing {
    const { reader } = this
    if (reader === null && (isApple() || this.isAgain)) return nothing
    if (reader === null) return html`<p class="scan">${t('pair.scan')}</p>`
    return html`<button
      class="button plain"
      type="button"
      @click=${() => (this.stage = { name: 'scan', reader })}
    >
      ${cameraIcon}${t('pair.scanOpen')}
    </button>`
  }

  #renderCode(): TemplateResult {
    return html`<nv-screen rings="none">
      <nv-about-link slot="top"></nv-about-link>
      <nv-scene kind="phone"></nv-scene>
      <h1 tabindex="-1">${this.isAgain ? t('pair.again') : t('pair.title')}</h1>
      <p>${this.isAgain ? t('pair.againHow') : t('pair.where')}</p>
      <form @submit=${(event: SubmitEvent) => this.#submit(event)}>
        <label for="code">${t('pair.code')}</label>
        <input
          id="code"
          name="code"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          maxlength="12"
          aria-describedby="trouble"
          aria-invalid=${this.trouble !== null}
        />
        <p id="trouble" class="trouble" role="status">${this.trouble ?? nothing}</p>
        <button class="button primary" type="submit" aria-disabled=${this.isBusy}>
          ${t('pair.go')}
        </button>
      </form>
      ${this.#renderScanning()}
      ${this.isAgain ? html`<nv-duty-phone .phone=${this.dutyPhone}></nv-duty-phone>` : nothing}
    </nv-screen>`
  }

  #renderWaiting({ digits, worker }: Waiting): TemplateResult {
    const name = firstName(worker)
    return html`<nv-screen rings="calling">
      <h1 tabindex="-1">${t('pair.wait', { name })}</h1>
      <p>${t('pair.digits', { name })}</p>
      <p class="digits">${digits}</p>
    </nv-screen>`
  }

  #renderDone({ name }: Person): TemplateResult {
    return html`<nv-screen rings="near">
      <h1 tabindex="-1">${t('pair.isItYou', { name: firstName(name) })}</h1>
      <p>${t('pair.done')}</p>
      <p class="trouble" role="status">${this.trouble ?? nothing}</p>
      <button slot="actions" class="button primary" type="button" @click=${() => this.#finish()}>
        ${t('pair.yes')}
      </button>
      <button
        slot="actions"
        class="button"
        type="button"
        aria-disabled=${this.isBusy}
        @click=${() => void this.#giveBack()}
      >
        ${t('pair.no')}
      </button>
    </nv-screen>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-pair-page': NvPairPage
  }
}
