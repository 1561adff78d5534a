import { NOTICE_PATH } from '@naervaer/shared'
import {
  isMessage,
  NOTICE_SHOWN,
  NOTICE_TAPPED,
  REMINDER_TAPPED,
} from '../../service-worker/messages.ts'
import { remakeLostNotices, renewNotices } from '../../services/push/notices-desk.ts'
import { page } from '../../texts/page.ts'
import { currentLanguage } from '../../texts/text.ts'
import type { AppServices } from '../app-services.ts'

const loadHint = page(['notices'], () => import('../../components/nv-push-hint.ts'))

/**
 * Notices and the open page: what a tap on one leads to, that none lies over a ring that is in sight, and
 * that the server knows the address the browser has now.
 */
export function startNotices(
  { calls, connection, deviceMark, news }: AppServices,
  registration: ServiceWorkerRegistration,
): void {
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // Whoever is rung or talks is where the tap would lead.
    const isIdle = calls.snapshot.value.phase === 'idle'
    if (isMessage(data, NOTICE_TAPPED) && isIdle) location.assign(NOTICE_PATH)
    // What is asked is asked on the first page, which may be what is shown.
    if (isMessage(data, REMINDER_TAPPED) && isIdle && location.pathname !== '/') {
      location.assign('/')
    }
    if (isMessage(data, NOTICE_SHOWN)) tidy()
  })
  const isSeen = () => document.visibilityState === 'visible'
  const tidy = () => {
    if (isSeen() && calls.snapshot.value.phase !== 'idle') void closeAll(registration, () => true)
  }
  // Whoever comes back sees here what rings and what was missed; an old notice would still say that it rings.
  const tidyAfterReturn = () => {
    if (isSeen() && connection.value === 'open') void closeAll(registration, isNoTrial)
  }
  calls.snapshot.subscribe(tidy)
  connection.subscribe(tidyAfterReturn)
  document.addEventListener('visibilitychange', tidyAfterReturn)
  tidyAfterReturn()
  if (deviceMark() !== 'paired') return
  // Without the hint, and with an old address, everything else works.
  // One after the other: two at once would each throw away the address that the other has just told.
  let last: Promise<unknown> = Promise.resolve()
  const quietly = (renew: typeof renewNotices) => {
    last = last.then(() => renew(registration, currentLanguage())).catch(() => undefined)
  }
  news.onNews(({ type }) => {
    if (type === 'push.keyChanged') quietly(renewNotices)
  })
  let hasBegun = false
  const begin = () => {
    if (connection.value !== 'open') return
    quietly(hasBegun ? remakeLostNotices : renewNotices)
    if (!hasBegun) loadHint().catch(() => undefined)
    hasBegun = true
  }
  connection.subscribe(begin)
  begin()
}

/** A trial is there to be looked at. */
const isNoTrial = ({ data }: Notification): boolean =>
  typeof data !== 'object' || data === null || Reflect.get(data, 'kind') !== 'trial'

async function closeAll(
  registration: ServiceWorkerRegistration,
  isMeant: (notice: Notification) => boolean,
): Promise<void> {
  const notices = await registration.getNotifications()
  for (const notice of notices.filter(isMeant)) notice.close()
}
