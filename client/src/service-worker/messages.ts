/** Where the service worker's script lies: at the top, so that it may serve every page. */
export const WORKER_PATH = '/service-worker.js'

/** What a page says to the service worker that waits: nobody is disturbed now. */
export const TAKE_OVER = 'naervaer.takeOver'

/** What the last service worker says to a page: load anew when you can. */
export const LEAVING = 'naervaer.leaving'

/** What the service worker says to a page: somebody has tapped a notice. */
export const NOTICE_TAPPED = 'naervaer.noticeTapped'

/** The same of a reminder, which leads to the first page. */
export const REMINDER_TAPPED = 'naervaer.reminderTapped'

/** What the service worker says to a page: a notice is on the screen, which may lie over a ring in sight. */
export const NOTICE_SHOWN = 'naervaer.noticeShown'

/** Whether what came through `postMessage` is a message of this type. */
export function isMessage(message: unknown, type: string): boolean {
  return typeof message === 'object' && message !== null && Reflect.get(message, 'type') === type
}
