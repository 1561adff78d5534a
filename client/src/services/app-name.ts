import { APP_NAMES, type AppNameKey } from '@naervaer/shared'
import type { Language } from '../texts/text.ts'
import { send } from './http-request.ts'

/** The names to choose from, for somebody who reads the page in this language. */
export function listAppNames(language: Language): readonly (readonly [AppNameKey, string])[] {
  const all = Object.entries(APP_NAMES) as [AppNameKey, (typeof APP_NAMES)[AppNameKey]][]
  return all
    .filter(([, { languages }]) => (languages as readonly Language[]).includes(language))
    .map(([key, { name }]) => [key, name])
}

/** What the app is called on this device, as its manifest has it. */
export async function loadAppName(): Promise<string> {
  const answer = await send('GET', '/manifest.webmanifest')
  const manifest: unknown = await answer.json()
  const name: unknown = Reflect.get(Object(manifest) as object, 'short_name')
  if (typeof name !== 'string') throw new Error('a manifest without a name')
  showAppName(name)
  return name
}

/** From now on the app is called so on this device; where it is installed, the system may ask first. */
export async function chooseAppName(key: AppNameKey): Promise<void> {
  await send('PUT', '/api/app-name', { name: key })
  showAppName(APP_NAMES[key].name)
  // Another address, or the browser would not read the manifest again.
  const link = document.querySelector('link[rel=manifest]')
  link?.setAttribute('href', `/manifest.webmanifest?name=${key}`)
}

/** iOS reads the name here. */
function showAppName(name: string): void {
  document.querySelector('meta[name=apple-mobile-web-app-title]')?.setAttribute('content', name)
}
