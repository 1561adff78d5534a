import type { Test } from 'tap'
import type { Person } from './browser.ts'
import { haveConversation, launchCitizen, launchWorker } from './conversation.ts'
import { remoteVideo } from './media-probe.ts'
import { makeTestNetwork, openLocalhost } from './network.ts'
import { startServer, type TestServer } from './server.ts'
import { startShapedLink, type LineShape, type ShapedLink } from './shaped-link.ts'
import { readSoundSince, watchSound } from './sound-gap.ts'
import type { TestScope } from './test-scope.ts'
import { startTurn } from './turn.ts'

const SECRET = 'a-secret-of-this-test'
const WHOLE_HEIGHT = 360

/** Opus speaks every 20 ms; but a line that breaks in first drops what waits in front of it, sound and all. */
const LONGEST_SOUND_GAP_MS = 1_500

/** What both read while their picture is smaller than it could be. */
export const WEAK = /^Forbindelsen er svag\.$/

/** What both read while there is no picture, for the line's sake. */
export const SOUND_ONLY = /Vi har slukket for billedet/

/** The line of criterion A-06: enough for sound and a small picture. */
export const THIN: LineShape = { kbitPerS: 300, rttMs: 150, loss: 0.05 }

/** Two people in a talk, one of them over a line that can be made thin. */
export interface ThinStage {
  readonly server: TestServer
  readonly worker: Person
  readonly citizen: Person
  /** The citizen's. */
  readonly line: ShapedLink
}

/** The two reach each other only through TURN, and the citizen only over a line that can be made thin. */
export async function setThinStage(t: TestScope): Promise<ThinStage> {
  const network = await makeTestNetwork(t)
  const { publicAddress: address, server: networkNamespace } = network
  await startTurn(t, { networkNamespace, publicAddress: address, secret: SECRET })
  const line = await startShapedLink(t, { networkNamespace, address, client: '10.83.2.2' })
  const server = await startServer(t, {
    networkNamespace,
    env: { HOST: '0.0.0.0', TURN_URLS: line.url, TURN_SECRET: SECRET },
  })
  await openLocalhost(t, network.worker, server.port)
  await openLocalhost(t, network.citizen, server.port)
  const place = { url: `http://localhost:${String(server.port)}` }
  const busy = { motion: { isBusy: true } }
  const worker = await launchWorker(t, place, { networkNamespace: network.worker, ...busy })
  const citizen = await launchCitizen(t, place, { networkNamespace: network.citizen, ...busy })
  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) await watchSound(page)
  return { server, worker, citizen, line }
}

/** Whether the other side's picture arrives as large as their camera gives it. */
export const isWhole = ({ page }: Person): Promise<boolean> =>
  remoteVideo(page).evaluate(
    (video: HTMLVideoElement, height) => video.videoHeight === height,
    WHOLE_HEIGHT,
  )

/** Asserts that the other's sound has come all the time since each page's own instant. */
export async function assertSound(
  t: Test,
  people: readonly Person[],
  since: readonly number[],
): Promise<void> {
  for (const [n, { page }] of people.entries()) {
    const { longestGapMs, hasEnergy } = await readSoundSince(page, since[n] ?? 0)
    t.comment(`longest gap of sound ${String(Math.round(longestGapMs))} ms`)
    t.ok(longestGapMs < LONGEST_SOUND_GAP_MS, `sound all the time: ${String(longestGapMs)} ms`)
    t.ok(hasEnergy, 'and something in it')
  }
}
