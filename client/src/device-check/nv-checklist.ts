import {
  CHECKLIST_LINES,
  type ChecklistEntry,
  type ChecklistReply,
  type DurationMs,
  type PersonId,
} from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { describeKind } from '../components/device-words.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { clockTime, shortDate, t } from '../texts/text.ts'
import { fetchChecklist } from './report-client.ts'

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

      h3 {
        margin: 0;
        font-size: var(--nv-text-m);
      }

      li {
        display: grid;
        grid-template-columns: 1.5em minmax(0, 1fr) auto;
        align-items: baseline;
        gap: 0 var(--nv-space-2);
        padding-block: var(--nv-space-2);
        border-block-start: 1px solid var(--nv-rule);
      }

      .ok {
        color: var(--nv-go);
        font-weight: 600;
      }

      .bad {
        font-weight: 600;
      }

      @media (max-width: 30rem) {
        li {
          grid-template-columns: 1.5em minmax(0, 1fr);
        }

        li span:last-child {
          grid-column: 2;
        }
      }
    `,
  ]

  @property() citizenId = '' as PersonId
  @state() private devices: readonly Device[] | null = null
  /** The server could not be asked last time. */
  @state() private isOld = false
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
    return html`<h3 id="device-${id}">${describeKind(kind)}</h3>
      <ul aria-labelledby="device-${id}">
        ${this.#renderLine(t('visit.line.paired'), { isOk: true, at: pairedAt })}
        ${CHECKLIST_LINES.map((line) => this.#renderLine(t(`visit.line.${line}`), lines[line]))}
      </ul>`
  }

  /** Sign and words say it, not the colour alone. */
  #renderLine(name: string, { isOk, at }: ChecklistEntry): TemplateResult {
    const seen = { date: shortDate(at ?? 0), time: clockTime(at ?? 0) }
    if (at === null || isOk === null) {
      return html`<li>
        <span aria-hidden="true">○</span><span>${name}</span>
        <span class="never">${t('visit.never')}</span>
      </li>`
    }
    return html`<li>
      <span class=${isOk ? 'ok' : 'bad'} aria-hidden="true">${isOk ? '✓' : '✕'}</span>
      <span>${name}</span>
      <span class=${isOk ? 'ok' : 'bad'}>${isOk ? t('visit.ok', seen) : t('visit.bad', seen)}</span>
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-checklist': NvChecklist
  }
}
