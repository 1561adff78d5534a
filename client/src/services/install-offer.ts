import { isApple } from './device/device-kind.ts'

/** Chromium's offer to install the page (web.dev "beforeinstallprompt"); no type of it comes with the DOM. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>
}

let offer: InstallOffer | null = null

/**
 * Keeps the browser's offer until it is of use. It comes once and early, so this runs with the first
 * script.
 */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    // The event of that name is nothing else.
    offer = event as InstallOffer
  })
  addEventListener('appinstalled', () => {
    offer = null
  })
}

/**
 * How this page becomes an app: by hand on an iPhone or iPad, by the browser's own offer, or not at all,
 * because it is one or the browser has not offered.
 */
export function findInstallWay(): 'byHand' | 'offer' | null {
  if (isInstalled()) return null
  if (isApple()) return 'byHand'
  return offer === null ? null : 'offer'
}

/** @returns whether the person said yes to the browser */
export async function acceptInstallOffer(): Promise<boolean> {
  const asking = offer
  // An offer can be used once.
  offer = null
  if (asking === null) return false
  await asking.prompt()
  return (await asking.userChoice).outcome === 'accepted'
}

/** Whether the page was opened as an app. Safari's own word is older than the standard's. */
export function isInstalled(): boolean {
  const isStandalone: unknown = Reflect.get(navigator, 'standalone')
  return isStandalone === true || matchMedia('(display-mode: standalone)').matches
}
