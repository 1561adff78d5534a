import { NaervaerError, type Person } from '@naervaer/shared'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import '../components/nv-screen.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { devicePairing, type PairingControl, type Waiting } from '../services/device-pairing.ts'
import { RefusedError } from '../services/http-request.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { pairStyles } from './nv-pair-page.styles.ts'

/** How often the device asks what the worker has said, in milliseconds. */
const ASK_INTERVAL_MS = 1_200
const SECONDS_PER_MINUTE = 60

/** What the page is at. */
type Stage =
  | { readonly name: 'code' }
  | { readonly name: 'waiting'; readonly waiting: Waiting }
  | { readonly name: 'done'; readonly person: Person }

/**
 * Makes this browser a citizen's device: six digits, or the secret of a scanned link, then two digits
 * that the worker compares.
 *
 * @fires nv-signed-in
 */
@customElement('nv-pair-page')
export class NvPairPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, pairStyles]

  /** Whether this browser was a paired device before. */
  @property({ type: Boolean }) isAgain = false
  @property({ attribute: false }) control: PairingControl = devicePairing
  @state() private stage: Stage = { name: 'code' }
  @state() private trouble: string | null = null
  @state() private isBusy = false
  @query('input') private input!: HTMLInputElement | null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    new FocusHeading(this, () => this.stage.name)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#begin()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  /** A scanned link begins by itself; its secret leaves the address before anything else happens. */
  async #begin(): Promise<void> {
    const secret = location.hash.slice(1)
    if (secret !== '') history.replaceState(null, '', location.pathname)
    if (/^[\w-]{22}$/.test(secret)) {
      await this.#claim({ secret })
      return
    }
    const waiting = await this.control.resume().catch(() => null)
    if (waiting !== null && this.stage.name === 'code') this.#wait(waiting)
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
      this.#complain(describeRefusal(error))
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

  #finish(): void {
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
      case 'code':
        return this.#renderCode()
      case 'waiting':
        return this.#renderWaiting(this.stage.waiting)
      case 'done':
        return this.#renderDone(this.stage.person)
    }
  }

  #renderCode(): TemplateResult {
    return html`<nv-screen rings="apart">
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
      <p class="scan">${t('pair.scan')}</p>
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

function describeRefusal(error: unknown): string {
  if (!(error instanceof NaervaerError)) return t('net.retry')
  switch (error.code) {
    case 'PAIRING_WRONG':
      return t('pair.wrong')
    case 'PAIRING_EXPIRED':
      return t('pair.expired')
    case 'PAIRING_LOCKED': {
      const seconds = error instanceof RefusedError ? error.retryAfterSeconds : null
      const minutes = Math.max(1, Math.ceil((seconds ?? 600) / SECONDS_PER_MINUTE))
      return t('pair.locked', { n: String(minutes) })
    }
    default:
      return t('error.general')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-pair-page': NvPairPage
  }
}
