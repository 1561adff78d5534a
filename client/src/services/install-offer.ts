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

/** Whether the browser has offered to install the page, and nobody has answered yet. */
export function hasInstallOffer(): boolean {
  return offer !== null
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
