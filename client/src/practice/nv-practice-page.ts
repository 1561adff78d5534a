import type { IceServer, Role } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { againIcon, backIcon, phoneIcon } from '../components/icons.ts'
import { forwardIcon } from '../components/page-icons.ts'
import '../components/nv-incoming-call.ts'
import '../components/nv-own-page.ts'
import '../components/nv-screen.ts'
import '../components/nv-talk.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { TapGuard } from '../controllers/tap-guard.ts'
import { fetchIceServers } from '../device-check/relay.ts'
import { ownPageStyles } from '../pages/own-page.styles.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { t } from '../texts/text.ts'
import { PracticeCall } from './practice-call.ts'

/** - `unreached`: the server gives nothing just now; `none`: the municipality runs no TURN server */
type Lack = 'unreached' | 'none'

/**
 * "Øv et opkald": it rings, one answers, and talks with one's own echo over the municipality's own
 * server. For citizens who want to have tried it alone, and for workers who want to know it before they
 * need it (feature N17). Nothing is counted, and nothing is kept. A real ring takes the page away at once.
 */
@customElement('nv-practice-page')
export class NvPracticePage extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    ownPageStyles,
    css`
      :host([is-new]) {
        pointer-events: none;
      }

      nv-own-page .button {
        justify-self: start;
      }

      .hint {
        width: fit-content;
        max-width: 44rem;
        margin-inline: auto;
        padding: var(--nv-space-2) var(--nv-gutter) 0;
        text-wrap: pretty;
      }
    `,
  ]

  /** What whoever is signed in may be. */
  @property({ attribute: false }) roles: readonly Role[] = []
  @state() private isAsking = false
  @state() private lack: Lack | null = null
  readonly #call = new PracticeCall()
  readonly #phase = new StoreController(this, () => this.#call.phase)
  readonly #snapshot = new StoreController(this, () => this.#call.snapshot)

  constructor() {
    super()
    new FocusHeading(this, () => `${this.#phase.value} ${this.lack ?? ''}`)
    new TapGuard(this, () => this.#phase.value)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#call.stop('start')
  }

  get #isCitizen(): boolean {
    return this.roles.includes('citizen')
  }

  async #begin(): Promise<void> {
    if (this.isAsking) return
    this.isAsking = true
    const servers = await fetchIceServers(false)
    this.isAsking = false
    // Somebody may have left meanwhile, or a real ring may have come.
    if (!this.isConnected) return
    this.lack = findLack(servers)
    if (this.lack === null) this.#call.ring(servers)
    else this.#call.stop('start')
  }

  protected override render(): TemplateResult {
    switch (this.#phase.value) {
      case 'start':
        return this.lack === null ? this.#renderStart() : this.#renderLack(this.lack)
      case 'ringing':
        return this.#renderRing()
      case 'talking':
        return this.#renderTalk()
      case 'broken':
        return this.#renderBroken()
      case 'ended':
        return this.#renderEnded()
    }
  }

  #renderStart(): TemplateResult {
    return html`<nv-own-page back=${this.#isCitizen ? '/mine-valg' : '/'}>
      <h1 tabindex="-1">${t('practice.title')}</h1>
      <p>${t('practice.about')}</p>
      <p>${t('practice.how')}</p>
      <p>${t('practice.headphones')}</p>
      <p>${t('practice.private')}</p>
      <button
        class="button primary"
        type="button"
        aria-disabled=${this.isAsking}
        @click=${() => void this.#begin()}
      >
        ${phoneIcon}${t('practice.begin')}
      </button>
    </nv-own-page>`
  }

  /** What is missing, and the way round it. */
  #renderLack(lack: Lack): TemplateResult {
    return html`<nv-own-page back=${this.#isCitizen ? '/mine-valg' : '/'}>
      <h1 tabindex="-1">${t(lack === 'none' ? 'practice.none' : 'practice.unreached')}</h1>
      <p>${t('practice.without')}</p>
      ${this.#renderWithout()} ${lack === 'none' ? nothing : this.#renderAgain()}
    </nv-own-page>`
  }

  #renderWithout(slot = ''): TemplateResult {
    return html`<button
      slot=${slot}
      class="button primary"
      type="button"
      @click=${() => this.#call.ring(null)}
    >
      ${phoneIcon}${t('practice.goWithout')}
    </button>`
  }

  #renderAgain(slot = ''): TemplateResult {
    return html`<button
      slot=${slot}
      class="button"
      type="button"
      aria-disabled=${this.isAsking}
      @click=${() => void this.#begin()}
    >
      ${againIcon}${t('practice.again')}
    </button>`
  }

  #renderRing(): TemplateResult {
    return html`<nv-incoming-call
      .snapshot=${this.#snapshot.value}
      .who=${t('practice.ring')}
      @nv-answer=${(event: CustomEvent<{ withCamera: boolean }>) =>
        this.#call.answer(event.detail.withCamera)}
      @nv-decline=${() => this.#call.stop('ended')}
      @nv-silence=${() => this.#call.silence()}
    ></nv-incoming-call>`
  }

  #renderTalk(): TemplateResult {
    const snapshot = this.#snapshot.value
    const isSpoken = snapshot.isLinked && !snapshot.isPaused
    return html`<nv-talk
      .snapshot=${snapshot}
      .startsWithSelf=${!this.#isCitizen}
      @nv-set-camera=${(event: CustomEvent<{ isOn: boolean }>) =>
        void this.#call.setCamera(event.detail.isOn)}
      @nv-set-microphone=${(event: CustomEvent<{ isOn: boolean }>) =>
        void this.#call.setMicrophone(event.detail.isOn)}
      @nv-pause=${() => void this.#call.togglePause()}
      @nv-recover=${() => void this.#call.recoverMedia()}
      @nv-hang-up=${() => this.#call.stop('ended')}
    >
      ${isSpoken ? html`<p slot="notice" class="hint">${t('practice.hint')}</p>` : nothing}
    </nv-talk>`
  }

  /** Why is found out by the check of the line. */
  #renderBroken(): TemplateResult {
    return html`<nv-screen rings="apart">
      <h1 tabindex="-1">${t('practice.broken')}</h1>
      <p>${t('practice.brokenBody')}</p>
      ${this.#renderWithout('actions')}
      <a slot="actions" class="button" href="/test">${forwardIcon}${t('check.title')}</a>
      ${this.#renderBack()}
    </nv-screen>`
  }

  #renderEnded(): TemplateResult {
    return html`<nv-screen rings="near">
      <h1 tabindex="-1">${t('practice.ended')}</h1>
      <p>${t(this.#isCitizen ? 'practice.endedCitizen' : 'practice.endedWorker')}</p>
      <p>${t('practice.kept')}</p>
      ${this.#renderAgain('actions')} ${this.#renderBack()}
    </nv-screen>`
  }

  #renderBack(): TemplateResult {
    return html`<a slot="actions" class="button plain" href=${this.#isCitizen ? '/mine-valg' : '/'}
      >${backIcon}${t('end.back')}</a
    >`
  }
}

function findLack(servers: readonly IceServer[] | null): Lack | null {
  if (servers === null) return 'unreached'
  return servers.length === 0 ? 'none' : null
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-practice-page': NvPracticePage
  }
}
