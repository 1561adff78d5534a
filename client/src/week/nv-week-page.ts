import type { CitizenPresence, Person, Role } from '@naervaer/shared'
import { addDays, type Day } from '@naervaer/shared/wall'
import { consume } from '@lit/context'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { callsContext, connectionContext, directoryContext } from '../app/contexts.ts'
import '../components/nv-absences.ts'
import type { CallControl } from '../call/call-snapshot.ts'
import type { Done, PlannedEvent } from '../components/plan-done.ts'
import type { PlannedStart } from '../components/nv-appointment-dialog.ts'
import '../components/nv-appointment-dialog.ts'
import '../components/nv-calendar-feed.ts'
import '../components/nv-connection-notice.ts'
import '../components/nv-error-notice.ts'
import '../components/nv-staff-header.ts'
import { startDesk } from '../controllers/desk/desk.ts'
import { FocusHeading } from '../controllers/focus-heading.ts'
import { StoreController } from '../controllers/store-controller.ts'
import { appointmentsDesk, type AppointmentsDesk } from '../services/appointments-desk.ts'
import { ownAbsences } from '../services/absence-client.ts'
import type { Directory } from '../services/directory.ts'
import type { ConnectionState } from '../services/socket/connection-state.ts'
import type { Store } from '../services/store.ts'
import { baseStyles } from '../styles/base.styles.ts'
import { buttonStyles } from '../styles/button.styles.ts'
import '../texts/staff-errors.ts'
import { t } from '../texts/text.ts'
import { dayAt, weekNumber, weekOf } from './days.ts'
import './nv-week-done.ts'
import type { NvWeekList } from './nv-week-list.ts'
import './nv-week-list.ts'
import './nv-week-move.ts'
import './nv-week-who.ts'
import { weekPageStyles } from './nv-week-page.styles.ts'
import type { FreeEvent, ItemEvent, ShiftEvent } from './week-events.ts'
import { afterIcon, beforeIcon, plusIcon } from './week-icons.ts'
import { isOpen, keyOf, makeItems, type Draft, type WeekItem } from './week-item.ts'
import { WeekNews } from './week-news.ts'
import { WeekReading } from './week-reading.ts'
import type { WhoEvent } from './nv-week-who.ts'
import { dayTitle, spanTitle, whenAt } from './words.ts'
import type { NvWeekGrid } from './nv-week-grid.ts'

const PRINT_EVENTS = ['beforeprint', 'afterprint'] as const

const VIEWS = ['day', 'week', 'list'] as const
type WeekView = (typeof VIEWS)[number]

/** Narrower than this seven columns would be slits. */
const ROOM_FOR_COLUMNS = '(min-width: 48rem)'

/** There is neither a mouse nor, as a rule, a keyboard. */
const ONLY_FINGERS = '(hover: none)'

/** A new appointment on its way: when, if that was said, and with whom, once that is said. */
interface Wish {
  readonly start: PlannedStart | null
  readonly citizen: CitizenPresence | null
}

/** A worker's own week: what is agreed with whom, to be read, moved and added to. */
@customElement('nv-week-page')
export class NvWeekPage extends LitElement {
  static override styles = [baseStyles, buttonStyles, weekPageStyles]

  @property({ attribute: false }) roles: readonly Role[] = []
  @property({ attribute: false }) desk: AppointmentsDesk = appointmentsDesk
  @consume({ context: callsContext }) private calls!: CallControl
  @consume({ context: connectionContext }) private connectionStore!: Store<ConnectionState>
  @consume({ context: directoryContext }) private directoryStore!: Store<Directory | null>
  @state() private view: WeekView = matchMedia(ROOM_FOR_COLUMNS).matches ? 'week' : 'list'
  /** The day that is shown, or one of the week. */
  @state() private day: Day = dayAt(Date.now())
  /** The calendar's code has come: it is fetched for the grid, and not for the list. */
  @state() private hasGrid = false
  @state() private wish: Wish | null = null
  /** Which one is open in the dialog. */
  @state() private opened: WeekItem | null = null
  /** What is on its way to another time, and whether that is being asked about. */
  @state() private draft: Draft | null = null
  /** As it was when it was set on its way: what a colleague does to it meanwhile, the server has to refuse. */
  @state() private moved: WeekItem | null = null
  @state() private isAsking = false
  @state() private said = ''
  /** What has been done last, until something else is looked at. */
  @state() private done: Done | null = null
  /** Paper cannot be opened: there the whole week is a list, with every word. */
  @state() private isPrinting = false
  readonly #connection = new StoreController(this, () => this.connectionStore)
  readonly #directory = new StoreController(this, () => this.directoryStore)
  readonly #reading = new WeekReading(this, () => this.desk)
  readonly #news = new WeekNews()
  /** How often there was something new of appointments. */
  #heard = 0
  #wasOpen = false

