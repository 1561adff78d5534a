import { LEAVING } from './messages.ts'

declare const self: ServiceWorkerGlobalScope

/** How long a page may take to say that it will load itself anew. */
const ANSWER_MS = 2_000

/**
 * The worker that the server gives out while its kill switch is on (criterion S-19): it takes over at
 * once, drops everything that is kept, and takes its leave.
 */
self.addEventListener('install', (event) => {
  event.waitUntil(self.skipWaiting())
})
self.addEventListener('activate', (event) => {
  event.waitUntil(leave())
})

async function leave(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.map((name) => caches.delete(name)))
  // Where nothing was kept the pages are from the network already, and loading them anew would not end.
  const windows = names.length === 0 ? [] : await self.clients.matchAll({ type: 'window' })
  await self.registration.unregister()
  await Promise.all(windows.map(loadAnew))
}

/** A page that still works waits until its call is over; one that says nothing is helped along. */
async function loadAnew(page: WindowClient): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const willItself = await new Promise<boolean>((resolve) => {
    port1.onmessage = () => resolve(true)
    setTimeout(() => resolve(false), ANSWER_MS)
    page.postMessage({ type: LEAVING }, [port2])
  })
  // A page that is gone in the meantime needs nothing any more.
  if (!willItself) await page.navigate(page.url).catch(() => null)
}
