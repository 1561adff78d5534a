import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { readStartSecret, type CodeReader } from '../services/device/code-reader.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'

/** Often enough for a hand that moves, seldom enough for a cheap phone. */
const READ_INTERVAL_MS = 250

/** The secret of a start code that was seen. */
export class CodeReadEvent extends Event {
  readonly secret: string

  constructor(secret: string) {
    super('nv-code-read', { bubbles: true, composed: true })
    this.secret = secret
  }
}

/**
 * The camera behind, until it has seen a start code of this server.
 *
 * @fires nv-code-read
 */
@customElement('nv-code-scanner')
export class NvCodeScanner extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
      }

      video {
        display: block;
        width: min(100%, 24rem, 52dvh);
        aspect-ratio: 1;
        border-radius: var(--nv-radius);
        background: var(--nv-rule);
        object-fit: cover;
      }
    `,
  ]

  @property({ attribute: false }) reader!: CodeReader
  @state() private isRefused = false
  @query('video') private video!: HTMLVideoElement | null
  #stream: MediaStream | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override firstUpdated(): void {
    void this.#start()
  }

  async #start(): Promise<void> {
    try {
      const video = { facingMode: 'environment' }
      this.#stream = await navigator.mediaDevices.getUserMedia({ video, audio: false })
    } catch {
      this.isRefused = true
      return
    }
    if (!this.isConnected || this.video === null) {
      this.#stop()
      return
    }
    this.video.srcObject = this.#stream
    await this.video.play().catch(() => undefined)
    void this.#read()
  }

  async #read(): Promise<void> {
    const { video } = this
    if (this.#stream === null || video === null) return
    const codes = await this.reader.detect(video).catch(() => [])
    const secret = codes.map(({ rawValue }) => readStartSecret(rawValue)).find((it) => it !== null)
    if (!this.isConnected) return
    if (typeof secret !== 'string') {
      this.#timer = setTimeout(() => void this.#read(), READ_INTERVAL_MS)
      return
    }
    this.#stop()
    this.dispatchEvent(new CodeReadEvent(secret))
  }

  #stop(): void {
    clearTimeout(this.#timer)
    for (const track of this.#stream?.getTracks() ?? []) track.stop()
    this.#stream = null
  }

  protected override render(): TemplateResult {
    if (this.isRefused) return html`<p role="status">${t('pair.scanNoCamera')}</p>`
    return html`<p>${t('pair.scanHow')}</p>
      <video muted playsinline aria-hidden="true"></video>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-code-scanner': NvCodeScanner
  }
  interface HTMLElementEventMap {
    'nv-code-read': CodeReadEvent
  }
}
