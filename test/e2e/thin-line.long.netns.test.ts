import t, { type Test } from 'tap'
import type { Person } from './support/browser.ts'
import { button, haveConversation, launchCitizen, launchWorker } from './support/conversation.ts'
import { countFrames, remoteVideo } from './support/media-probe.ts'
import { makeTestNetwork, openLocalhost } from './support/network.ts'
import { readClock } from './support/picture-gap.ts'
import { startServer, type TestServer } from './support/server.ts'
import { startShapedLink, type ShapedLink } from './support/shaped-link.ts'
import { readSoundSince, watchSound } from './support/sound-gap.ts'
import { startTurn } from './support/turn.ts'
import { waitFor } from './support/wait.ts'

const SECRET = 'a-secret-of-this-test'
const WEAK = /^Forbindelsen er svag\.$/
const SOUND_ONLY = /Vi har slukket for billedet/
const BACK = 'Billedet er tilbage.'
const WHOLE_HEIGHT = 360

/** Waits grow with each try that fails, and a busy machine makes some fail. */
const LIMIT_MS = 480_000

/** As people need for gestures and lips (EN 301 549 clause 6.5.3). */
const LEAST_FRAMES_PER_SECOND = 20

/** Opus speaks every 20 ms; but a line that breaks in first drops what waits in front of it, sound and all. */
const LONGEST_SOUND_GAP_MS = 1_500

interface Stage {
  readonly server: TestServer
  readonly worker: Person
  readonly citizen: Person
  /** The citizen's. */
  readonly line: ShapedLink
}

/** The two reach each other only through TURN, and the citizen only over a line that can be made thin. */
async function setStage(t: Test): Promise<Stage> {
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
  const busy = { isBusyPicture: true }
  const worker = await launchWorker(t, place, { networkNamespace: network.worker, ...busy })
  const citizen = await launchCitizen(t, place, { networkNamespace: network.citizen, ...busy })
  await haveConversation(worker, citizen)
  for (const { page } of [worker, citizen]) await watchSound(page)
  return { server, worker, citizen, line }
}

/** Whether the other side's picture arrives as large as their camera gives it. */
const isWhole = ({ page }: Person): Promise<boolean> =>
  remoteVideo(page).evaluate(
    (video: HTMLVideoElement, height) => video.videoHeight === height,
    WHOLE_HEIGHT,
  )

const ONE_AND_A_HALF_SECONDS = { atLeast: Infinity, limitMs: 1_500 }

async function assertSound(t: Test, people: readonly Person[], since: readonly number[]) {
  for (const [n, { page }] of people.entries()) {
    const { longestGapMs, hasEnergy } = await readSoundSince(page, since[n] ?? 0)
    t.comment(`longest gap of sound ${String(Math.round(longestGapMs))} ms`)
    t.ok(longestGapMs < LONGEST_SOUND_GAP_MS, `sound all the time: ${String(longestGapMs)} ms`)
    t.ok(hasEnergy, 'and something in it')
  }
}

t.test('A-06 on a thin line sound never stops, the picture gives way and comes back', async (t) => {
  t.setTimeout(LIMIT_MS)
  const { server, worker, citizen, line } = await setStage(t)
  const people = [worker, citizen]
  await waitFor('the whole picture', async () => (await isWhole(worker)) || undefined)

  await t.test('300 kbit/s, 150 ms, 5 % lost: a smaller picture, and both read why', async (t) => {
    const since = await Promise.all(people.map(({ page }) => readClock(page)))
    await line.shape({ kbitPerS: 300, rttMs: 150, loss: 0.05 })
    // The line breaks in while the picture is large: it may go for a moment before the small one holds.
    const smallAndFluent = people.map(async (person) => {
      await waitFor(
        'a small picture that moves as it should',
        async () =>
          (!(await isWhole(person)) &&
            (await person.page.getByText(WEAK).isVisible()) &&
            (await countFrames(remoteVideo(person.page), ONE_AND_A_HALF_SECONDS)) >=
              1.5 * LEAST_FRAMES_PER_SECOND) ||
          undefined,
        120_000,
      )
    })
    await Promise.all(smallAndFluent)
    await assertSound(t, people, since)
  })

  await t.test('100 kbit/s: sound only, and the camera stays as it was wished', async (t) => {
    const since = await Promise.all(people.map(({ page }) => readClock(page)))
    await line.shape({ kbitPerS: 100, rttMs: 150, loss: 0.05 })
    const told = people.map(({ page }) => page.getByText(SOUND_ONLY).waitFor({ timeout: 60_000 }))
    await Promise.all(told)
    for (const { page } of people) {
      await button(page, 'Sluk kamera').waitFor()
      t.equal(await page.getByText('har slukket sit kamera').count(), 0)
      t.equal(await page.getByText(/kan ikke (se|høre) dig/).count(), 0, 'nobody is blamed')
    }
    await assertSound(t, people, since)
  })

  await t.test('the line is good again: so is the picture, by itself', async (t) => {
    const since = await Promise.all(people.map(({ page }) => readClock(page)))
    const back = people.map(({ page }) => page.getByText(BACK).waitFor({ timeout: 150_000 }))
    await line.shape(null)
    await Promise.all(back)
    const whole = people.map((person) =>
      waitFor('the whole picture', async () => (await isWhole(person)) || undefined, 120_000),
    )
    await Promise.all(whole)
    for (const { page } of people) {
      await page.getByText(WEAK).waitFor({ state: 'hidden', timeout: 60_000 })
    }
    await assertSound(t, people, since)
  })

  await button(citizen.page, 'Læg på').click()
  const legs = await waitFor('the end of the leg', () => {
    const rows = server.rows('select * from call_legs')
    return rows[0]?.['ended_by'] === null ? undefined : rows
  })
  t.match(legs, [{ path: 'relay', ended_by: 'hangup_citizen', citizen_protocol: 'udp' }])
  t.ok(Number(legs[0]?.['citizen_steps']) >= 2, 'the steps are in the record')
  t.ok(Number(legs[0]?.['citizen_rtt_ms']) >= 20, 'and the round trip')
})
