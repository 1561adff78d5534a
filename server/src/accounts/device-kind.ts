import type { BrowserKind } from '@naervaer/shared'

/**
 * The kind of device a browser says it runs on. Of all that the header tells nothing else is kept.
 *
 * @param userAgent - the header of RFC 9110 § 10.1.5; an iPad that poses as a Mac counts as a computer
 */
export function toDeviceKind(userAgent: string | undefined): BrowserKind {
  if (userAgent === undefined || userAgent === '') return 'unknown'
  if (/iPad|Tablet|Android(?!.*Mobile)/i.test(userAgent)) return 'tablet'
  if (/iPhone|iPod|Mobile|Android/i.test(userAgent)) return 'phone'
  return /Windows|Macintosh|X11|CrOS|Linux/i.test(userAgent) ? 'computer' : 'unknown'
}
