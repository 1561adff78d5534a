import { MissedReplySchema, type MissedReply } from '@naervaer/shared/push'
import { consume } from '@lit/context'
import { css, html, LitElement, type TemplateResult } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { directoryContext } from '../app/contexts.ts'
import '../components/nv-screen.ts'
import { backIcon } from '../components/icons.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { read, send } from '../services/http-request.ts'
import type { Directory } from '../services/directory.ts'
import { makeCheck } from '../services/socket/check.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { clockTime, firstName, t } from '../texts/text.ts'

const isMissedReply = makeCheck(MissedReplySchema)

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

  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @state() private missed: MissedReply['missed'] | 'unknown' = 'unknown'
  readonly #directory = new StoreController(this, () => this.directoryStore)

  constructor() {
    super()
    new FocusHeading(this, () => (this.#isKnown ? 'missed' : 'loading'))
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#ask()
  }

  /** Nothing is said of a call that is over before it is known that none rings: the welcome tells. */
  get #isKnown(): boolean {
    return this.missed !== 'unknown' && this.#directory.value !== null
  }

  async #ask(): Promise<void> {
    const answer = await send('GET', '/api/own/missed')
      .then((response) => read(response, isMissedReply))
      .catch(() => ({ missed: null }))
    this.missed = answer.missed
  }

  protected override render(): TemplateResult {
    return html`<nv-screen rings="near">
      ${this.#isKnown ? this.#renderWords() : html`<h1 tabindex="-1">${t('app.loading')}</h1>`}
      <a slot="actions" class="button" href="/">${backIcon}${t('end.back')}</a>
    </nv-screen>`
  }

  #renderWords(): TemplateResult {
    if (this.missed === null || this.missed === 'unknown') {
      return html`<h1 tabindex="-1">${t('end.unknown')}</h1>`
    }
    const { worker, at } = this.missed
    const words = { name: firstName(worker.name), time: clockTime(at) }
    return html`<h1 tabindex="-1">${t('missed.title', words)}</h1>
      <p>${t('missed.body')}</p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-missed-page': NvMissedPage
  }
}
