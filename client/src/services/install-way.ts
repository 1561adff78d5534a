import type { PairedKind } from '@naervaer/shared'
import { guessKind } from './device/device-kind.ts'
import { kept } from './install-offer.ts'

/**
 * How this page becomes an app in the browser in hand.
 *
 * - `share`: by hand from the share sheet of an iPhone or iPad, which opens at the top or the bottom
 * - `offer`: by the browser's own offer
 * - `menu`: by hand from the menu of a browser on Android
 * - `elsewhere`: not here, but in the phone's own browser: this is a window within another app
 */
export type InstallWay =
  | { readonly kind: 'share'; readonly at: 'top' | 'bottom'; readonly hasWebAppSwitch: boolean }
  | { readonly kind: 'offer' }
  | { readonly kind: 'menu' }
  | { readonly kind: 'elsewhere'; readonly browser: 'Safari' | 'Chrome' }

/** What is known of the browser in hand. */
export interface BrowserFacts {
  readonly kind: PairedKind
  readonly userAgent: string
  readonly isInstalled: boolean
  readonly hasOffer: boolean
}

/** What apps with a browser of their own call themselves; Android's says `wv` whichever it is. */
const WITHIN_AN_APP =
  /FBA[NV]|FB_IAB|Instagram|Messenger|Snapchat|LinkedInApp|Twitter|TikTok|musical_ly|Bytedance|Pinterest|MicroMessenger|Line\/|GSA\/|; wv\)/

/** Other browsers on iOS: their share button is at the top. */
const NOT_SAFARI = /CriOS|FxiOS|EdgiOS|OPT\/|DuckDuckGo/

/** From iOS 26 on the share sheet asks whether the page is to open as an app, and hides behind dots. */
const WITH_SWITCH = 26

/** @returns null where it is one, or where a computer's browser offers nothing */
export function chooseInstallWay(facts: BrowserFacts): InstallWay | null {
  const { kind, userAgent, isInstalled, hasOffer } = facts
  if (isInstalled) return null
  const isApple = kind === 'iphone' || kind === 'ipad'
  const isAndroid = kind === 'androidPhone' || kind === 'androidTablet'
  if (isWithinApp(userAgent, isApple) && (isApple || isAndroid))
    return { kind: 'elsewhere', browser: isApple ? 'Safari' : 'Chrome' }
  if (isApple) {
    const isAtTop = kind === 'ipad' || NOT_SAFARI.test(userAgent)
    const version = Number(/Version\/(\d+)/.exec(userAgent)?.[1] ?? 0)
    const hasWebAppSwitch = version >= WITH_SWITCH
    return { kind: 'share', at: isAtTop ? 'top' : 'bottom', hasWebAppSwitch }
  }
  if (hasOffer) return { kind: 'offer' }
  return isAndroid ? { kind: 'menu' } : null
}

/** A page in an app on iOS does not call itself Safari, which every browser there does. */
function isWithinApp(userAgent: string, isApple: boolean): boolean {
  return WITHIN_AN_APP.test(userAgent) || (isApple && !userAgent.includes('Safari/'))
}

/** How it is here and now. */
export function findInstallWay(): InstallWay | null {
  return chooseInstallWay({
    kind: guessKind(),
    userAgent: navigator.userAgent,
    isInstalled: isInstalled(),
    hasOffer: kept.offer !== null,
  })
}

/** @returns whether the person said yes to the browser */
export async function acceptInstallOffer(): Promise<boolean> {
  const { offer } = kept
  // An offer can be used once.
  kept.offer = null
  if (offer === null) return false
  await offer.prompt()
  return (await offer.userChoice).outcome === 'accepted'
}

/** Whether the page is the app already. Safari's own word is older than the standard's. */
export function isInstalled(): boolean {
  const isStandalone: unknown = Reflect.get(navigator, 'standalone')
  return isStandalone === true || matchMedia('(display-mode: standalone)').matches
}

/** Tells when a window of a browser becomes that of the app, as Chromium does on a computer. */
export function onInstalled(then: () => void): () => void {
  const query = matchMedia('(display-mode: standalone)')
  const follow = () => {
    if (query.matches) then()
  }
  query.addEventListener('change', follow)
  return () => query.removeEventListener('change', follow)
}
