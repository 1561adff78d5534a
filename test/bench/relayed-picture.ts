import type { Page } from 'playwright-core'
import type { IceServer } from '@naervaer/shared'
import { launchCitizen, launchWorker } from '../e2e/support/conversation.ts'
import { makeTestNetwork, openLocalhost } from '../e2e/support/network.ts'
import { startServer } from '../e2e/support/server.ts'
import { startShapedLink } from '../e2e/support/shaped-link.ts'
import type { TestScope } from '../e2e/support/test-scope.ts'
import { makeTurnCredential, startTurn } from '../e2e/support/turn.ts'
import { FRAME_WATCH, measureAnswers, type AnswerRuns, type Answers } from './first-picture.ts'
import { summarize, type Summary } from './summary.ts'

declare global {
  interface Window {
    /** Takes a message of the other side's to this one. */
    nvBenchTake: (text: string) => void
    /** Passes a message to the other side, half a round trip later. */
    nvBenchPass: (text: string) => void
    /** From the answer to the first frame, in ms. */
    nvBenchAnswer: () => Promise<number>
  }
}

const SECRET = 'a-secret-of-this-bench'
const WIDE_KBIT_PER_S = 100_000
const CREDENTIAL_S = 3_600

/** With both people behind TURN and the citizen's line to server and TURN `rttMs` long. */
export interface RelayedPicture extends Answers {
  /** As usual programs do: after the answer come the camera, "accepted", the offer and the answer. */
  readonly naive: Summary
}

export async function measureRelayedPicture(
  t: TestScope,
  { rttMs, ...how }: AnswerRuns & { readonly rttMs: number },
): Promise<RelayedPicture> {
  const network = await makeTestNetwork(t)
  const { publicAddress: address, server: networkNamespace } = network
  await startTurn(t, { networkNamespace, publicAddress: address, secret: SECRET })
  const line = await startShapedLink(t, { networkNamespace, address, client: '10.83.2.2' })
  const server = await startServer(t, {
    networkNamespace,
    env: {
      HOST: '0.0.0.0',
      MEDIA_POLICY: 'relay',
      TURN_URLS: line.url,
      TURN_SECRET: SECRET,
    },
  })
  await openLocalhost(t, network.worker, server.port)
  await openLocalhost(t, network.citizen, server.port, rttMs / 2)
  const place = { url: `http://localhost:${String(server.port)}` }
  const worker = await launchWorker(t, place, { ...FRAME_WATCH, networkNamespace: network.worker })
  const citizen = await launchCitizen(t, place, {
    ...FRAME_WATCH,
    networkNamespace: network.citizen,
  })
  await line.shape({ kbitPerS: WIDE_KBIT_PER_S, rttMs, loss: 0 })
  const answers = await measureAnswers({ worker, citizen }, how)
  const ice = { urls: [line.url], ...makeTurnCredential(SECRET, CREDENTIAL_S) }
  const naive = await measureNaive([worker.page, citizen.page], ice, rttMs, how.runs)
  return { naive: summarize(naive), ...answers }
}

/** The same browsers, the same way, and nothing of ours; the caller's camera is open already. */
async function measureNaive(
  pages: readonly [caller: Page, callee: Page],
  ice: IceServer,
  rttMs: number,
  runs: number,
): Promise<number[]> {
  const [caller, callee] = pages
  for (const [page, other] of [
    [caller, callee],
    [callee, caller],
  ] as const) {
    await page.exposeFunction('nvBenchPass', (text: string) => {
      setTimeout(() => void other.evaluate((it) => window.nvBenchTake(it), text), rttMs / 2)
    })
  }
  const took: number[] = []
  for (let run = 0; run < runs; run += 1) {
    await caller.evaluate(playNaively, [ice, true] as const)
    await callee.evaluate(playNaively, [ice, false] as const)
    took.push(await callee.evaluate(() => window.nvBenchAnswer()))
    for (const page of pages) await page.evaluate(() => window.nvBenchTake('"over"'))
  }
  return took
}

/** Runs in a page: one side of a call as the textbooks have it. */
async function playNaively([ice, isCaller]: readonly [IceServer, boolean]): Promise<void> {
  const open = () => navigator.mediaDevices.getUserMedia({ audio: true, video: true })
  const pass = (message: unknown) => {
    window.nvBenchPass(JSON.stringify(message))
  }
  let stream = isCaller ? await open() : null
  const video = document.createElement('video')
  video.muted = true
  document.body.append(video)
  const pc = new RTCPeerConnection({
    iceServers: [{ ...ice, urls: [...ice.urls] }],
    iceTransportPolicy: 'relay',
    bundlePolicy: 'max-bundle',
  })
  pc.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate !== null) pass({ candidate })
  })
  pc.addEventListener('track', ({ streams: [received] }) => {
    video.srcObject = received ?? null
    video.play().catch(() => undefined)
  })
  const describe = async () => {
    for (const track of stream?.getTracks() ?? []) pc.addTrack(track, stream as MediaStream)
    await pc.setLocalDescription()
    pass({ description: pc.localDescription })
  }
  const take = async (text: string) => {
    const message = JSON.parse(text) as
      | 'accepted'
      | 'over'
      | { candidate?: RTCIceCandidateInit; description?: RTCSessionDescriptionInit }
    if (message === 'accepted') await describe()
    else if (message === 'over') {
      pc.close()
      video.remove()
      for (const track of stream?.getTracks() ?? []) track.stop()
    } else if (message.candidate !== undefined) await pc.addIceCandidate(message.candidate)
    else if (message.description !== undefined) {
      await pc.setRemoteDescription(message.description)
      if (!isCaller) await describe()
    }
  }
  let taken = Promise.resolve()
  window.nvBenchTake = (text) => {
    taken = taken.then(() => take(text))
  }
  window.nvBenchAnswer = async () => {
    const begunAt = performance.now()
    const frame = new Promise<number>((resolve) => {
      const onFrame = (_at: number, { rtpTimestamp }: VideoFrameCallbackMetadata) => {
        if (rtpTimestamp === undefined) video.requestVideoFrameCallback(onFrame)
        else resolve(performance.now())
      }
      video.requestVideoFrameCallback(onFrame)
    })
    stream = await open()
    pass('accepted')
    return (await frame) - begunAt
  }
}
