import type { Person } from '@naervaer/shared'
import { wallTimeAt, weekdayOf, type Day, type WallTime } from '@naervaer/shared/wall'
import { Calendar } from 'fullcalendar'
import type { CalendarOptions, EventDisplayInfo, EventInput } from 'fullcalendar'
import interactionPlugin from 'fullcalendar/interaction'
import timeGridPlugin from 'fullcalendar/timegrid'
import skeleton from 'fullcalendar/skeleton.css?inline'
import { html, LitElement, render, type PropertyValues, type TemplateResult } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { baseStyles } from '../styles/base.styles.ts'
import { currentLanguage, t } from '../texts/text.ts'
import { wallTime } from '../texts/wall-time.ts'
import { addMinutes, findHours, fromStamp, isOpen, moveTo, toStamp } from './week-item.ts'
import type { Draft, WeekItem } from './week-item.ts'
import { weekOf } from './days.ts'
import { blockClasses, renderBlock } from './week-block.ts'
import { blockStyles } from './week-block.styles.ts'
import { FreeEvent, ItemEvent, ShiftEvent } from './week-events.ts'
import { gridStyles } from './nv-week-grid.styles.ts'
import { dateWord, dayTitle, weekdayWord } from './words.ts'

const STEP_MINUTES = 15
const STEP = `00:${String(STEP_MINUTES)}:00`

const DAY_MINUTES = 24 * 60

/** How far each arrow key moves what is chosen, with Alt. */
const NUDGES: Readonly<Record<string, number>> = {
  ArrowUp: -STEP_MINUTES,
  ArrowDown: STEP_MINUTES,
  ArrowLeft: -DAY_MINUTES,
  ArrowRight: DAY_MINUTES,
}

/** How long a finger stays where it is before it lifts what is under it; a shorter touch opens, a moving one scrolls. */
const HOLD_MS = 500

/** How the library stacks its boxes: from the file that comes with it. */
const structure = new CSSStyleSheet()
structure.replaceSync(skeleton)

/** Of a moment as the calendar has it: its "UTC" is what the wall shows. */
const wallOf = (stamp: string) => fromStamp(stamp.slice(0, 16))

/** A line for each hour, a dotted one for the half, and none for what is between. */
function slotClass(minute: number): string {
  if (minute % 60 === 0) return 'slot'
  return minute % 30 === 0 ? 'slot half' : 'slot quarter'
}

/** The library gives the hours a head with nothing in it: the hours are read where they stand. */
function removeEmptyHeads(view: HTMLElement): void {
  for (const head of view.querySelectorAll('[role=rowheader]:empty')) {
    head.setAttribute('role', 'presentation')
    head.removeAttribute('aria-label')
  }
}

/** As it is drawn: while it is dragged or nudged it stands elsewhere than it is planned. */
const placeAt = (item: WeekItem, start: WallTime): WeekItem =>
  toStamp(start) === toStamp(item.start) ? item : moveTo(item, start)

/** Where a working day begins, as far as nothing is planned before. */
const MORNING_MINUTE = 8 * 60

/**
 * A day or a week of working hours as a grid. The calendar library is told what the wall in Denmark shows and
 * that this were UTC, so that neither the browser's zone nor a change of the clocks moves anything; its styles
 * are a constructed sheet, since the page's policy lets in no other.
 *
 * @fires nv-item
 * @fires nv-free
 * @fires nv-shift
 */
@customElement('nv-week-grid')
export class NvWeekGrid extends LitElement {
  static override styles = [baseStyles, structure, blockStyles, gridStyles]

