import type { SessionReply } from '@naervaer/shared'
import { ContextProvider } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { CallPhase } from '../call/call-snapshot.ts'
import type { AboutCitizen } from '../components/nv-back-asked.ts'
import { BackGuard } from '../controllers/back-guard.ts'
import { DeclineEcho } from '../controllers/decline-echo.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { TapGuard } from '../controllers/tap-guard.ts'
import { forgetKept } from '../services/forget-kept.ts'
import type { AskLife } from '../services/session-life.ts'
import type { AppServices } from './app-services.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { page } from '../texts/page.ts'
import {
  administrationContext,
  callsContext,
  connectionContext,
  newsContext,
  directoryContext,
  httpContext,
  signInContext,
} from './contexts.ts'
import { describeTitle } from './document-title.ts'
import { loadMaintenance, loadSessionNotice, loadView } from './pages.ts'
import { STRANGERS_PATHS } from './paths.ts'
import { titleBadge } from '../services/title-badge.ts'
import { renderPage } from './render-page.ts'
import { chooseView, type View } from './view.ts'

/** While this window itself rings, is rung or talks. */
const PHASES_OF_A_CALL: ReadonlySet<CallPhase> = new Set(['incoming', 'outgoing', 'talking'])

/**
 * The app: finds out who is signed in, shows the page that belongs to them, and lets a call take the
 * whole window. It owns the services, so a page that goes away ends nothing.
 */
