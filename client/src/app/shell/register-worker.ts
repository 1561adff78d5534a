import { WORKER_PATH } from '../../service-worker/messages.ts'

/** The part of Trusted Types (W3C) that is used here; browsers without it take the plain address. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): { createScriptURL(address: string): string }
}

/**
 * The service worker's address as the content security policy lets it through (criterion S-17). The
 * policy makes that one address and no other, whatever it is asked for.
 */
function trustWorkerPath(): string {
  const trustedTypes = Reflect.get(globalThis, 'trustedTypes') as TrustedTypes | undefined
  if (trustedTypes === undefined) return WORKER_PATH
  const policy = trustedTypes.createPolicy('naervaer', { createScriptURL: () => WORKER_PATH })
  return policy.createScriptURL(WORKER_PATH)
}

/**
 * Registers the service worker; its script is always asked for at the server, whatever a cache says.
 *
 * @returns null where the browser has none or refuses storage, and the app does without
 */
export async function registerWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null
  const options = { scope: '/', updateViaCache: 'none' } as const
  return navigator.serviceWorker.register(trustWorkerPath(), options).catch(() => null)
}
