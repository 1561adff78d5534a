import { LEAVING } from './messages.ts'

declare const self: ServiceWorkerGlobalScope

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

/** Open pages load themselves anew when they can; one that is too broken for that does at its next start. */
async function leave(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.map((name) => caches.delete(name)))
  // Where nothing was kept the pages are from the network already, and loading them anew would not end.
  const windows = names.length === 0 ? [] : await self.clients.matchAll({ type: 'window' })
  await self.registration.unregister()
  for (const page of windows) page.postMessage({ type: LEAVING })
}
