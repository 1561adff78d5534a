/** Where the service worker's script lies: at the top, so that it may serve every page. */
export const WORKER_PATH = '/service-worker.js'

/** What a page says to the service worker that waits, as workbox-window sends it. */
export const SKIP_WAITING = 'SKIP_WAITING'
