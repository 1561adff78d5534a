import type { CoveredTalk, OwnTalksReply } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { Work } from '../controllers/work.ts'
import { aroundClient } from '../services/around-client.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { firstName, t } from '../texts/text.ts'
import { when } from '../texts/when.ts'
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

      ul {
        display: grid;
        gap: var(--nv-space-1);
        margin: var(--nv-space-2) 0 var(--nv-space-4);
        padding: 0;
        list-style: none;
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

  @state() private talks: OwnTalksReply | null = null
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

  #renderTalks({ talks, covered = [] }: OwnTalksReply): TemplateResult {
    return html`${covered.length === 0 ? nothing : renderCovered(covered)}
    ${talks.length === 0 ? html`<p>${t('talks.none')}</p>` : this.#renderOwn(talks)}`
  }

  #renderOwn(talks: OwnTalksReply['talks']): TemplateResult {
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

/** When, and nothing else: what comes of such a talk is the substitute's to write down. */
const renderCovered = (talks: readonly CoveredTalk[]): TemplateResult =>
  html`<h2 id="covered">${t('talks.covered')}</h2>
    <ul aria-labelledby="covered">
      ${talks.map(
        ({ citizen, worker, connectedAt }) =>
          html`<li>
            ${t('talks.coveredOne', {
              ...{ worker: firstName(worker.name), citizen: firstName(citizen.name) },
              when: when(connectedAt, Date.now()),
            })}
          </li>`,
      )}
    </ul>`

declare global {
  interface HTMLElementTagNameMap {
    'nv-latest-talks': NvLatestTalks
  }
}
