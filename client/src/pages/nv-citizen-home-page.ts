import { mayBeRung } from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { connectionContext, directoryContext } from '../app/contexts.ts'
import '../components/nv-connection-notice.ts'
import '../components/nv-screen.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { ConnectionState } from '../services/connection-state.ts'
import type { Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { anyOf, dayAndMonth, firstName, t } from '../texts/text.ts'

/** The citizen's home: who will ring, and that nothing need be done. */
@customElement('nv-citizen-home-page')
export class NvCitizenHomePage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-l);
        color: var(--nv-ink-soft);
      }

      .next {
        font-family: var(--nv-font-display);
        font-size: var(--nv-text-2xl);
        line-height: var(--nv-line-tight);
        text-wrap: balance;
      }

      .worker {
        color: var(--nv-ink-soft);
      }

      .choices {
        justify-self: start;
      }

      .urgent {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-2);
        padding-block-start: var(--nv-space-2);
        border-block-start: 1px solid var(--nv-rule);
        font-size: var(--nv-text-m);
      }
    `,
  ]

  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #directory = new StoreController(this, () => this.directoryStore)

  constructor() {
    super()
    new FocusHeading(this, () => 'home')
  }

  protected override render(): TemplateResult {
    const directory = this.#directory.value
    const connection = this.#connection.value
    const isApart = connection !== 'open' && connection !== 'connecting'
    return html`<nv-screen .rings=${isApart ? 'apart' : 'near'}>
      ${
        directory === null
          ? html`<h1 tabindex="-1">${t('app.name')}</h1>`
          : html`<h1 tabindex="-1">${t('home.hello', { name: firstName(directory.you.name) })}</h1>`
      }
      <nv-connection-notice .connection=${connection}></nv-connection-notice>
      ${directory === null || isApart ? nothing : this.#renderNext(directory)}
      <a slot="actions" class="button plain choices" href="/mine-valg">${t('choices.title')}</a>
      <a slot="actions" class="button plain choices" href="/devices">${t('pair.mine')}</a>
      <a slot="actions" class="button plain choices" href="/lookups">${t('mydata.who')}</a>
      <p slot="actions" class="urgent">
        ${t('home.urgent')}
        <a class="button plain" href="tel:112">${t('home.urgentCall')}</a>
      </p>
    </nv-screen>`
  }

  /** Only while it is true: nobody can ring a page that is not connected. */
  #renderNext(directory: Directory): TemplateResult {
    const { state, pausedUntil } = directory.choice ?? { state: 'notOffered', pausedUntil: null }
    const name = anyOf(directory.workers.map((worker) => firstName(worker.name)))
    if (mayBeRung(state)) return this.#renderReachable(directory)
    if (state === 'paused') {
      const date = dayAndMonth(pausedUntil ?? 0)
      return html`<p class="next">
        ${name === '' ? t('home.pausedNobody', { date }) : t('home.paused', { date, name })}
      </p>`
    }
    // Only an offer made by a person is shown, and only until it is answered.
    return state === 'offered'
      ? this.#renderOffer(name)
      : html`<p class="next">${t('home.nobody')}</p>`
  }

  #renderOffer(name: string): TemplateResult {
    return html`
      <p class="next">${name === '' ? t('home.offeredNobody') : t('home.offered', { name })}</p>
      <a class="button primary" href="/svar">${t('home.offeredRead')}</a>
    `
  }

  #renderReachable({ workers }: Directory): TemplateResult {
    const [first, ...others] = workers
    if (first === undefined) return html`<p class="next">${t('home.nobody')}</p>`
    const name = anyOf(workers.map((worker) => firstName(worker.name)))
    return html`
      <p class="next">${t('home.nothing', { name })}</p>
      ${
        others.length > 0
          ? nothing
          : html`<p class="worker">${t('home.worker', { name: first.name })}</p>`
      }
    `
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-home-page': NvCitizenHomePage
  }
}
