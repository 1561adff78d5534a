import { CHECKLIST_LINES, type DeviceId, type ItDeviceReply } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import '../components/nv-error-notice.ts'
import { Work } from '../controllers/work.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import {
  describeCall,
  describeDay,
  describeMoment,
  listChanges,
  type Change,
} from './desk-words.ts'
import { fetchOneDevice } from './device-desk-client.ts'

/** One device at the help desk: what has changed since it last worked, and what it has shown. */
@customElement('nv-desk-device')
export class NvDeskDevice extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: var(--nv-space-3);
        padding: var(--nv-space-4);
        border-inline-start: 4px solid var(--nv-accent);
        background: var(--nv-paper-raised);
        font-size: var(--nv-text-m);
      }

      h4 {
        margin: 0;
        font-size: var(--nv-text-m);
      }

      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        padding-block: var(--nv-space-2);
        border-block-start: 1px solid var(--nv-rule);
        overflow-wrap: anywhere;
      }

      .soft {
        color: var(--nv-ink-soft);
      }
    `,
  ]

  @property({ attribute: false }) deviceId!: DeviceId
  @state() private found: ItDeviceReply | null = null
  readonly #work = new Work(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#work.run(async () => {
      this.found = await fetchOneDevice(this.deviceId)
    })
  }

  protected override render(): TemplateResult {
    return html`<nv-error-notice .code=${this.#work.error}></nv-error-notice> ${
        this.found === null
          ? html`<p role="status">${this.#work.isBusy ? t('desk.fetching') : nothing}</p>`
          : html`${this.#renderChanges(this.found)} ${this.#renderLines(this.found)}`
      }`
  }

  #renderChanges(found: ItDeviceReply): TemplateResult {
    const changes = listChanges(found)
    const { well, wellCall } = found
    return html`<h4 id="changes">${t('desk.changes')}</h4>
      ${well === null ? nothing : html`<p>${t('desk.wellAt', { day: describeDay(well.day) })}</p>`}
      ${wellCall === null ? nothing : html`<p>${t('desk.wellCall')} ${describeCall(wellCall)}</p>`}
      ${changes === null ? html`<p>${t('desk.neverWell')}</p>` : this.#renderList(changes)}`
  }

  #renderList(changes: readonly Change[]): TemplateResult {
    if (changes.length === 0) return html`<p>${t('desk.noChange')}</p>`
    return html`<ul aria-labelledby="changes">
      ${changes.map(
        ({ what, before, now }) =>
          html`<li>
            <strong>${what}:</strong> ${now}
            ${
              before === null
                ? nothing
                : html`<span class="soft">${t('desk.before', { before })}</span>`
            }
          </li>`,
      )}
    </ul>`
  }

  #renderLines({ lines }: ItDeviceReply): TemplateResult {
    return html`<h4 id="shown">${t('desk.shown')}</h4>
      <ul aria-labelledby="shown">
        ${CHECKLIST_LINES.map((line) => {
          const { isOk, at } = lines[line]
          const how =
            isOk === null ? t('desk.lineNever') : t(isOk ? 'support.is.ok' : 'support.is.failed')
          return html`<li>
            ${t(`desk.line.${line}`)}: ${how}
            ${at === null ? nothing : html`<span class="soft">(${describeMoment(at)})</span>`}
          </li>`
        })}
      </ul>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-desk-device': NvDeskDevice
  }
}
