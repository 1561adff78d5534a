import type { Page } from 'playwright-core'
import { remoteVideo } from './media-probe.ts'
import { waitFor } from './wait.ts'

declare global {
  interface Window {
    /** When frames of the other side were shown, by `performance.now()`. */
    nvTestFrames: number[]
  }
}

/**
 * Begins to note when frames of the other side are shown: real ones only, which carry an RTP timestamp,
 * because a frame that is decoded need not be shown; and only while nothing covers them.
 */
export async function watchPicture(page: Page): Promise<void> {
  await remoteVideo(page).evaluate((element: HTMLVideoElement) => {
    window.nvTestFrames = []
    const onFrame = (now: number, metadata: VideoFrameCallbackMetadata) => {
      const tile = element.getRootNode() as ShadowRoot
      const talk = tile.host.getRootNode() as ShadowRoot
      const isCovered = talk.querySelector('.no-picture') !== null
      if (metadata.rtpTimestamp !== undefined && !isCovered) window.nvTestFrames.push(now)
      element.requestVideoFrameCallback(onFrame)
    }
    element.requestVideoFrameCallback(onFrame)
  })
}

/** The page's clock, to say from when on a gap counts. */
export const readClock = (page: Page): Promise<number> => page.evaluate(() => performance.now())

/** Waits until frames come in a row again after `sinceMs`, at least one second of them. */
export async function waitForPicture(page: Page, sinceMs: number, limitMs: number): Promise<void> {
  await waitFor(
    'the picture',
    () =>
      page.evaluate((since) => {
        const frames = window.nvTestFrames.filter((at) => at > since)
        const last = frames.slice(-15)
        const isRow =
          last.length === 15 && last.every((at, n) => n === 0 || at - (last[n - 1] ?? 0) < 250)
        return isRow && performance.now() - (last.at(-1) ?? 0) < 250 ? true : undefined
      }, sinceMs),
    limitMs,
  )
}

/** The longest time without a new frame since `sinceMs`, in milliseconds, up to now. */
export async function readLongestGap(page: Page, sinceMs: number): Promise<number> {
  return page.evaluate((since) => {
    const frames = window.nvTestFrames
    const before = frames.findLast((at) => at <= since) ?? since
    const times = [before, ...frames.filter((at) => at > since), performance.now()]
    return Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? at)))
  }, sinceMs)
}
