import type { DurationMs } from '@naervaer/shared'
import { loadProver } from '../services/device/device-prover.ts'
import { proveRequests } from '../services/http-request.ts'
import { renewSubscription } from '../services/push/subscription.ts'

const SIGN_IN_MS: DurationMs = 10_000

/**
 * The browser has given the device another address, with no page open. The device's key signs here too,
 * so that nobody else can turn its notices elsewhere. What fails is done at the app's next start.
 */
export async function renewInBackground(registration: ServiceWorkerRegistration): Promise<void> {
  const prover = await loadProver()
  if (prover === null) return
  proveRequests((method, path) => prover.prove(method, path))
  await prover.signIn(AbortSignal.timeout(SIGN_IN_MS))
  await renewSubscription(registration)
}
