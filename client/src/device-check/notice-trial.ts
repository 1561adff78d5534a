import type { DurationMs, Probe } from '@naervaer/shared'
import { readMark } from '../services/device/device-mark.ts'
import { noticesDesk, renewNotices, type NoticesState } from '../services/push/notices-desk.ts'
import { fetchPush, sendTrial, SubscribeError } from '../services/push/subscription.ts'
import { currentLanguage } from '../texts/text.ts'

/** A notice that takes longer would tell of a ring that is nearly over. */
const PATIENCE_MS: DurationMs = 15_000
const ASK_AGAIN_MS: DurationMs = 1_000

const NOT_TRIED: Probe = { state: 'notTried', ms: null }

/** How this device stands with notices, and whether one has really arrived. */
export interface TriedNotices {
  /** Null where it could not be found out. */
  readonly state: NoticesState | null
  /** `failed` where none has come, `refused` where none could be sent. */
  readonly trial: Probe
}

/**
 * Sends this device a real notice, and waits until the server has its receipt: nothing that is known
 * here alone proves that one arrives. Only where the citizen wants notices; nobody is asked for leave.
 */
export async function tryNotices(): Promise<TriedNotices> {
  // Nobody else is notified, and the server refuses to say more.
  if (readMark() !== 'paired') return { state: 'unpaired', trial: NOT_TRIED }
  try {
    const registration = await navigator.serviceWorker.getRegistration()
    // What the browser or the push service has forgotten is made anew first, as with each start.
    if (registration !== undefined) await renewNotices(registration, currentLanguage())
    const { state } = await noticesDesk.load()
    return { state, trial: state === 'on' ? await awaitReceipt() : NOT_TRIED }
  } catch (error) {
    const isRefused = error instanceof SubscribeError
    return { state: null, trial: isRefused ? { state: 'failed', ms: null } : NOT_TRIED }
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
