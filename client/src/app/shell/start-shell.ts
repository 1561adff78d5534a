import type { DurationMs } from '@naervaer/shared'
import type { AppServices } from '../app-services.ts'
import { isInCall, listReasons } from './busyness.ts'
import { loadCallParts } from './call-parts.ts'
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
  followDevice(services)
  const registration = await registerWorker()
  if (registration === null) return
  startNotices(services, registration)
  const reasons = listReasons(services)
  const isBusy = () => reasons.some((isSo) => isSo())
  const updates = new UpdateWatch(registration, isBusy, () => prepareCall(services))
  updates.start()
  followWorker(services)
  const check = () => updates.check()
  setInterval(check, CHECK_INTERVAL_MS)
  services.connection.subscribe(() => {
    // A server that no longer speaks with this version does not let it in either.
    const isNews = ['open', 'lost'].includes(services.connection.value)
    if (isNews) setTimeout(check, Math.random() * SPREAD_MS)
  })
}

/** A citizen's own device says how it stands, for whoever is rung when it works no more. */
function followDevice(services: AppServices): void {
  const { session } = services
  const unsubscribe = session.subscribe(() => {
    follow()
  })
  let isDone = false
  const follow = () => {
    if (isDone || session.value?.role !== 'citizen' || services.deviceMark() !== 'paired') return
    isDone = true
    unsubscribe()
    // A help to others: without it nothing is missing here.
    import('../../device-check/tell-device.ts').then(
      ({ tellDevice }) => {
        tellDevice(services)
      },
      () => undefined,
    )
  }
  follow()
}

function prepareCall({ session }: AppServices): void {
  const role = session.value?.role ?? null
  if (role !== null) void loadCallParts(role)
}

/** The worker's files are not kept by the service worker, and a new server has the new ones only. */
function followWorker(services: AppServices): void {
  const { connection, session } = services
  let isDone = false
  const follow = () => {
    if (isDone || connection.value !== 'open' || session.value?.role !== 'worker') return
    isDone = true
    prepareCall(services)
  }
  connection.subscribe(follow)
  session.subscribe(follow)
  follow()
}
