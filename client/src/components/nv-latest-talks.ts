import type { OwnTalk } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { Work } from '../controllers/work.ts'
import { aroundClient } from '../services/around-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import { describeForJournal } from './journal-line.ts'
import './nv-copy-line.ts'
import './nv-error-notice.ts'
import './nv-replaced.ts'

/** A worker's own talks of the last week: what was not said right after one can be said here. */
@customElement('nv-latest-talks')
export class NvLatestTalks extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        font-size: var(--nv-text-m);
      }

      [role='listitem'] {
        display: grid;
        gap: var(--nv-space-3);
        padding-block: var(--nv-space-4);
        border-block-start: 1px solid var(--nv-rule);
      }

      h2 {
        font-family: var(--nv-font-display);
        font-size: var(--nv-text-l);
      }
    `,
  ]

  @state() private talks: readonly OwnTalk[] | null = null
  readonly #work = new Work(this)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#work.run(async () => {
      this.talks = await aroundClient.fetchTalks()
    })
  }

  protected override render(): TemplateResult {
    return html`<nv-error-notice .code=${this.#work.error}></nv-error-notice>
      ${this.talks === null ? nothing : this.#renderTalks(this.talks)}`
  }

  #renderTalks(talks: readonly OwnTalk[]): TemplateResult {
    if (talks.length === 0) return html`<p>${t('talks.none')}</p>`
    return html`<div role="list">
      ${repeat(
        talks,
        ({ id }) => id,
        (talk) =>
          html`<div role="listitem">
            <h2>${talk.citizen.name}</h2>
            ${
              talk.insteadOf === undefined
                ? nothing
                : html`<p>${t('talks.instead', { name: talk.insteadOf.name })}</p>`
            }
            <nv-replaced .callId=${talk.id} .value=${talk.replaced}></nv-replaced>
            <nv-copy-line .line=${describeForJournal(talk)}></nv-copy-line>
          </div>`,
      )}
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-latest-talks': NvLatestTalks
  }
}
