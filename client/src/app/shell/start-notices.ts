import { NOTICE_PATH } from '@naervaer/shared'
import { isMessage, NOTICE_TAPPED } from '../../service-worker/messages.ts'
import { fetchPush, renewSubscription, unsubscribe } from '../../services/push/subscription.ts'
import { page } from '../../texts/page.ts'
import type { AppServices } from '../app-services.ts'

const loadHint = page(['notices'], () => import('../../components/nv-push-hint.ts'))

/**
 * Notices and the open page: what a tap on one leads to, that none lies over a ring that is in sight, and
 * that the server knows the address the browser has now.
 */
export function startNotices(
  { calls, connection, deviceMark }: AppServices,
  registration: ServiceWorkerRegistration,
): void {
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // Whoever is rung or talks is where the tap would lead.
    const isIdle = calls.snapshot.value.phase === 'idle'
    if (isMessage(data, NOTICE_TAPPED) && isIdle) location.assign(NOTICE_PATH)
  })
  const tidy = () => {
    const isSeen = document.visibilityState === 'visible'
    if (isSeen && calls.snapshot.value.phase !== 'idle') void closeAll(registration)
  }
  tidy()
  calls.snapshot.subscribe(tidy)
  document.addEventListener('visibilitychange', tidy)
  if (deviceMark() !== 'paired') return
  const unsubscribeOnce = connection.subscribe(() => {
    begin()
  })
  const begin = () => {
    if (connection.value !== 'open') return
    unsubscribeOnce()
    // Without the hint, and with an old address, everything else works.
    renew(registration).catch(() => undefined)
    loadHint().catch(() => undefined)
  }
  begin()
}

async function closeAll(registration: ServiceWorkerRegistration): Promise<void> {
  for (const notice of await registration.getNotifications()) notice.close()
}

/** Browsers change addresses, and people their minds in the browser's own settings. */
async function renew(registration: ServiceWorkerRegistration): Promise<void> {
  if (Notification.permission === 'granted') {
    await renewSubscription(registration)
  } else if (Notification.permission === 'denied') {
    const { own } = await fetchPush()
    if (own !== null) await unsubscribe(registration)
  }
}
