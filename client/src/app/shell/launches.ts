import type { Reason } from './busyness.ts'

/** The part of the Launch Handler API (WICG) that is used here. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly targetURL?: string | null }) => void): void
}

/**
 * The app is asked for again while it is open, as by one of its shortcuts: it goes there, unless that
 * would cut somebody off.
 */
export function followLaunches(isBusy: Reason): void {
  const queue = Reflect.get(globalThis, 'launchQueue') as LaunchQueue | undefined
  queue?.setConsumer(({ targetURL }) => {
    if (targetURL === undefined || targetURL === null) return
    const { origin, href } = new URL(targetURL)
    // The whole address: a scanned link differs from the open page by its secret alone.
    const isElsewhere = origin === location.origin && href !== location.href
    if (isElsewhere && !isBusy()) location.assign(href)
  })
}