  @property({ attribute: false }) items: readonly WeekItem[] = []
  @property({ attribute: false }) draft: Draft | null = null
  @property({ attribute: false }) you: Person | null = null
  @property() view: 'day' | 'week' = 'week'
  /** Of the week, any of its days. */
  @property() day: Day = ''
  @query('#grid') private grid!: HTMLElement
  #calendar: Calendar | null = null
  /** What is to have the focus again when it has been drawn anew. */
  #focused: string | null = null
  /** What is to have it as soon as it is drawn, once. */
  #taken: string | null = null
  /** The days have changed, and what is on them has not come yet. */
  #isTopDue = false

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#calendar?.destroy()
    this.#calendar = null
  }

  protected override updated(changes: PropertyValues<this>): void {
    if (this.#calendar === null) this.#start()
    else this.#follow(changes)
  }

  #start(): void {
    this.#calendar = new Calendar(this.grid, {
      ...this.#fixedOptions(),
      ...this.#options(),
      initialView: this.#viewName,
      initialDate: this.day,
      scrollTime: this.#top,
    })
    this.#calendar.render()
  }

  /** What has just been is still worth seeing, and what comes next more so. */
  get #hourBefore(): { readonly minutes: number } {
    return { minutes: Math.max(0, wallTimeAt(Date.now()).minute - 60) }
  }

  /** Of other days their morning, or what comes before it: what is planned must not hide above the edge. */
  get #top(): { readonly minutes: number } {
    const today = wallTimeAt(Date.now()).day
    const { from, to } = this.view === 'day' ? { from: this.day, to: this.day } : weekOf(this.day)
    if (from <= today && today <= to) return this.#hourBefore
    const starts = this.items.filter(({ start }) => from <= start.day && start.day <= to)
    return { minutes: Math.min(MORNING_MINUTE, ...starts.map(({ start }) => start.minute)) }
  }

  /** Shows now, an hour of what has been above it. */
  goToNow(): void {
    this.#calendar?.scrollToTime(this.#hourBefore)
  }

  /** Gives the focus to an appointment, now or when it is drawn. */
  take(key: string): void {
    const block = this.#findBlock(key)
    this.#taken = block === undefined ? key : null
    block?.focus()
  }

  get #viewName(): string {
    return this.view === 'day' ? 'timeGridDay' : 'timeGridWeek'
  }

  #follow(changes: PropertyValues<this>): void {
    const calendar = this.#calendar
    if (calendar === null) return
    const active = this.shadowRoot?.activeElement
    const focused = active instanceof HTMLElement ? (active.dataset['key'] ?? null) : null
    this.#focused = focused
    calendar.batchRendering(() => {
      const { events, slotMinTime, slotMaxTime, weekends } = this.#options()
      calendar.setOption('slotMinTime', slotMinTime)
      calendar.setOption('slotMaxTime', slotMaxTime)
      calendar.setOption('weekends', weekends)
      calendar.setOption('events', events)
      if (changes.has('view') || changes.has('day')) calendar.changeView(this.#viewName, this.day)
    })
    this.#scroll(calendar, changes)
    if (focused !== null) this.#findBlock(focused)?.focus({ preventScroll: true })
  }

  /** To the top of other days, and once more when it is known what is on them, which may move the hours. */
  #scroll(calendar: Calendar, changes: PropertyValues<this>): void {
    const isElsewhere = changes.has('view') || changes.has('day')
    if (!isElsewhere && !(this.#isTopDue && changes.has('items'))) return
    this.#isTopDue = isElsewhere
    calendar.scrollToTime(this.#top)
  }

  #findBlock(key: string): HTMLElement | undefined {
    const blocks = this.renderRoot.querySelectorAll<HTMLElement>('[data-key]')
    return [...blocks].find((block) => block.dataset['key'] === key)
  }

  /** What depends on the days and what is on them. */
  #options(): Pick<CalendarOptions, 'slotMinTime' | 'slotMaxTime' | 'weekends' | 'events'> {
    const items = this.#placed
    const { from, to } = findHours(items)
    return {
      slotMinTime: `${String(from)}:00:00`,
      slotMaxTime: `${String(to)}:00:00`,
      // Nobody plans at a weekend as a rule; what is there is shown, and so is today.
      weekends:
        this.view === 'day' ||
        this.#isWeekendNow ||
        items.some(({ start }) => weekdayOf(start.day) > 5),
      events: items.map((item) => this.#toEvent(item)),
    }
  }

  /** Whether today is one of these days, and at a weekend. */
  get #isWeekendNow(): boolean {
    const today = wallTimeAt(Date.now()).day
    const { from, to } = weekOf(this.day)
    return weekdayOf(today) > 5 && from <= today && today <= to
  }

  /** With what is on its way where it would be. */
  get #placed(): WeekItem[] {
    const { draft } = this
    return this.items.map((item) => (item.key === draft?.key ? moveTo(item, draft) : item))
  }

  #toEvent(item: WeekItem): EventInput {
    return {
      id: item.key,
      start: toStamp(item.start),
      end: toStamp(item.end),
      editable: isOpen(item, Date.now()),
    }
  }

  #fixedOptions(): CalendarOptions {
    return {
      plugins: [timeGridPlugin, interactionPlugin],
      timeZone: 'UTC',
      now: () => toStamp(wallTimeAt(Date.now())),
      locale: currentLanguage() === 'da' ? 'da' : 'en-gb',
      firstDay: 1,
      headerToolbar: false,
      height: '100%',
      scrollTimeReset: false,
      allDaySlot: false,
      nowIndicator: true,
      timedText: t('week.hours'),
      // As fine as what is dragged moves: the library would move it on by a step where its slots are coarser.
      slotDuration: STEP,
      slotHeaderInterval: '01:00:00',
      snapDuration: STEP,
      ...this.#heights(),
      slotEventOverlap: false,
      eventInteractive: true,
      eventDurationEditable: false,
      dragRevertDuration: 0,
      longPressDelay: HOLD_MS,
      selectable: true,
      selectMinDistance: 8,
      ...this.#looks(),
      ...this.#answers(),
    }
  }

  /** In pixels for the library, and as much as the letters ask for: twenty minutes have room for a line. */
  #heights(): CalendarOptions {
    const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize)
    return {
      slotMinHeight: 1.375 * remPx,
      eventMinHeight: 1.8 * remPx,
      eventShortHeight: 2.7 * remPx,
    }
  }

  #looks(): CalendarOptions {
    return {
      viewClass: 'view',
      dayHeaderAlign: 'center',
      tableHeaderClass: 'head',
      dayHeaderClass: ({ isToday }) => (isToday ? 'day-head today' : 'day-head'),
      dayHeaderContent: ({ date }) => this.#drawDay(date),
      // Heads whose words are hidden are heads of nothing.
      dayHeaderDidMount: ({ el }) =>
        el.querySelector('[aria-hidden]')?.removeAttribute('aria-hidden'),
      slotHeaderDidMount: ({ el }) => el.closest('[aria-hidden]')?.removeAttribute('aria-hidden'),
      viewDidMount: ({ el }) => removeEmptyHeads(el),
      dayLaneClass: ({ isToday }) => (isToday ? 'lane today' : 'lane'),
      slotLaneClass: ({ time }) => slotClass((time?.milliseconds ?? 0) / 60_000),
      slotHeaderInnerClass: 'hour-words',
      slotHeaderContent: ({ date }) => wallTime(date.getUTCHours() * 60),
      highlightClass: 'wished',
      nowIndicatorLineClass: 'now',
      eventClass: (info) => this.#classOf(info),
      eventContent: (info) => this.#draw(info),
      eventDidMount: ({ el, event }) => {
        el.dataset['key'] = event.id
        if (event.id === this.#focused) el.focus({ preventScroll: true })
        if (event.id === this.#taken) {
          this.#taken = null
          el.focus()
        }
      },
    }
  }

  #answers(): CalendarOptions {
    return {
      dateClick: ({ dateStr }) => this.dispatchEvent(new FreeEvent(wallOf(dateStr), null)),
      select: ({ start, end, startStr }) => {
        const lengthMinutes = (end.getTime() - start.getTime()) / 60_000
        this.dispatchEvent(new FreeEvent(wallOf(startStr), lengthMinutes))
        this.#calendar?.unselect()
      },
      eventClick: ({ event, jsEvent }) => this.#choose(event.id, jsEvent),
      eventDrop: ({ event, revert }) => {
        const item = this.#find(event.id)
        const to = wallOf(event.startStr)
        // Where it is shown is said by the page: as a draft, for as long as it is asked about.
        revert()
        if (item !== undefined) this.dispatchEvent(new ShiftEvent(item, to, true))
      },
    }
  }

  #find(key: string): WeekItem | undefined {
    return this.items.find((item) => item.key === key)
  }

  /** What is on its way by the arrow keys stays where it was put. */
  #choose(key: string, event: Event): void {
    const item = this.#find(key)
    if (item === undefined) return
    const { draft } = this
    const isMeant = event instanceof KeyboardEvent && event.key === 'Enter'
    if (draft?.key === key && isMeant) this.dispatchEvent(new ShiftEvent(item, draft, true))
    else this.dispatchEvent(new ItemEvent(item))
  }

  #onKey(event: KeyboardEvent): void {
    const { target } = event
    const block = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-key]') : null
    const item = this.#find(block?.dataset['key'] ?? '')
    if (item === undefined) return
    const draft = this.draft?.key === item.key ? this.draft : null
    if (event.key === 'Escape' && draft !== null) {
      this.dispatchEvent(new ShiftEvent(item, null, false))
      return
    }
    const minutes = NUDGES[event.key]
    if (minutes === undefined || !event.altKey || !isOpen(item, Date.now())) return
    // With Alt some of them go back in the browser's history.
    event.preventDefault()
    const to = addMinutes(draft ?? item.start, minutes)
    this.dispatchEvent(new ShiftEvent(item, to, false))
  }

  #classOf({ event, isMirror, isSelected, isShort }: EventDisplayInfo): string {
    const item = this.#find(event.id)
    const classes = item === undefined ? [] : blockClasses(item)
    if (isShort) classes.push('short')
    if (isSelected) classes.push('lifted')
    if (isMirror || this.draft?.key === event.id) classes.push('draft')
    return classes.join(' ')
  }

  #draw({ event }: EventDisplayInfo): { domNodes: Node[] } {
    const item = this.#find(event.id)
    const box = document.createElement('div')
    box.className = 'words'
    if (item !== undefined) render(this.#renderWords(placeAt(item, wallOf(event.startStr))), box)
    return { domNodes: [box] }
  }

  /** The day is seen by where it stands, and has to be said to whoever hears it. */
  #renderWords(item: WeekItem): TemplateResult {
    return html`<span class="visually-hidden">${dayTitle(item.start.day)}</span>
      ${renderBlock(item, this.you?.id ?? null)}`
  }

  #drawDay(date: Date): { domNodes: Node[] } {
    const day = date.toISOString().slice(0, 10)
    const box = document.createElement('span')
    box.className = 'day-words'
    render(html`<span>${weekdayWord(day)}</span> <span class="date">${dateWord(day)}</span>`, box)
    return { domNodes: [box] }
  }

  protected override render(): TemplateResult {
    return html`<div id="grid" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}></div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-week-grid': NvWeekGrid
  }
}
