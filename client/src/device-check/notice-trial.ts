import type { DurationMs, Probe } from '@naervaer/shared'
import {
  fetchPush,
  renewSubscription,
  sendTrial,
  SubscribeError,
} from '../services/push/subscription.ts'

/** A notice that takes longer would tell of a ring that is nearly over. */
const PATIENCE_MS: DurationMs = 15_000
const ASK_AGAIN_MS: DurationMs = 1_000

const NOT_TRIED: Probe = { state: 'notTried', ms: null }

/**
 * Sends this device a real notice, and waits until the server has its receipt: nothing that is known
 * here alone proves that one arrives. Only where the device is notified already.
 *
 * @returns `failed` where none has come, `refused` where none could be sent
 */
export async function tryNotice(): Promise<Probe> {
  try {
    const registration = await navigator.serviceWorker.getRegistration()
    // What the browser has forgotten or changed is told the server first, as with each start.
    if (registration === undefined || !(await renewSubscription(registration))) return NOT_TRIED
    return await awaitReceipt()
  } catch (error) {
    return error instanceof SubscribeError ? { state: 'failed', ms: null } : NOT_TRIED
  }
}

async function awaitReceipt(): Promise<Probe> {
  const before = await readProvenAt()
  const startedAt = performance.now()
  if (!(await sendTrial())) return { state: 'refused', ms: null }
  for (;;) {
    const isThere = (await readProvenAt()) !== before
    const ms = Math.round(performance.now() - startedAt)
    if (isThere) return { state: 'ok', ms }
    if (ms >= PATIENCE_MS) return { state: 'failed', ms: null }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
  }
}

const readProvenAt = async () => (await fetchPush()).own?.provenAt ?? null
