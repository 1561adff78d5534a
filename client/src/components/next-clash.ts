import type { Warning, WarningCode } from '@naervaer/shared/appointments'
import { t } from '../texts/text.ts'

/** What makes a time a bad one, the worst first; what is wrong with every time is said once one is chosen. */
const WORDS = {
  busy: 'next.clash.you',
  citizenBusy: 'next.clash.they',
  absent: 'next.clash.away',
  holderBusy: 'next.clash.holder',
  holiday: 'next.clash.holiday',
  quiet: 'next.clash.quiet',
} as const satisfies Partial<Record<WarningCode, string>>

/** Why an offered time may not do, in a few words for its button; null where nothing is known against it. */
export function nameClash(warnings: readonly Warning[], name: string): string | null {
  const codes = new Set<string>(warnings.map(({ code }) => code))
  const clash = Object.entries(WORDS).find(([code]) => codes.has(code))
  return clash === undefined ? null : t(clash[1], { name })
}
