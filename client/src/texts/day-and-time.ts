import { clockTime, currentLanguage } from './text.ts'

/** A moment as it is said: "3. december 2026 kl. 10.00" (English "3 December 2026 at 10:00"). */
export function dayAndTime(at: number): string {
  const isDanish = currentLanguage() === 'da'
  const day = new Intl.DateTimeFormat(isDanish ? 'da-DK' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'Europe/Copenhagen',
  }).format(at)
  return `${day} ${isDanish ? 'kl.' : 'at'} ${clockTime(at)}`
}
