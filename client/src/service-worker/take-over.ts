import { isMessage, TAKE_OVER } from './messages.ts'

/**
 * The first version serves the page that brought it at once; each later one waits until a page says
 * that nobody is disturbed by it (feature N27).
 */
export function takeOverWhenTold(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('activate', (event) => {
    event.waitUntil(worker.clients.claim())
  })
  worker.addEventListener('message', (event) => {
    if (isMessage(event.data, TAKE_OVER)) event.waitUntil(worker.skipWaiting())
  })
}
