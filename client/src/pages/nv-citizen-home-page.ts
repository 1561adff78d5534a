import { mayBeRung, type Appointment, type Person } from '@naervaer/shared'
import { consume } from '@lit/context'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { connectionContext, directoryContext } from '../app/contexts.ts'
import '../components/nv-connection-notice.ts'
import '../components/nv-home-asks.ts'
import '../components/nv-home-news.ts'
import type {} from '../components/nv-home-appointment.ts'
import type {} from '../components/nv-home-away.ts'
import type {} from '../components/nv-push-hint.ts'
import '../components/nv-screen.ts'
import { soundIcon } from '../components/icons.ts'
import { hasBeenTouched, onFirstTouch } from '../controllers/first-touch.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { LateElement } from '../controllers/late-element.ts'
import { StoreController } from '../controllers/store-controller.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import { isAwaited, type Directory } from '../services/directory.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import { page } from '../texts/page.ts'
import { anyOf, dayAndMonth, firstName, t } from '../texts/text.ts'

const loadAppointment = page(['appointments'], () => import('../components/nv-home-appointment.ts'))

/** As early as the answer is taken. */
const NOW_MS = 30 * 60_000

/** The citizen's home: who will ring, and that nothing need be done. */
@customElement('nv-citizen-home-page')
export class NvCitizenHomePage extends LitElement {
  // Notes on the rules stand here, since what stands in them is sent to every phone.
  // .next.aside: what has come of something is read first, and has the room.
  // .urgent: at the top and to the left: no other screen has a button there that a hurried tap is meant for.
  // .choices: it gives way first, to the last hair: a second line of numbers would be missing below.
  // @media (max-width: 30rem): a telephone rings it all the same, and has no room to spare.
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
        font-size: var(--nv-text-m);
        color: var(--nv-ink-soft);
      }

      .next.aside {
        font-size: var(--nv-text-xl);
      }

      @media (max-height: 42rem) {
        .next {
          font-size: var(--nv-text-xl);
        }

        .next.aside {
          font-size: var(--nv-text-l);
        }

        .sound {
          font-size: var(--nv-text-s);
        }

        .aside + .worker {
          display: none;
        }
      }

      nv-push-hint:not(:defined) {
        display: none;
      }

      .declined:empty {
        display: none;
      }

      .urgent {
        display: grid;
        justify-items: start;
        font-size: var(--nv-text-s);
        line-height: 1.2;
        color: var(--nv-ink-soft);
      }

      .numbers {
        display: flex;
        flex-wrap: wrap;
        column-gap: var(--nv-space-2);
      }

      .choices {
        margin-inline-end: calc(-0.4em - var(--nv-stroke));
        flex-shrink: 99999;
        overflow-wrap: normal;
      }

      @media (max-width: 26rem) {
        .urgent .button,
        .choices {
          font-size: var(--nv-text-s);
        }
      }

      @media (max-width: 30rem) {
        .number {
          position: absolute;
          overflow: hidden;
          width: 1px;
          height: 1px;
          clip-path: inset(50%);
        }
      }

      .urgent .button {
        margin-inline-start: calc(-0.4em - var(--nv-stroke));
      }

      @media (max-height: 42rem) {
        .urgent .button {
          margin-block-start: calc(-1 * var(--nv-space-2));
          font-size: var(--nv-text-s);
        }
      }
    `,
  ]

  /** Whose ring has just been answered with "Ikke nu"; null when nobody's. */
  @property() declined: string | null = null
  /** Of the municipality, as it is written; null where it has given none. */
  @property() dutyPhone: string | null = null
  /** Browsers keep a page silent that nobody has touched: its first ring would not be heard. */
  @state() private isUntouched = !hasBeenTouched()
  /** A status is announced when it comes into an element that was there before. */
  @state() private isSettled = false
  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #directory = new StoreController(this, () => this.directoryStore)

  readonly #heading = new FocusHeading(this, () => 'home')
  /** Its code comes late, and says something only where this device hears nothing while the app is closed. */
  readonly #hint = document.createElement('nv-push-hint')
  /** Only for those who have one: nobody else fetches its code. */
  #late: LateElement | null = null
  #wasKnown = false
  #stopWaiting: (() => void) | null = null

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stopWaiting = onFirstTouch(() => {
      this.#onTouched()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stopWaiting?.()
  }

  protected override firstUpdated(): void {
    requestAnimationFrame(() => (this.isSettled = true))
  }

  #onTouched(): void {
    this.isUntouched = false
    // The button goes away, and the focus must not go with it.
    if (this.shadowRoot?.activeElement?.matches('.sound') === true) void this.#heading.focus()
  }

  protected override render(): TemplateResult {
    const directory = withPresent(this.#directory.value)
    const connection = this.#connection.value
    const isApart = connection !== 'open' && connection !== 'connecting'
    const known = directory !== null && !isApart ? directory : null
    // Asks for its code, if there is any to be had.
    const next = known === null ? nothing : this.#renderNext(known)
    const isWaiting = !isApart && !this.#isKnown(directory)
    return html`<nv-screen .rings=${isApart ? 'apart' : 'near'} ?is-waiting=${isWaiting}>
      <div slot="corner" class="urgent">
        ${t('home.urgent')}
        <div class="numbers">
          <a class="button plain" href="tel:112">${t('home.urgentCall')}</a>
          ${this.#renderDuty()}
        </div>
      </div>
      <a slot="top" class="button plain choices" href="/mine-valg">${t('choices.title')}</a>
      ${
        directory === null || isWaiting
          ? html`<h1 class=${isWaiting ? 'visually-hidden' : ''} tabindex="-1">
              ${t('app.name')}
            </h1>`
          : html`<h1 tabindex="-1">${t('home.hello', { name: firstName(directory.you.name) })}</h1>`
      }
      <nv-connection-notice
        slot=${isWaiting ? 'waiting' : ''}
        .connection=${connection}
      ></nv-connection-notice>
      <p class="declined" role="status">${this.#echo}</p>
      ${
        known === null || isWaiting
          ? nothing
          : [next, this.#renderSound(known), this.#placeHint(known), this.#renderAsks(known)]
      }
    </nv-screen>`
  }

  /** What belongs on the page is known, and its code is here: until then nothing is shown that would move. */
  #isKnown(directory: Directory | null): boolean {
    this.#wasKnown ||= directory !== null && this.#late?.isExpected !== true
    return directory !== null && this.#wasKnown
  }

  /** Whom to ring where it is not as urgent, also while nobody rings here. */
  #renderDuty(): TemplateResult | typeof nothing {
    const { dutyPhone: phone } = this
    if (phone === null) return nothing
    return html`<a class="button plain" href="tel:${phone.replaceAll(' ', '')}"
      >${t('home.duty')} <span class="number">${phone}</span></a
    >`
  }

  get #echo(): string | typeof nothing {
    if (this.declined === null || !this.isSettled) return nothing
    return t('home.declined', { name: firstName(this.declined) })
  }

  /** Any touch will do: the button only says so, to those who may be rung. */
  #renderSound(directory: Directory): TemplateResult | typeof nothing {
    if (!this.isUntouched || !isAwaited(directory)) return nothing
    return html`<button slot="actions" class="button sound" type="button">
      ${soundIcon}${t('home.sound', { name: nameThem(directory.workers) })}
    </button>`
  }

  /** Where a wish would reach nobody, none can be made. */
  #renderAsks(directory: Directory): TemplateResult | typeof nothing {
    if (!isAwaited(directory)) return nothing
    const { home, workers } = directory
    return html`<nv-home-news .home=${home} .workers=${workers}></nv-home-news>
      <nv-home-asks
        slot="actions"
        .home=${home}
        .workers=${workers}
        .isAsked=${this.#isAsked(home)}
      ></nv-home-asks>`
  }

  /** Whether the appointment itself asks whether somebody is ready, or they have just said that they are not. */
  #isAsked(home: Directory['home']): boolean {
    const isAsked = !!home?.soon || !!home?.appointments.some(isOffNow)
    return !!this.#late?.isHere && isAsked && home?.readyUntil === null
  }

  /** Where the button for the sound was, so that nothing moves which nobody has touched. */
  #placeHint(directory: Directory): HTMLElement | typeof nothing {
    if (this.isUntouched || !isAwaited(directory)) return nothing
    this.#hint.slot = 'actions'
    this.#hint.name = nameThem(directory.workers)
    return this.#hint
  }

  /** Only while it is true: nobody can ring a page that is not connected. */
  #renderNext(directory: Directory): TemplateResult {
    const plans = this.#renderPlans(directory)
    const isRung = mayBeRung(directory.choice?.state ?? 'notOffered')
    const away = this.#renderAway(directory)
    return isRung && plans !== nothing
      ? html`${plans}${away}`
      : html`${this.#renderState(directory)}${away}${plans}`
  }

  /** Asks for the code of what not everybody has to read. */
  #isLateHere(): boolean {
    this.#late ??= new LateElement(this, loadAppointment)
    return this.#late.isHere
  }

  /** Who may not be rung here can still be visited, or rung on the telephone. */
  #renderPlans({ home, choice }: Directory): TemplateResult | typeof nothing {
    const isRung = mayBeRung(choice?.state ?? 'notOffered')
    const plans = home?.appointments.filter(({ kind }) => isRung || kind !== 'video') ?? []
    if (plans.length === 0) return nothing
    if (!this.#isLateHere()) return nothing
    return html`<nv-home-appointment
      .appointments=${plans}
      .soon=${home?.soon}
      .isAside=${hasNews(home)}
    ></nv-home-appointment>`
  }

  #renderState(directory: Directory): TemplateResult {
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

  /** Nobody is promised who is not at work. */
  #renderAway({ workers, home }: Directory): TemplateResult | typeof nothing {
    if (!home?.away || !this.#isLateHere()) return nothing
    return html`<nv-home-away .away=${home.away} .workers=${workers}></nv-home-away>`
  }

  #renderReachable({ workers, home }: Directory): TemplateResult {
    const [first, ...others] = workers
    if (first === undefined || isAway(home, first))
      return html`<p class="next">${t('home.nobody')}</p>`
    return html`
      <p class="next ${hasNews(home) ? 'aside' : ''}">
        ${t('home.nothing', { name: nameThem(workers) })}
      </p>
      ${
        others.length > 0 || home?.away
          ? nothing
          : html`<p class="worker">${t('home.worker', { name: first.name })}</p>`
      }
    `
  }
}

/** Whether there is a line to read besides who will ring. */
function hasNews(home: Directory['home']): boolean {
  return (home?.readyUntil ?? home?.callback ?? home?.missed ?? null) !== null
}

const isAway = (home: Directory['home'], { id }: Person): boolean =>
  home?.away?.some(({ worker }) => worker.id === id) === true

/** With those of the workers who are at work; where none is, with all, who hear of it when they are back. */
function withPresent(directory: Directory | null): Directory | null {
  const workers = directory?.workers.filter((each) => !isAway(directory.home, each))
  return directory && workers?.length ? { ...directory, workers } : directory
}

/** "Ikke i dag" has been said of what is about to begin, and may be taken back there. */
function isOffNow({ calledOff, startAt }: Appointment): boolean {
  return calledOff === 'citizen' && startAt - Date.now() < NOW_MS
}

function nameThem(workers: readonly Person[]): string {
  return anyOf(workers.map((worker) => firstName(worker.name)))
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-citizen-home-page': NvCitizenHomePage
  }
}
