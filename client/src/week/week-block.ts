import type { PersonId } from '@naervaer/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { t } from '../texts/text.ts'
import { wallTime } from '../texts/wall-time.ts'
import { isUnusual, stateOf } from './words.ts'
import { KIND_ICONS, noteIcon, repeatIcon } from './week-icons.ts'
import { hoursOf, type WeekItem } from './week-item.ts'

/** What stands on an appointment, in the grid and in the list: who, when, how, and how it stands. */
export function renderBlock(item: WeekItem, you: PersonId | null): TemplateResult {
  const { appointment, citizen } = item
  const { from, until } = hoursOf(item)
  const states = stateOf(appointment, you)
  const mark = isUnusual(appointment) ? html`<span class="mark">${noteIcon}</span>` : nothing
  return html`<span class="who">${KIND_ICONS[appointment.kind]}${mark}<b>${citizen.name}</b></span>
    <span class="hours">${wallTime(from)}<span class="until">–${wallTime(until)}</span></span>
    ${states.map((words) => html`<span class="state">${words}</span>`)}
    <span class="kind">${t(`planning.${appointment.kind}`)}</span>
    ${
      appointment.isSeries
        ? html`<span class="series"
            >${repeatIcon}<span class="visually-hidden">${t('week.series')}</span></span
          >`
        : nothing
    } `
}

/** How it looks: by its kind, and whether it takes place. */
export function blockClasses({ appointment }: WeekItem): string[] {
  const { calledOff, kind } = appointment
  return ['block', kind, ...(calledOff === null ? [] : ['off'])]
}
