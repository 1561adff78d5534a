import { OWN_PATHS } from '../components/own-pages.ts'

/** Pages that strangers may stay on, also in the demo. */
export const STRANGERS_PATHS: readonly string[] = [
  '/start',
  '/demo',
  '/invitation',
  '/sign-in',
  '/sign-in/refused',
  '/test',
  '/om',
]

/** Where a citizen's device may be when it is disconnected. */
export const CITIZENS_PATHS: readonly string[] = [
  '/',
  '/mine-valg',
  '/svar',
  '/devices',
  '/lookups',
  '/opkald',
  '/besked',
]

/** Every address with a page, of whomever. */
export const PATHS: ReadonlySet<string> = new Set([
  ...STRANGERS_PATHS,
  ...CITIZENS_PATHS,
  ...OWN_PATHS,
  '/sessions',
  '/passkeys',
  '/lyd-og-billede',
  '/oeveopkald',
])
