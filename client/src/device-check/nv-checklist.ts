import {
  CHECKLIST_LINES,
  type ChecklistEntry,
  type ChecklistReply,
  type DeviceId,
  type DurationMs,
  type PersonId,
  type WakeState,
} from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { describeKind } from '../components/device-words.ts'
import { bellIcon } from '../components/choice-icons.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { clockTime, shortDate, t } from '../texts/text.ts'
import { fetchChecklist, wakeDevice } from './report-client.ts'

/** While it lies open on a visit: soon enough to follow with the eye. */
const INTERVAL_MS: DurationMs = 3_000

type Device = ChecklistReply['devices'][number]

/**
 * The list of a home visit, of each paired device: a line is green by what the server has seen, and by
 * nothing else. It looks again by itself while it is open.
 */
@customElement('nv-checklist')
export class NvChecklist extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
        padding-block: var(--nv-space-2);
        font-size: var(--nv-text-m);
        font-weight: 400;
      }

      .about,
      .never {
        color: var(--nv-ink-soft);
      }

      h2 {
        margin: 0;
        font-size: var(--nv-text-m);
      }

      li {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 var(--nv-space-3);
        padding-block: var(--nv-space-2);
        border-block-start: 1px solid var(--nv-rule);
      }

      .sign {
        flex: none;
        width: 1.2em;
      }

      .name {
        flex: 1 1 10rem;
      }

      .ok {
        color: var(--nv-go);
        font-weight: 600;
      }

      .bad {
        font-weight: 600;
      }

      .wake {
        display: grid;
        gap: var(--nv-space-2);
        justify-items: start;
        margin-block-end: var(--nv-space-3);
      }
    `,
  ]

  @property({ attribute: false }) citizenId!: PersonId
  @state() private devices: readonly Device[] | null = null
  /** The server could not be asked last time. */
  @state() private isOld = false
  /** Which device was to be woken last, and what came of it. */
  @state() private woken: { deviceId: DeviceId; state: WakeState | 'trouble' | null } | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#follow()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  async #follow(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      this.devices = (await fetchChecklist(this.citizenId)).devices
      this.isOld = false
    } catch {
      this.isOld = true
    }
    if (this.isConnected) this.#timer = setTimeout(() => void this.#follow(), INTERVAL_MS)
  }

  async #wake(deviceId: DeviceId): Promise<void> {
    if (this.woken?.state === null) return
    this.woken = { deviceId, state: null }
    const state = await wakeDevice(this.citizenId, deviceId).catch(() => 'trouble' as const)
    this.woken = { deviceId, state }
  }

  protected override render(): TemplateResult {
    const { devices } = this
    return html`<p class="about">${t('visit.about')}</p>
      <p role="status">${this.isOld ? t('visit.old') : nothing}</p>
      ${devices?.length === 0 ? html`<p>${t('visit.none')}</p>` : nothing}
      ${repeat(
        devices ?? [],
        ({ id }) => id,
        (device) => this.#renderDevice(device),
      )}`
  }

  #renderDevice({ id, kind, pairedAt, lines }: Device): TemplateResult {
    return html`<h2 id="device-${id}">${describeKind(kind)}</h2>
      <ul aria-labelledby="device-${id}">
        ${this.#renderLine(t('visit.line.paired'), { isOk: true, at: pairedAt }, 'visit.bad')}
        ${CHECKLIST_LINES.map((line) => this.#renderLine(t(`visit.line.${line}`), lines[line], line === 'installed' ? 'visit.tab' : 'visit.bad'))}
      </ul>
      ${this.#renderWake(id, lines.woken.isOk === true, describeKind(kind))}`
  }

  /** Only the server can see that a closed app was woken: it sends the notice when nobody is there. */
  #renderWake(id: DeviceId, isWoken: boolean, device: string): TemplateResult {
    const state = this.woken?.deviceId === id ? this.woken.state : null
    const isNews = state !== null && !(state === 'sent' && isWoken)
    return html`<div class="wake">
      <p class="about">${t('visit.wakeHow', { device })}</p>
      <button
        class="button"
        type="button"
        aria-describedby="device-${id}"
        aria-disabled=${this.woken?.state === null}
        @click=${() => void this.#wake(id)}
      >
        ${bellIcon}${t('visit.wake')}
      </button>
      <p role="status">${isNews ? t(`visit.wake.${state}`, { device }) : nothing}</p>
    </div>`
  }

  /** Sign and words say it, not the colour alone. */
  #renderLine(
    name: string,
    { isOk, at }: ChecklistEntry,
    bad: 'visit.bad' | 'visit.tab',
  ): TemplateResult {
    const seen = { date: shortDate(at ?? 0), time: clockTime(at ?? 0) }
    if (at === null || isOk === null) {
      return html`<li>
        <span class="sign" aria-hidden="true">○</span><span class="name">${name}</span>
        <span class="never">${t('visit.never')}</span>
      </li>`
    }
    return html`<li>
      <span class="sign ${isOk ? 'ok' : 'bad'}" aria-hidden="true">${isOk ? '✓' : '✕'}</span>
      <span class="name">${name}</span>
      <span class=${isOk ? 'ok' : 'bad'}>${isOk ? t('visit.ok', seen) : t(bad, seen)}</span>
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-checklist': NvChecklist
  }
}
