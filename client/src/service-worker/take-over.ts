import { SKIP_WAITING } from './messages.ts'

/**
 * The first version serves the page that brought it at once; each later one waits until a page says
 * that nobody is disturbed by it (rule N27).
 */
export function takeOverWhenTold(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
  worker.addEventListener('message', (event) => {
    const message: unknown = event.data
    if (isTypeOf(message, SKIP_WAITING)) event.waitUntil(worker.skipWaiting())
  })
}

function isTypeOf(message: unknown, type: string): boolean {
  return typeof message === 'object' && message !== null && Reflect.get(message, 'type') === type
}
