import type { DeviceId, DurationMs, ItDevice } from '@naervaer/shared'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { describeKind } from '../components/device-words.ts'
import '../components/nv-error-notice.ts'
import { Work } from '../controllers/work.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { staffFormStyles } from '../styles/staff-form.styles.ts'
import { t } from '../texts/text.ts'
import {
  describeApp,
  describeBrowser,
  describeCall,
  describeMoment,
  describePush,
  describeTest,
  hasFault,
} from './desk-words.ts'
import { fetchAllDevices, fetchConnected } from './device-desk-client.ts'
import './nv-desk-device.ts'
import { deviceDeskStyles } from './nv-device-desk.styles.ts'

/** Who is connected: soon enough to follow with the telephone at one's ear. */
const CONNECTED_MS: DurationMs = 5_000

/** All the rest changes seldom, and costs the server more. */
const ALL_MS: DurationMs = 60_000

/** So many cards at first, and with each wish for more. */
const PAGE = 25

/**
 * Citizens' devices under pseudonyms, for the help desk. While the page is seen it asks every few seconds who is
 * connected, and once a minute for all of it.
 */
@customElement('nv-device-desk')
export class NvDeviceDesk extends LitElement {
  static override styles = [baseStyles, buttonStyles, staffFormStyles, deviceDeskStyles]

  @state() private devices: readonly ItDevice[] | null = null
  @state() private total = 0
  @state() private connected: ReadonlySet<DeviceId> = new Set()
  /** The server could not be asked last time: what stands here may be over. */
  @state() private isOld = false
  @state() private written = ''
  @state() private isOutdatedOnly = false
  @state() private isFaultOnly = false
  @state() private opened: DeviceId | null = null
  @state() private shown = PAGE
  readonly #work = new Work(this)
  readonly #follow = () => {
    void this.#ask()
  }
  #timer: ReturnType<typeof setTimeout> | undefined
  #allAt = Number.NEGATIVE_INFINITY

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.#follow)
    void this.#work.run(() => this.#fetchAll())
    this.#plan()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.#follow)
    clearTimeout(this.#timer)
  }

  #plan(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#follow, CONNECTED_MS)
  }

  /** A page that nobody sees asks nothing; it does so at once when it is seen again. */
  async #ask(): Promise<void> {
    clearTimeout(this.#timer)
    if (document.visibilityState === 'hidden') return
    try {
      const isDue = performance.now() - this.#allAt >= ALL_MS
      if (isDue) await this.#fetchAll()
      else this.connected = new Set((await fetchConnected()).deviceIds)
      this.isOld = false
    } catch {
      this.isOld = true
    }
    if (this.isConnected) this.#plan()
  }

  async #fetchAll(): Promise<void> {
    const { devices, total } = await fetchAllDevices()
    this.#allAt = performance.now()
    this.devices = devices
    this.total = total
    this.connected = new Set(devices.flatMap((each) => (each.isConnected ? [each.id] : [])))
  }

  /** Those that are looked for, the connected ones first. */
  get #found(): readonly ItDevice[] {
    // As it is read out: "Borger 4F 2A".
    const wanted = this.written.replace(/\s|borger|citizen/gi, '').toUpperCase()
    const found = (this.devices ?? []).filter(
      (device) =>
        device.code.startsWith(wanted) &&
        (!this.isOutdatedOnly || device.isBuildCurrent === false) &&
        (!this.isFaultOnly || hasFault(device)),
    )
    const isHere = ({ id }: ItDevice) => this.connected.has(id)
    return [...found.filter(isHere), ...found.filter((device) => !isHere(device))]
  }

  protected override render(): TemplateResult {
    return html`<section aria-labelledby="devices">
      <h2 id="devices">${t('desk.title')}</h2>
      <p class="hint">${t('desk.about')}</p>
      <nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${this.devices === null ? nothing : this.#renderAll(this.devices)}
    </section>`
  }

  #renderAll(devices: readonly ItDevice[]): TemplateResult {
    const found = this.#found
    const count = {
      n: String(found.length),
      all: String(this.total),
      here: String(this.connected.size),
    }
    return html`${this.#renderSearch()}
      <p role="status">${t('desk.count', count)}</p>
      ${devices.length < this.total ? html`<p>${t('desk.cut', { n: String(devices.length) })}</p>` : nothing}
      ${this.isOld ? html`<p class="needed" role="status">${t('desk.stale')}</p>` : nothing}
      <ul aria-labelledby="devices">
        ${repeat(
          found.slice(0, this.shown),
          ({ id }) => id,
          (device) => this.#renderDevice(device),
        )}
      </ul>
      ${
        found.length > this.shown
          ? html`<button class="button" type="button" @click=${() => (this.shown += PAGE)}>
              ${t('desk.more')}
            </button>`
          : nothing
      }`
  }

  #renderSearch(): TemplateResult {
    return html`<form @submit=${(event: SubmitEvent) => event.preventDefault()}>
      <div class="field">
        <label for="pseudonym">${t('desk.search')}</label>
        <input
          id="pseudonym"
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength="24"
          @input=${(event: InputEvent) => {
            if (event.target instanceof HTMLInputElement) this.written = event.target.value
            this.shown = PAGE
          }}
        />
      </div>
      ${this.#renderFilter(t('desk.onlyOld'), this.isOutdatedOnly, (isOn) => (this.isOutdatedOnly = isOn))}
      ${this.#renderFilter(t('desk.onlyFaults'), this.isFaultOnly, (isOn) => (this.isFaultOnly = isOn))}
    </form>`
  }

  #renderFilter(words: string, isOn: boolean, set: (isOn: boolean) => void): TemplateResult {
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${isOn}
        @change=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) set(event.target.checked)
          this.shown = PAGE
        }}
      />
      ${words}
    </label>`
  }

  #renderDevice(device: ItDevice): TemplateResult {
    const { id, code, kind, isBuildCurrent } = device
    const isHere = this.connected.has(id)
    const isOpen = this.opened === id
    const name = `${t('it.citizen', { code })}, ${describeKind(kind)}`
    return html`<li class="device">
      <h3>
        ${name}
        <span class="state ${isHere ? 'here' : ''}">
          ${isHere ? t('desk.here') : t('desk.seen', { when: describeMoment(device.seenAt) })}
        </span>
      </h3>
      <dl>
        ${this.#renderFact(t('support.fact.browser'), describeBrowser(device.last?.state ?? null))}
        ${this.#renderFact(t('desk.app'), describeApp(device), isBuildCurrent === false)}
        ${this.#renderFact(t('desk.test'), describeTest(device))}
        ${this.#renderFact(t('desk.lastCall'), describeCall(device.lastCall))}
        ${this.#renderFact(t('desk.push'), describePush(device))}
        ${this.#renderFact(t('desk.paired'), describeMoment(device.pairedAt))}
      </dl>
      <div class="actions">
        <button
          class="button plain"
          type="button"
          aria-expanded=${isOpen}
          @click=${() => (this.opened = isOpen ? null : id)}
        >
          ${t('desk.open')}<span class="visually-hidden">${name}</span>
        </button>
      </div>
      ${isOpen ? html`<nv-desk-device .deviceId=${id}></nv-desk-device>` : nothing}
    </li>`
  }

  #renderFact(what: string, found: string, isOld = false): TemplateResult {
    return html`<dt>${what}</dt>
      <dd class=${isOld ? 'old' : ''}>${found}</dd>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-device-desk': NvDeviceDesk
  }
}
