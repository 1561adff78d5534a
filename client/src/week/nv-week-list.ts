import type { Person } from '@naervaer/shared'
import { css, html, LitElement, nothing, type TemplateResult } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { baseStyles } from '../styles/base.styles.ts'
import { t } from '../texts/text.ts'
import { dayAt, listSpan, type DaySpan } from './days.ts'
import { blockClasses, renderBlock } from './week-block.ts'
import { blockStyles } from './week-block.styles.ts'
import { ItemEvent } from './week-events.ts'
import type { WeekItem } from './week-item.ts'
import { dayTitle } from './words.ts'

/**
 * The days below each other, with what is on them: for a phone, and for whoever would rather read than look.
 * It needs nothing of the calendar library.
 *
 * @fires nv-item
 */
@customElement('nv-week-list')
export class NvWeekList extends LitElement {
  static override styles = [
    baseStyles,
    blockStyles,
    css`
      h3 {
        margin: 0;
        padding-block: var(--nv-space-4) var(--nv-space-2);
        font-family: var(--nv-font-display);
        font-size: var(--nv-text-m);
        font-weight: 400;
      }

      summary {
        display: list-item;
        min-height: var(--nv-target);
        padding-block: 0.9em;
        color: var(--nv-accent);
        font-weight: 600;
        cursor: pointer;
      }

      section.today h3 {
        color: var(--nv-accent);
        font-weight: 600;
      }

      section {
        border-block-start: 1px solid var(--nv-rule);
        padding-block-end: var(--nv-space-3);
      }

      [role='list'] {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--nv-space-2);
      }

      .none {
        color: var(--nv-ink-soft);
        font-size: var(--nv-text-s);
      }

      button {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--nv-space-3);
        width: 100%;
        min-height: var(--nv-target);
        padding: var(--nv-space-2) var(--nv-space-3);
        font: inherit;
        cursor: pointer;
      }

      .block .hours {
        order: -1;
        flex: none;
        min-width: 6em;
      }

      .block .who {
        flex: 1 1 min(9em, 100%);
        font-size: var(--nv-text-m);
      }

      /* Here is room below: a name is read in full, however large its letters are. */
      .block .who b {
        min-width: 0;
        overflow-wrap: anywhere;
        white-space: normal;
      }

      @media print {
        section {
          break-inside: avoid;
        }

        button {
          min-height: 0;
          padding-block: 0.15rem;
        }
      }

      .block .hours,
      .block .kind,
      .block .state {
        font-size: var(--nv-text-s);
      }
    `,
  ]

  @property({ attribute: false }) items: readonly WeekItem[] = []
  @property({ attribute: false }) span: DaySpan | null = null
  /** With what has been as well, for paper. */
  @property({ type: Boolean }) whole = false
  @property({ attribute: false }) you: Person | null = null

  /** Gives the focus to an appointment, where it is shown. */
  take(key: string): void {
    const blocks = this.renderRoot.querySelectorAll<HTMLElement>('[data-key]')
    ;[...blocks].find((block) => block.dataset['key'] === key)?.focus()
  }

  protected override render(): TemplateResult {
    const days = this.span === null ? [] : listSpan(this.span)
    const today = dayAt(Date.now())
    // What has been is out of the way on the days on which somebody looks at what is to come.
    const before = days.includes(today) && !this.whole ? days.filter((day) => day < today) : []
    const after = days.slice(before.length)
    return html`${
      before.length === 0
        ? nothing
        : html`<details>
            <summary>${t('week.earlier')}</summary>
            ${before.map((day) => this.#renderDay(day, false))}
          </details>`
    }
    ${after.map((day) => this.#renderDay(day, day === today))}`
  }

  #renderDay(day: string, isToday: boolean): TemplateResult {
    const items = this.items.filter(({ start }) => start.day === day)
    const title = isToday ? `${dayTitle(day)} · ${t('week.today')}` : dayTitle(day)
    return html`<section class=${isToday ? 'today' : ''}>
      <h3>${title}</h3>
      ${
        items.length === 0
          ? html`<p class="none">${t('week.none')}</p>`
          : html`<div role="list">
              ${repeat(
                items,
                ({ key }) => key,
                (item) =>
                  html`<div role="listitem">
                    <button
                      type="button"
                      class=${blockClasses(item).join(' ')}
                      data-key=${item.key}
                      @click=${() => this.dispatchEvent(new ItemEvent(item))}
                    >
                      ${renderBlock(item, this.you?.id ?? null)}
                    </button>
                  </div>`,
              )}
            </div>`
      }
    </section>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nv-week-list': NvWeekList
  }
}
