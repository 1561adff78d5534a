import type { PairedKind } from '@naervaer/shared'

/** For words, and for what a kind of device needs. An iPad says that it is a Mac, which has no touch screen. */
export function guessKind(): PairedKind {
  const { userAgent, maxTouchPoints } = navigator
  if (userAgent.includes('iPhone')) return 'iphone'
  if (/iPad/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1))
    return 'ipad'
  if (userAgent.includes('Android')) {
    return userAgent.includes('Mobile') ? 'androidPhone' : 'androidTablet'
  }
  return /Windows|Macintosh|Linux|CrOS/.test(userAgent) ? 'computer' : 'other'
}

/** Whether it is an iPhone or iPad, where an app on the home screen shares nothing with Safari. */
export function isApple(): boolean {
  return ['iphone', 'ipad'].includes(guessKind())
}
