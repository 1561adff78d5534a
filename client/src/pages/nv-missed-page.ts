import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement } from 'lit/decorators.js'
import { connectionContext, directoryContext } from '../app/contexts.ts'
import '../components/nv-connection-notice.ts'
import '../components/nv-home-asks.ts'
import { describeMissed } from '../components/nv-home-news.ts'
import '../components/nv-screen.ts'
import { backIcon } from '../components/icons.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { isAwaited, type Directory } from '../services/directory.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'

/**
 * Where a tap on a notice leads when nothing rings any more: who called, and when, without blame. While
 * something rings, the ring takes the whole window instead.
 */
@customElement('nv-missed-page')
export class NvMissedPage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      h1 {
        font-size: var(--nv-text-2xl);
      }
    `,
  ]

  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #directory = new StoreController(this, () => this.directoryStore)

  constructor() {
    super()
    new FocusHeading(this, () => (this.#directory.value === null ? 'loading' : 'missed'))
  }

  protected override render(): TemplateResult {
    const directory = this.#directory.value
    const connection = this.#connection.value
    const isApart = connection !== 'open' && connection !== 'connecting'
    return html`<nv-screen .rings=${isApart ? 'apart' : 'near'}>
      ${directory === null ? html`<h1 tabindex="-1">${t('app.loading')}</h1>` : renderWords(directory)}
      <nv-connection-notice .connection=${connection}></nv-connection-notice>
      ${directory === null || isApart ? nothing : renderAsks(directory)}
      <a slot="actions" class="button" href="/">${backIcon}${t('end.back')}</a>
    </nv-screen>`
  }
}

/** Nothing is said of a call that is over before it is known that none rings: the welcome tells. */
function renderWords({ home }: Directory): TemplateResult {
  const missed = home?.missed ?? null
  if (missed === null)
    return html`<h1 tabindex="-1">${t('end.unknown')}</h1>
      <p>${t('missed.nothing')}</p>`
  return html`<h1 tabindex="-1">${describeMissed(missed)}</h1>
    ${home?.callback === null ? html`<p>${t('missed.body')}</p>` : nothing}`
}

/** As on the first page, without saying again what the heading says. */
function renderAsks(directory: Directory): TemplateResult | typeof nothing {
  const { home, workers } = directory
  if (home === null || !isAwaited(directory)) return nothing
  return html`<nv-home-news .home=${{ ...home, missed: null }} .workers=${workers}></nv-home-news>
    <nv-home-asks slot="actions" .home=${home} .workers=${workers}></nv-home-asks>`
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-missed-page': NvMissedPage
  }
}
