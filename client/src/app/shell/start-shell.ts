import type { DurationMs } from '@naervaer/shared'
import type { AppServices } from '../app-services.ts'
import { isInCall, listReasons } from './busyness.ts'
import { followLaunches } from './launches.ts'
import { keepForOffline } from './keep-for-offline.ts'
import { startNotices } from './start-notices.ts'
import { registerWorker } from './register-worker.ts'
import { UpdateWatch } from './update-watch.ts'

/** A tablet on a kitchen table is opened once and left open. */
const CHECK_INTERVAL_MS: DurationMs = 3_600_000

/** A new version often comes with a restart, and everybody is back from that at once. */
const SPREAD_MS: DurationMs = 20_000

/** What makes the page an app: late, since a first screen needs none of it. */
export async function startShell(services: AppServices): Promise<void> {
  followLaunches(isInCall(services))
  keepForOffline(services)
  const registration = await registerWorker()
  if (registration === null) return
  startNotices(services, registration)
  const reasons = listReasons(services)
  const updates = new UpdateWatch(registration, () => reasons.some((isSo) => isSo()))
  updates.start()
  const check = () => updates.check()
  setInterval(check, CHECK_INTERVAL_MS)
  services.connection.subscribe(() => {
    // A server that no longer speaks with this version does not let it in either.
    const isNews = ['open', 'lost'].includes(services.connection.value)
    if (isNews) setTimeout(check, Math.random() * SPREAD_MS)
  })
}
