import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { PATHS } from '../app/paths.ts'

/** The one page of the app, under each of its addresses. */
const PAGE = '/index.html'

/** An address of the app, with or without a question; whatever else the server has is the server's. */
const isPage = new RegExp(`^(${[...PATHS].join('|')})(\\?|$)`)

/**
 * Keeps the files of this version and answers with them, also where no server can be reached. Answers
 * of the server itself are never kept (criterion S-19).
 */
export function serveShell(files: typeof NV_PRECACHE): void {
  precacheAndRoute([...files], { cleanURLs: false, directoryIndex: '' })
  cleanupOutdatedCaches()
  registerRoute(new NavigationRoute(createHandlerBoundToURL(PAGE), { allowlist: [isPage] }))
}
