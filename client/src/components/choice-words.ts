import type { ChoiceView } from '@naervaer/shared'
import { dayAndMonth, t } from '../texts/text.ts'

/** Where a citizen stands with video, as a worker reads it. */
export function describeChoice({ state, pausedUntil }: ChoiceView): string {
  switch (state) {
    case 'notOffered':
      return t('choice.notOffered')
    case 'offered':
      return t('choice.offered')
    case 'declined':
      return t('choice.declined')
    case 'later':
      return t('choice.later')
    case 'accepted':
      return t('choice.accepted')
    case 'active':
      return t('choice.active')
    case 'paused':
      return t('choice.paused', { date: dayAndMonth(pausedUntil ?? 0) })
    case 'withdrawn':
      return t('choice.withdrawn')
  }
}
