import { Workbox } from 'workbox-window'
import { WORKER_PATH } from '../../service-worker/messages.ts'

/** The part of Trusted Types (W3C) that is used here; browsers without it take the plain address. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string }
}

/**
 * Makes the service worker's address one that the content security policy lets through (criterion S-17);
 * there is no other, so the policy knows no other.
 */
function trustWorkerPath(): string {
  const trustedTypes = Reflect.get(globalThis, 'trustedTypes') as TrustedTypes | undefined
  if (trustedTypes === undefined) return WORKER_PATH
  const policy = trustedTypes.createPolicy('naervaer', { createScriptURL: () => WORKER_PATH })
  return policy.createScriptURL(WORKER_PATH)
}

/** Registers the service worker; null where the browser has none, as in some private windows. */
export function registerWorker(): Workbox | null {
  if (!('serviceWorker' in navigator)) return null
  // A worker's script is always asked for at the server, whatever a cache says.
  const workbox = new Workbox(trustWorkerPath(), { updateViaCache: 'none' })
  // Refused storage is no fault of ours, and the app works without.
  workbox.register({ immediate: true }).catch(() => undefined)
  return workbox
}