@customElement('nv-app')
export class NvApp extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host([is-new]) {
        pointer-events: none;
      }

      .loading {
        padding: var(--nv-space-7) var(--nv-gutter);
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-l);
      }
    `,
  ]

  /** Set before the element is put on the page. */
  @property({ attribute: false }) services!: AppServices
  @state() private session: SessionReply | 'loading' | 'unknown' = 'loading'
  /** The last view whose code has arrived. */
  @state() private shown: View = 'loading'
  @state() private isFarewell = false
  /** How to ask when the session of staff ends; null for everybody else. */
  @state() private askLife: AskLife | null = null
  @state() private isBackHere = false
  @state() private isMaintenanceHere = false
  /** Somebody else has signed in in this browser, and the server has sent this window away. */
  @state() private isReplaced = false
  /** Whoever was signed in in this window has been signed out without having asked for it. */
  @state() private isEnded = false
  readonly #snapshot = new StoreController(this, () => this.services.calls.snapshot)
  readonly #connection = new StoreController(this, () => this.services.connection)
  readonly #directory = new StoreController(this, () => this.services.directory)
  readonly #back = new StoreController(this, () => this.services.calls.back.state)
  readonly #declined = new DeclineEcho(this, () => this.#phase)
  #provided: readonly unknown[] = []
  #isStarted = false
  #isStopped = false
  #isLeaving = false
  #isPageMissing = false

  constructor() {
    super()
    new StoreController(this, () => titleBadge)
    new TapGuard(this, () => `${this.shown} ${this.#phase}`)
    new BackGuard(this, () => PHASES_OF_A_CALL.has(this.#phase))
  }

  override connectedCallback(): void {
    this.#provide()
    super.connectedCallback()
    void this.#findSession()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(): void {
    const isSignedOut = this.#isStarted && this.#connection.value === 'signedOut'
    if (isSignedOut) {
      this.#stop()
      void this.#findSession()
    }
    this.#noteStop()
    const view = this.#view
    if (view !== this.shown) void this.#show(view)
  }

  protected override updated(): void {
    document.title = titleBadge.value + describeTitle(this.shown, this.#snapshot.value)
  }

  get #view(): View {
    return chooseView({
      session: this.session,
      path: location.pathname,
      phase: this.#phase,
      isFarewell: this.isFarewell,
      deviceMark: this.services.deviceMark(),
      isReplaced: this.isReplaced,
    })
  }

  get #phase(): CallPhase {
    return this.#snapshot.value.phase
  }

  #provide(): void {
    if (this.#provided.length > 0) return
    const { calls, connection, news, directory, http, loadAdministration, loadSignIn } =
      this.services
    this.#provided = [
      new ContextProvider(this, { context: callsContext, initialValue: calls }),
      new ContextProvider(this, { context: connectionContext, initialValue: connection }),
      new ContextProvider(this, { context: directoryContext, initialValue: directory }),
      new ContextProvider(this, { context: httpContext, initialValue: http }),
      new ContextProvider(this, { context: newsContext, initialValue: news }),
      new ContextProvider(this, { context: signInContext, initialValue: loadSignIn }),
      new ContextProvider(this, {
        context: administrationContext,
        initialValue: loadAdministration,
      }),
    ]
  }

  async #findSession(): Promise<void> {
    const session = await this.services.http.fetchSession().catch(() => null)
    // Stays: the socket and a request may both find out.
    if (this.#you !== null && session?.you === null && !this.#isLeaving) this.isEnded = true
    this.session = session ?? 'unknown'
    if (session === null) return
    this.services.session.set(session)
    if (session.you === null) forgetKept()
    // Where its script cannot be had, the page's cannot either, and that is seen to.
    this.#followLife(session).catch(() => undefined)
    const { you, role, isDemo } = session
    if (
      you === null &&
      isDemo &&
      !STRANGERS_PATHS.includes(location.pathname) &&
      [null, 'paired'].includes(this.services.deviceMark())
    ) {
      history.replaceState(null, '', '/demo')
    }
    // Whoever takes part in no calls has no socket either.
    if (you !== null && role !== null && !['/demo', '/start'].includes(location.pathname))
      this.#start()
  }

  /** Sessions of staff end by themselves, and the page warns before. */
  async #followLife({ roles }: SessionReply): Promise<void> {
    const isStaff = roles.some((role) => role !== 'citizen')
    if (!isStaff) {
      this.askLife = null
      return
    }
    await loadSessionNotice()
    this.askLife = await this.services.loadLife()
  }

  /** Over without anybody’s doing: the page that follows is that of strangers. */
  #noteSessionOver(): void {
    this.#stop()
    void this.#findSession()
  }

  /** Sent away by the server: because this browser is somebody else's now? */
  #noteStop(): void {
    const isStopped = this.#isStarted && this.#connection.value === 'stopped'
    if (isStopped && !this.#isStopped) void this.#findReplacement()
    this.#isStopped = isStopped
  }

  async #findReplacement(): Promise<void> {
    const now = await this.services.http.fetchSession().catch(() => null)
    const before = this.#you
    if (!now?.you || before === null) return
    this.isReplaced = now.you.id !== before.id
  }

  /** The page's code may still be on its way; what is shown stays until it has come. */
  async #show(view: View): Promise<void> {
    try {
      await loadView(view)
    } catch {
      this.#isPageMissing = true
      this.session = 'unknown'
      // It may be of a version that is over, while the next one waits.
      import('./shell/take-over-now.ts')
        .then(({ takeOverNow }) => takeOverNow())
        .catch(() => undefined)
    }
    if (view === this.#view) this.shown = view
  }

  /** A script that failed once is not fetched again before the page is loaded anew. */
  #tryAgain(): void {
    if (this.#isPageMissing) location.reload()
    else void this.#findSession()
  }

  #start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    this.services.start()
  }

  #stop(): void {
    if (!this.#isStarted) return
    this.#isStarted = false
    this.services.stop()
  }

  /** A new person is a new window: nothing of the one before may linger in memory. */
  #goHome(): void {
    location.assign('/')
  }

  async #signOut(): Promise<void> {
    let next: string | null = null
    this.#isLeaving = true
    try {
      // Only staff sign out, so only they fetch how.
      const { signOutOfAll } = await import('../services/work-account.ts')
      next = await signOutOfAll(this.services.http)
    } finally {
      if (next === null) this.#goHome()
      else location.assign(next)
    }
  }

  protected override render(): TemplateResult {
    return html`<main
      @nv-sign-out=${() => void this.#signOut()}
      @nv-farewell=${(event: CustomEvent<{ isFarewell: boolean }>) => {
        this.isFarewell = event.detail.isFarewell
      }}
      @nv-signed-in=${() => this.#goHome()}
      @nv-continue=${() => this.#goHome()}
      @nv-try-again=${() => this.#tryAgain()}
      @nv-session-over=${() => this.#noteSessionOver()}
    >
      ${this.#renderMaintenance()} ${this.#renderBackAsked()} ${this.#renderView()}
      ${this.#renderLife()}
    </main>`
  }

  #renderLife(): TemplateResult | typeof nothing {
    if (this.askLife === null) return nothing
    return html`<nv-session-notice
      .ask=${this.askLife}
      .isInCall=${PHASES_OF_A_CALL.has(this.#phase)}
    ></nv-session-notice>`
  }

  /** A talk goes on undisturbed. Seldom there, so it is fetched then; what failed is tried with the next change. */
  #renderMaintenance(): TemplateResult | typeof nothing {
    const { maintenance } = this.#directory.value ?? {}
    if (!maintenance || PHASES_OF_A_CALL.has(this.#phase)) return nothing
    if (!this.isMaintenanceHere) {
      loadMaintenance().then(
        () => (this.isMaintenanceHere = true),
        () => undefined,
      )
      return nothing
    }
    const isCitizen = this.services.session.value?.role === 'citizen'
    return html`<nv-maintenance-notice
      .reader=${isCitizen ? 'citizen' : 'staff'}
      .until=${maintenance.until}
    ></nv-maintenance-notice>`
  }

  /** Only staff are asked, so only they fetch it; what failed is tried again with the next change. */
  async #fetchBackAsked(): Promise<void> {
    this.isBackHere = await page(['talk'], () => import('../components/nv-back-asked.ts'))().then(
      () => true,
      () => false,
    )
  }

  /** A talk is not disturbed; what is still asked after it is told then. */
  #renderBackAsked(): TemplateResult | typeof nothing {
    const { asked } = this.#back.value
    if (asked.length === 0 || PHASES_OF_A_CALL.has(this.#phase)) return nothing
    if (!this.isBackHere) {
      void this.#fetchBackAsked()
      return nothing
    }
    const { back } = this.services.calls
    return html`<nv-back-asked
      .citizens=${asked}
      .isBusy=${this.#snapshot.value.isBusy}
      @nv-answer-back=${(event: AboutCitizen) => void back.answer(event.detail)}
      @nv-dismiss-back=${(event: AboutCitizen) => back.dismiss(event.detail)}
    ></nv-back-asked>`
  }

  #renderView(): TemplateResult {
    if (this.shown === 'incoming') return this.#renderIncoming()
    const { deviceMark } = this.services
    return renderPage(this.shown, {
      session: typeof this.session === 'string' ? null : this.session,
      isEnded: this.isEnded,
      isDevice: deviceMark() === 'paired',
      isStopped: deviceMark() === 'stopped',
      declined: this.#declined.name,
    })
  }

  get #you(): SessionReply['you'] {
    return typeof this.session === 'string' ? null : this.session.you
  }

  #renderIncoming(): TemplateResult {
    const { calls } = this.services
    return html`<nv-incoming-call
      .snapshot=${this.#snapshot.value}
      @nv-answer=${(event: CustomEvent<{ withCamera: boolean }>) => void calls.answer(event.detail)}
      @nv-decline=${(event: CustomEvent<{ isAwaiting: boolean }>) => this.#decline(event.detail.isAwaiting)}
      @nv-silence=${() => calls.silenceRing()}
    ></nv-incoming-call>`
  }

  /** Whoever is waited for is the one who is told. */
  #decline(isAwaiting: boolean): void {
    const { call, counterpart } = this.#snapshot.value
    const told = (isAwaiting ? call?.insteadOf : null) ?? counterpart
    if (told !== null) this.#declined.expect(told.name)
    void this.services.calls.decline(isAwaiting)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-app': NvApp
  }
}
