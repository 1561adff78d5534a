import { performance } from 'node:perf_hooks'
import type { DurationMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import type { Clock } from '../plugins/clock.ts'

/**
 * Makes a look that writes, as a call would: a full disk, a locked file and a file that may only be read show
 * themselves in no other way.
 *
 * @param onWritten - told how long it took
 */
export function watchDatabase(
  database: Database,
  clock: Pick<Clock, 'now'>,
  onWritten: (tookMs: DurationMs) => void,
): () => Promise<boolean> {
  return async () => {
    const from = performance.now()
    await database
      .insertInto('heartbeat')
      .values({ id: 1, at: clock.now() })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: clock.now() }))
      .execute()
    onWritten(performance.now() - from)
    return true
  }
}
