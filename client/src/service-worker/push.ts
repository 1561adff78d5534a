import { NOTICE_PATH } from '@naervaer/shared'
import { NOTICE_TAPPED } from './messages.ts'
import { renewInBackground } from './renew.ts'
import { makeNoticeTaker } from './take-notice.ts'

/**
 * Rings of a closed app: a notice for each push, the truth about it to the server, and the way into the
 * call with a tap. Whatever fails, a notice is shown: browsers take the permission from whoever is silent.
 */
export function tellOfRings(worker: ServiceWorkerGlobalScope): void {
  const take = makeNoticeTaker(worker)
  worker.addEventListener('push', (event) => {
    event.waitUntil(take(event))
  })
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(openApp(worker))
  })
  worker.addEventListener('pushsubscriptionchange', (event) => {
    // Typed as a plain event: the browsers that send it agree on no more.
    if (event instanceof ExtendableEvent) event.waitUntil(renewInBackground(worker.registration))
  })
}

/** The app asks the server what rings: a tap on an old notice never opens a ring (criterion W-18). */
async function openApp(worker: ServiceWorkerGlobalScope): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [page] = windows.toSorted((a, b) => rank(b) - rank(a))
  if (page === undefined) {
    await worker.clients.openWindow(NOTICE_PATH).catch(() => null)
    return
  }
  // It may be in a call, so it decides itself where to go.
  page.postMessage({ type: NOTICE_TAPPED })
  // Refused where the browser does not believe in the tap; the page knows all the same.
  await page.focus().catch(() => null)
}

const rank = ({ focused, visibilityState }: WindowClient): number =>
  focused ? 2 : visibilityState === 'visible' ? 1 : 0
