import type { DurationMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'
import type { VapidKeys } from './repository.ts'

/** How soon a running server uses the new pair: until then its notices are refused by push services. */
export const KEY_WATCH_MS: DurationMs = 2_000

export interface KeyWatchOptions {
  readonly clock: Clock
  readonly keys: VapidKeys
  readonly load: () => Promise<VapidKeys | null>
  readonly onChanged: (keys: VapidKeys) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** Asks the records for the server's pair again and again: the command line may have drawn another. */
export function watchKeys({ clock, keys, load, onChanged, onError }: KeyWatchOptions): Cancel {
  let publicKey = keys.publicKey
  let isAsking = false
  const ask = async () => {
    const now = await load()
    if (now === null || now.publicKey === publicKey) return
    await onChanged(now)
    publicKey = now.publicKey
  }
  return clock.every(KEY_WATCH_MS, () => {
    if (isAsking) return
    isAsking = true
    ask()
      .catch(onError)
      .finally(() => (isAsking = false))
  })
}
