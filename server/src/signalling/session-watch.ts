import type { DurationMs } from '@naervaer/shared'
import type { Cancel, Clock } from '../plugins/clock.ts'

/** Half of the two seconds within which a revoked device must be gone (criterion W-25). */
export const WATCH_INTERVAL_MS: DurationMs = 1_000

export interface SessionWatchOptions {
  readonly clock: Clock
  /** The sessions of all open sockets. */
  readonly listSessionIds: () => Iterable<string>
  /** Which of them still count; a failing look-up ends nothing. */
  readonly filterAlive: (sessionIds: readonly string[]) => Promise<Set<string>>
  readonly onEnded: (sessionId: string) => void
}

/**
 * Asks the records again and again whose session is over, because what ends one may be another
 * process, such as the command line, or simply time.
 */
export function watchSessions(options: SessionWatchOptions): Cancel {
  let isAsking = false
  const ask = async () => {
    const ids = [...new Set(options.listSessionIds())]
    if (ids.length === 0) return
    const alive = await options.filterAlive(ids)
    for (const id of ids) if (!alive.has(id)) options.onEnded(id)
  }
  return options.clock.every(WATCH_INTERVAL_MS, () => {
    if (isAsking) return
    isAsking = true
    ask()
      .catch(() => undefined)
      .finally(() => {
        isAsking = false
      })
  })
}
