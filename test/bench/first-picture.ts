import type { Page } from 'playwright-core'
import { button, launchCitizen, launchWorker, ring } from '../e2e/support/conversation.ts'
import { startServer } from '../e2e/support/server.ts'
import type { TestScope } from '../e2e/support/test-scope.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { summarize, type Summary } from './summary.ts'

declare global {
  interface Window {
    /** When the first real frame of the newest stream was shown, in ms since 1970; put there by the bench. */
    nvBenchFrameAt: number | null
    /** When something was clicked last, likewise. */
    nvBenchClickAt: number
  }
}

/** Runs in every page before its own scripts. */
function watchFirstFrame(): void {
  const now = () => performance.timeOrigin + performance.now()
  window.nvBenchFrameAt = null
  window.nvBenchClickAt = 0
  addEventListener('click', () => (window.nvBenchClickAt = now()), true)
  const described = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject')
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...described,
    set(this: HTMLVideoElement, stream: MediaStream | null) {
      described?.set?.call(this, stream)
      const onFrame = (_at: number, { rtpTimestamp }: VideoFrameCallbackMetadata) => {
        if (rtpTimestamp === undefined) this.requestVideoFrameCallback(onFrame)
        else window.nvBenchFrameAt ??= now()
      }
      if (stream !== null) this.requestVideoFrameCallback(onFrame)
    },
  })
}

/** How long it takes from *Svar* until each sees the other, over `runs` calls, beside the floor. */
export interface FirstPicture {
  /** Two bare peer connections in one page, camera open, signals passed by a function call. */
  readonly floor: Summary
  readonly citizen: Summary
  readonly worker: Summary
}

const waitForFrame = (page: Page): Promise<number> =>
  waitFor('the first frame', () => page.evaluate(() => window.nvBenchFrameAt ?? undefined))

/** @param ringMs - how long it rings before the answer; people take seconds */
export async function measureFirstPicture(
  t: TestScope,
  { runs, ringMs }: { readonly runs: number; readonly ringMs: number },
): Promise<FirstPicture> {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, { initScript: watchFirstFrame })
  const citizen = await launchCitizen(t, server, { initScript: watchFirstFrame })
  const took: Record<'citizen' | 'worker', number[]> = { citizen: [], worker: [] }
  for (let run = 0; run < runs; run += 1) {
    await ring(worker.page)
    const answer = button(citizen.page, 'Svar')
    await answer.waitFor()
    await new Promise((resolve) => setTimeout(resolve, ringMs))
    for (const { page } of [worker, citizen]) {
      await page.evaluate(() => (window.nvBenchFrameAt = null))
    }
    await answer.click()
    const seen = await Promise.all([waitForFrame(citizen.page), waitForFrame(worker.page)])
    const clickedAt = await citizen.page.evaluate(() => window.nvBenchClickAt)
    took.citizen.push(seen[0] - clickedAt)
    took.worker.push(seen[1] - clickedAt)
    await button(citizen.page, 'Læg på').click()
    for (const { page } of [worker, citizen]) {
      await page.getByRole('button', { name: /Tilbage/ }).click()
    }
  }
  const floor = await measureFloor(citizen.page, runs)
  return {
    floor: summarize(floor),
    citizen: summarize(took.citizen),
    worker: summarize(took.worker),
  }
}

/** The same browser, the same camera, and nothing of ours. */
async function measureFloor(page: Page, runs: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true })
    const measureOnce = async (): Promise<number> => {
      const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()]
      const video = document.createElement('video')
      video.muted = true
      document.body.append(video)
      const frame = new Promise<number>((resolve) => {
        const onFrame = (_at: number, { rtpTimestamp }: VideoFrameCallbackMetadata) => {
          if (rtpTimestamp === undefined) video.requestVideoFrameCallback(onFrame)
          else resolve(performance.now())
        }
        video.requestVideoFrameCallback(onFrame)
      })
      b.addEventListener('track', ({ streams: [received] }) => {
        video.srcObject = received ?? null
        video.play().catch(() => undefined)
      })
      let tellOffered: () => void = () => undefined
      let tellAnswered: () => void = () => undefined
      const offered = new Promise<void>((resolve) => (tellOffered = resolve))
      const answered = new Promise<void>((resolve) => (tellAnswered = resolve))
      for (const [from, to, described] of [
        [a, b, offered],
        [b, a, answered],
      ] as const) {
        from.addEventListener('icecandidate', ({ candidate }) => {
          void described.then(() => to.addIceCandidate(candidate))
        })
      }
      const begunAt = performance.now()
      for (const each of [a, b]) {
        for (const track of stream.getTracks()) each.addTrack(track, stream)
      }
      await a.setLocalDescription()
      await b.setRemoteDescription(a.localDescription as RTCSessionDescription)
      tellOffered()
      await b.setLocalDescription()
      await a.setRemoteDescription(b.localDescription as RTCSessionDescription)
      tellAnswered()
      const shownAt = await frame
      a.close()
      b.close()
      video.remove()
      return shownAt - begunAt
    }
    const took: number[] = []
    for (let run = 0; run < count; run += 1) took.push(await measureOnce())
    for (const track of stream.getTracks()) track.stop()
    return took
  }, runs)
}
