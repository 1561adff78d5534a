/** Chromium's offer to install the page (web.dev "beforeinstallprompt"); no type of it comes with the DOM. */
export interface InstallOffer extends Event {
  prompt(): Promise<unknown>
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>
}

/** The browser's offer, until it is used. */
export const kept: { offer: InstallOffer | null } = { offer: null }

/**
 * Keeps the browser's offer until it is of use. It comes once and early, so this runs with the first
 * script.
 */
export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    // The event of that name is nothing else.
    kept.offer = event as InstallOffer
  })
}
