import type { Page } from 'playwright-core'
import type { Person } from '../e2e/support/browser.ts'
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

/** How long it takes from *Svar* until each sees the other. */
export interface Answers {
  readonly citizen: Summary
  readonly worker: Summary
}

/** The same over `runs` calls on one machine, beside what no program can go below. */
export interface FirstPicture extends Answers {
  /** Two bare peer connections in one page, camera open already, signals passed by a function call. */
  readonly floor: Summary
  /** The same, but camera and microphone are opened first, as *Svar* must: nothing is captured before. */
  readonly openingFloor: Summary
}

const waitForFrame = (page: Page): Promise<number> =>
  waitFor('the first frame', () => page.evaluate(() => window.nvBenchFrameAt ?? undefined))

export interface AnswerRuns {
  readonly runs: number
  /** How long it rings before the answer; people take seconds. */
  readonly ringMs: number
}

/** Runs in every page whose answers are measured. */
export const FRAME_WATCH = { initScript: watchFirstFrame, motion: { isSmooth: true } }

/** @param people - signed in, with pages that run `FRAME_WATCH` */
export async function measureAnswers(
  { worker, citizen }: { readonly worker: Person; readonly citizen: Person },
  { runs, ringMs }: AnswerRuns,
): Promise<Answers> {
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
    // The worker does: after a citizen's hang-up nobody rings for a minute.
    await button(worker.page, 'Læg på').click()
    for (const { page } of [worker, citizen]) {
      await page.getByRole('button', { name: /Tilbage/ }).click()
    }
  }
  return { citizen: summarize(took.citizen), worker: summarize(took.worker) }
}

export async function measureFirstPicture(t: TestScope, how: AnswerRuns): Promise<FirstPicture> {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, FRAME_WATCH)
  const citizen = await launchCitizen(t, server, FRAME_WATCH)
  const answers = await measureAnswers({ worker, citizen }, how)
  const floor = summarize(await measureFloor(citizen.page, how.runs, false))
  const openingFloor = summarize(await measureFloor(citizen.page, how.runs, true))
  return { floor, openingFloor, ...answers }
}

/** The same browser, the same camera, and nothing of ours. */
async function measureFloor(page: Page, runs: number, opens: boolean): Promise<number[]> {
  const measure = async ([count, isOpening]: readonly [number, boolean]): Promise<number[]> => {
    const open = () => navigator.mediaDevices.getUserMedia({ audio: true, video: true })
    const known = isOpening ? null : await open()
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
      const streams = await Promise.all([known ?? open(), known ?? open()])
      for (const [n, each] of [a, b].entries()) {
        const stream = streams[n] as MediaStream
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
      if (isOpening) for (const track of streams.flatMap((each) => each.getTracks())) track.stop()
      return shownAt - begunAt
    }
    const took: number[] = []
    for (let run = 0; run < count; run += 1) took.push(await measureOnce())
    for (const track of known?.getTracks() ?? []) track.stop()
    return took
  }
  return page.evaluate(measure, [runs, opens] as const)
}
