import type { QuietHours } from '@naervaer/shared'
import { currentLanguage } from './text.ts'

/** A time on the wall in minutes since midnight, as it is said: "22.00" (English "22:00"). */
export function wallTime(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return [Math.floor(minute / 60), minute % 60]
    .map(two)
    .join(currentLanguage() === 'da' ? '.' : ':')
}

/** Whether they end on the next day. */
export const isOverMidnight = ({ from, to }: QuietHours): boolean => to < from && to > 0

/** How long they are, as it is said: "23,5" (English "23.5"). */
export function hoursOf(quiet: QuietHours): string {
  const hours = String(lengthMinutes(quiet) / 60)
  return currentLanguage() === 'da' ? hours.replace('.', ',') : hours
}

/** Of a day and night. */
export const lengthMinutes = ({ from, to }: QuietHours): number => (to - from + 24 * 60) % (24 * 60)