  readonly #onPrint = ({ type }: Event): void => void (this.isPrinting = type === 'beforeprint')

  constructor() {
    super()
    new FocusHeading(this, () => 'week')
  }

  override connectedCallback(): void {
    super.connectedCallback()
    startDesk(this.directoryStore, this.calls)
    for (const type of PRINT_EVENTS) addEventListener(type, this.#onPrint)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const type of PRINT_EVENTS) removeEventListener(type, this.#onPrint)
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (this.#news.take(this.#directory.value)) {
      this.#heard += 1
      void this.#reading.refresh()
    }
    const isOpen = this.#connection.value === 'open'
    const isBack = isOpen && !this.#wasOpen
    this.#wasOpen = isOpen
    // Not with every drawing: what went wrong would be asked for without end.
    if (isBack || changes.has('day') || changes.has('view')) this.#read()
    if (this.view !== 'list' && !this.hasGrid) void this.#fetchGrid()
  }

  #read(): void {
    void this.#reading.show(weekOf(this.day))
  }

  async #fetchGrid(): Promise<void> {
    await import('./nv-week-grid.ts').then(
      () => (this.hasGrid = true),
      // Without the calendar's code there is the list, which says the same.
      () => (this.view = 'list'),
    )
  }

  get #items(): WeekItem[] {
    const citizens = this.#directory.value?.citizens ?? []
    const people = new Map(citizens.map(({ person }) => [person.id, person]))
    const items = makeItems(this.#reading.value ?? [], people)
    const { moved } = this
    return moved === null ? items : [...items.filter(({ key }) => key !== moved.key), moved]
  }

  get #you(): Person | null {
    return this.#directory.value?.you ?? null
  }

  #step(direction: 1 | -1): void {
    this.#leaveDraft()
    this.day = addDays(this.day, direction * (this.view === 'day' ? 1 : 7))
  }

  #leaveDraft(): void {
    this.draft = null
    this.moved = null
    this.isAsking = false
    this.said = ''
    this.done = null
  }

  #shift({ item, to, isMeant }: ShiftEvent): void {
    if (to === null) {
      this.#leaveDraft()
      this.said = t('week.draftGone')
      return
    }
    const { from, to: last } = weekOf(this.day)
    // Of other weeks nothing has been read: there it would stand beside nothing, and be drawn nowhere.
    if (to.day < from || to.day > last) {
      this.said = t('week.draftEnd')
      return
    }
    this.draft = { key: item.key, ...to }
    this.moved = item
    this.isAsking = isMeant
    this.said = isMeant ? '' : t('week.draft', { when: whenAt(to) })
    // It may have been moved out of the day that is shown.
    if (!isMeant && this.view === 'day') this.day = to.day
  }

  #open(item: WeekItem): void {
    this.#leaveDraft()
    if (isOpen(item, Date.now())) this.opened = item
    else this.said = t('error.appointmentOver')
  }

  /** The page that is drawn meanwhile may have it no more. */
  async #close(): Promise<void> {
    const { done } = this
    const key = done === null ? (this.draft?.key ?? null) : keyOf(done.which)
    this.#leaveDraft()
    this.opened = null
    this.wish = null
    await this.#refresh(key)
    // Not before the week shows it: whoever goes on at once would meet it as it was.
    this.done = done
  }

  /** Whoever has dragged something had the focus nowhere: it goes to what they have moved. */
  async #refresh(key: string | null): Promise<void> {
    await this.#reading.refresh()
    await this.updateComplete
    if (key === null || this.shadowRoot?.activeElement) return
    this.renderRoot.querySelector<NvWeekGrid | NvWeekList>('nv-week-grid, nv-week-list')?.take(key)
  }

  #plan(start: Wish['start']): void {
    const citizens = this.#directory.value?.citizens ?? []
    const [only] = citizens
    // Nobody is asked who, where there is one person only.
    this.wish = { start, citizen: citizens.length === 1 && only !== undefined ? only : null }
  }

  protected override render(): TemplateResult {
    const directory = this.#directory.value
    return html`<nv-staff-header
        .you=${directory?.you ?? null}
        .roles=${this.roles}
        current="week"
      ></nv-staff-header>
      <div class="top">
        <h1 tabindex="-1">${t('week.title')}</h1>
        ${
          directory === null || directory.citizens.length === 0
            ? nothing
            : html`<button class="button primary" type="button" @click=${() => this.#plan(null)}>
                ${plusIcon}${t('week.new')}
              </button>`
        }
      </div>
      <nv-connection-notice .connection=${this.#connection.value}></nv-connection-notice>
      ${
        directory?.citizens.length === 0
          ? html`<p class="none">${t('week.nobodyYet')}</p>`
          : this.#renderWeek()
      }
      ${this.roles.includes('worker') ? html`<nv-absences .source=${ownAbsences} .news=${this.#heard}></nv-absences>` : nothing}
      <nv-calendar-feed></nv-calendar-feed>
      ${this.#renderDialogs(directory?.citizens ?? [])}`
  }

  #renderWeek(): TemplateResult {
    return html`${this.#renderTools()}
      <nv-error-notice .code=${this.#reading.error}></nv-error-notice>
      <nv-week-done
        .done=${this.done}
        .said=${this.said}
        .isElsewhere=${this.done !== null && !this.#isShown(this.done.at.day)}
        @nv-there=${() => void this.#goThere()}
        @nv-undone=${() => void this.#refresh(this.done === null ? null : keyOf(this.done.which))}
      ></nv-week-done>
      ${this.#renderRead()}`
  }

  #isShown(day: Day): boolean {
    const { from, to } = weekOf(this.day)
    return this.view === 'day' ? day === this.day : from <= day && day <= to
  }

  /** What was done goes on being said: it can still be undone there. */
  async #goThere(): Promise<void> {
    const { done } = this
    if (done === null) return
    this.day = done.at.day
    // The button that was pressed goes away with it.
    await this.updateComplete
    await this.#refresh(keyOf(done.which))
  }

  /** Of days that nobody has read it is not said that there is nothing on them. */
  #renderRead(): TemplateResult {
    const hasRead = this.#reading.hasRead(weekOf(this.day))
    const isWaiting = !hasRead && this.#reading.error === null
    // The grid is kept meanwhile, out of sight: it takes long to make, and the page would jump.
    const isDrawn = hasRead || (isWaiting && this.view !== 'list' && this.#reading.value !== null)
    return html`<div class=${isWaiting ? 'days waiting' : 'days'}>
      <p class="loading" role="status">${isWaiting ? t('week.loading') : ''}</p>
      ${isDrawn ? this.#renderDays() : nothing}
    </div>`
  }

  #renderTools(): TemplateResult {
    const isDay = this.view === 'day'
    return html`<div class="tools">
      <h2 aria-live="polite">
        <span class="number">${t('week.number', { n: String(weekNumber(this.day)) })}</span>
        ${isDay ? dayTitle(this.day) : spanTitle(weekOf(this.day))}
      </h2>
      <div class="steps">
        <button
          class="button"
          type="button"
          aria-label=${isDay ? t('week.dayBefore') : t('week.before')}
          @click=${() => this.#step(-1)}
        >
          ${beforeIcon}
        </button>
        <button class="button" type="button" @click=${() => this.#goToday()}>
          ${t('week.today')}
        </button>
        <button
          class="button"
          type="button"
          aria-label=${isDay ? t('week.dayAfter') : t('week.after')}
          @click=${() => this.#step(1)}
        >
          ${afterIcon}
        </button>
      </div>
      <div class="views" role="group" aria-label=${t('week.view')}>
        ${VIEWS.filter((view) => view !== 'week' || matchMedia(ROOM_FOR_COLUMNS).matches).map(
          (view) =>
            html`<button
              class="button"
              type="button"
              aria-pressed=${this.view === view}
              @click=${() => this.#look(view)}
            >
              ${t(`week.${view}`)}
            </button>`,
        )}
      </div>
    </div>`
  }

  #goToday(): void {
    this.#leaveDraft()
    this.day = dayAt(Date.now())
    this.#read()
    this.renderRoot.querySelector('nv-week-grid')?.goToNow()
  }

  #look(view: WeekView): void {
    this.#leaveDraft()
    this.view = view
  }

  #renderDays(): TemplateResult | typeof nothing {
    if (this.view === 'list' || this.isPrinting) {
      return html`<nv-week-list
        ?whole=${this.isPrinting}
        .items=${this.#items}
        .span=${weekOf(this.day)}
        .you=${this.#you}
        @nv-item=${({ item }: ItemEvent) => this.#open(item)}
      ></nv-week-list>`
    }
    if (!this.hasGrid) return nothing
    return html`<nv-week-grid
        .items=${this.#items}
        .draft=${this.draft}
        .you=${this.#you}
        .view=${this.view}
        .day=${this.day}
        @nv-item=${({ item }: ItemEvent) => this.#open(item)}
        @nv-free=${({ at, lengthMinutes }: FreeEvent) => this.#plan({ ...at, lengthMinutes })}
        @nv-shift=${(event: ShiftEvent) => this.#shift(event)}
      ></nv-week-grid>
      <p class="hint">${t(matchMedia(ONLY_FINGERS).matches ? 'week.helpTouch' : 'week.help')}</p>`
  }

  #renderDialogs(citizens: readonly CitizenPresence[]): TemplateResult {
    return html`<div @nv-planned=${({ done }: PlannedEvent) => (this.done = done)}>
      ${this.#renderNew(citizens)} ${this.#renderOpened(citizens)} ${this.#renderAsked(citizens)}
    </div>`
  }

  #renderNew(citizens: readonly CitizenPresence[]): TemplateResult | typeof nothing {
    const { wish } = this
    if (wish === null) return nothing
    if (wish.citizen === null) {
      return html`<nv-week-who
        .when=${wish.start === null ? null : whenAt(wish.start)}
        .citizens=${citizens}
        @nv-who=${({ citizen }: WhoEvent) => (this.wish = { ...wish, citizen })}
        @nv-closed=${() => void this.#close()}
      ></nv-week-who>`
    }
    return html`<nv-appointment-dialog
      .citizen=${wish.citizen}
      .start=${wish.start}
      .desk=${this.desk}
      @nv-closed=${() => void this.#close()}
    ></nv-appointment-dialog>`
  }

  #renderOpened(citizens: readonly CitizenPresence[]): TemplateResult | typeof nothing {
    const { opened } = this
    const citizen = citizens.find(({ person }) => person.id === opened?.citizen.id)
    if (opened === null || citizen === undefined) return nothing
    return html`<nv-appointment-dialog
      .citizen=${citizen}
      .appointment=${opened.appointment}
      .desk=${this.desk}
      @nv-closed=${() => void this.#close()}
    ></nv-appointment-dialog>`
  }

  #renderAsked(citizens: readonly CitizenPresence[]): TemplateResult | typeof nothing {
    const { draft, moved: item } = this
    if (!this.isAsking || draft === null || item === null) return nothing
    return html`<nv-week-move
      .item=${item}
      .to=${draft}
      .quiet=${citizens.find(({ person }) => person.id === item.citizen.id)?.quiet ?? null}
      .desk=${this.desk}
      @nv-closed=${() => void this.#close()}
    ></nv-week-move>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-week-page': NvWeekPage
  }
}
