import { currentLanguage } from './text.ts'

/** A time on the wall in minutes since midnight, as it is said: "22.00" (English "22:00"). */
export function wallTime(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return [Math.floor(minute / 60), minute % 60]
    .map(two)
    .join(currentLanguage() === 'da' ? '.' : ':')
}
