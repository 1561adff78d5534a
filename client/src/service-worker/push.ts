import { NOTICE_PATH } from '@naervaer/shared'
import { answerNotice, isReminder, readAnswer } from './answer-notice.ts'
import { NOTICE_TAPPED, REMINDER_TAPPED } from './messages.ts'
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
    event.waitUntil(followTap(worker, event))
  })
  worker.addEventListener('pushsubscriptionchange', (event) => {
    // Typed as a plain event: the browsers that send it agree on no more.
    if (event instanceof ExtendableEvent) event.waitUntil(renewInBackground(worker.registration))
  })
}

/** A button answers; anything else opens the app, and so does an answer that could not be given. */
async function followTap(
  worker: ServiceWorkerGlobalScope,
  { action, notification }: NotificationEvent,
): Promise<void> {
  const data: unknown = notification.data
  if (!isReminder(data)) return openApp(worker, NOTICE_PATH, NOTICE_TAPPED)
  const answer = readAnswer(action)
  if (answer !== null && (await answerNotice(worker, data, answer))) return
  await openApp(worker, '/', REMINDER_TAPPED)
}

/** The app asks the server what rings: a tap on an old notice never opens a ring (criterion W-18). */
async function openApp(
  worker: ServiceWorkerGlobalScope,
  path: string,
  type: string,
): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [page] = windows.toSorted((a, b) => rank(b) - rank(a))
  if (page === undefined) {
    await worker.clients.openWindow(path).catch(() => null)
    return
  }
  // It may be in a call, so it decides itself where to go.
  page.postMessage({ type })
  // Refused where the browser does not believe in the tap; the page knows all the same.
  await page.focus().catch(() => null)
}

const rank = ({ focused, visibilityState }: WindowClient): number =>
  focused ? 2 : visibilityState === 'visible' ? 1 : 0
