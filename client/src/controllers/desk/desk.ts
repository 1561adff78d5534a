import type { CallControl } from '../../call/call-snapshot.ts'
import { firstName, t } from '../../texts/text.ts'
import { titleBadge } from '../../services/title-badge.ts'
import type { Directory } from '../../services/directory.ts'
import type { Store } from '../../services/store.ts'
import { DeskNotices } from './desk-notices.ts'
import { DeskWatch } from './desk-watch.ts'
import type { WaitsFor } from './waiting.ts'

/** The notices of this window. */
export const deskNotices = new DeskNotices()

let watch: DeskWatch | null = null

/** From the worker's first look at their list on, as long as the window is open; said again it does nothing. */
export function startDesk(directory: Store<Directory | null>, calls: CallControl): void {
  watch ??= new DeskWatch({
    directory,
    calls: calls.snapshot,
    badge: titleBadge,
    isInSight: () => document.visibilityState === 'visible',
    notify: (why, name) => {
      deskNotices.show(describeWaiting(why, name))
    },
  })
}

function describeWaiting(why: WaitsFor, name: string | null): string {
  if (name === null) return t(why === 'callback' ? 'desk.callback' : 'desk.ready')
  const said = { name: firstName(name) }
  return why === 'callback' ? t('desk.callbackOf', said) : t('desk.readyOf', said)
}
