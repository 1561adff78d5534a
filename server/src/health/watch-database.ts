import { performance } from 'node:perf_hooks'
import type { DurationMs } from '@naervaer/shared'
import type { Database } from '../database/open.ts'
import { loadShape } from '../database/steps.ts'
import type { KnownTime } from './known-time.ts'

/**
 * Makes a look that writes, as a call would: a full disk, a locked file and a file that may only be read show
 * themselves in no other way. And whether a newer version has changed the records' shape beneath this one.
 *
 * @param onWritten - told how long it took
 */
export function watchDatabase(
  database: Database,
  knownTime: Pick<KnownTime, 'note'>,
  onWritten: (tookMs: DurationMs) => void,
): () => Promise<boolean> {
  return async () => {
    const from = performance.now()
    await knownTime.note(database)
    onWritten(performance.now() - from)
    const shape = await loadShape(database)
    return shape !== null && shape.tooNew.length === 0
  }
}
