import type { Page } from 'playwright-core'
import t from 'tap'
import type { Person } from './support/browser.ts'
import {
  assertBothWays,
  assertLampOut,
  assertSoundBothWays,
  button,
  launchCitizen,
  launchWorker,
  ring,
} from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import {
  assertPictureArrives,
  countFrames,
  isMuted,
  readSent,
  remoteVideo,
  replaceConnection,
} from './support/media-probe.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

/** What Chromium shows for a screen where it asks nobody. */
const FAKE_SCREEN = { red: 4, green: 145, blue: 2 }

/** What the page captures just now, by the names that the browser gives its devices. */
const readLabels = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    window.nvTestTracks
      .filter((track) => track.readyState === 'live' && !window.nvTestClones.has(track))
      .map(({ label }) => label)
      .sort(),
  )

async function waitForLabels(page: Page, labels: readonly string[]): Promise<void> {
  const wanted = JSON.stringify(labels)
  await waitFor(
    `capture from ${wanted}`,
    async () => JSON.stringify(await readLabels(page)) === wanted || undefined,
  )
}

/** One of the two has a camera without a colour: its frames are what shows that it arrives. */
async function talk(worker: Person, citizen: Person): Promise<void> {
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await assertSoundBothWays(worker, citizen)
}

t.test('devices are chosen in the call, used at once, and in the next call', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, { cameras: 3 })
  const citizen = await launchCitizen(t, server)
  await talk(worker, citizen)
  const { page } = worker
  await waitForLabels(page, ['Fake Default Audio Input', 'fake_device_0'])

  await button(page, 'Mere').click()
  await button(page, 'Vælg kamera, mikrofon og lyd').click()
  // The one between them is for depth only, and shows no picture.
  await page.getByLabel('Kamera').selectOption('fake_device_2')
  await waitForLabels(page, ['Fake Default Audio Input', 'fake_device_2'])
  await page.getByLabel('Mikrofon').selectOption('Fake Audio Input 1')
  await waitForLabels(page, ['Fake Audio Input 1', 'fake_device_2'])
  await page.getByLabel('Højttaler').selectOption('Fake Audio Output 2')
  const chosen = await page.getByLabel('Højttaler').inputValue()
  const readSink = () => remoteVideo(page).evaluate((video: HTMLVideoElement) => video.sinkId)
  await waitFor('the loudspeaker', async () => (await readSink()) === chosen || undefined)
  await button(page, 'Prøv lyden').click()
  await page.getByText('Kan du høre den?').waitFor()
  await page.getByText('Kan du høre den?').waitFor({ state: 'detached' })
  await button(page, 'Luk').click()
  t.ok((await countFrames(remoteVideo(citizen.page))) >= 10, 'the other camera is seen')
  await assertSoundBothWays(worker, citizen)

  await button(page, 'Læg på').click()
  await page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
  await page.reload()
  await talk(worker, citizen)
  await waitForLabels(page, ['Fake Audio Input 1', 'fake_device_2'])
  await waitFor('the loudspeaker', async () => (await readSink()) === chosen || undefined)
  t.same(
    await page.evaluate(() => Object.keys(localStorage).sort()),
    ['naervaer.devices'],
    'and nothing else is remembered',
  )
})

t.test('a phone turns its camera; where sound comes out it decides itself', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, {
    cameras: 2,
    hasTouch: true,
    viewport: { width: 390, height: 844 },
  })
  await talk(worker, citizen)
  const { page } = citizen
  await button(page, 'Mere').click()
  t.equal(await button(page, 'Vis min skærm').count(), 0, 'screens are for staff')
  await button(page, 'Vis mit eget billede').click()
  await page.locator('nv-video-tile.self video.mirrored').waitFor()
  await page.evaluate(() => {
    // The fake cameras do not say which way they look.
    MediaStreamTrack.prototype.getSettings = () => ({ facingMode: 'environment' })
  })
  await button(page, 'Mere').click()
  await button(page, 'Vend kamera').click()
  await waitFor('another camera track', async () => {
    const count = await page.evaluate(
      () => window.nvTestTracks.filter(({ kind }) => kind === 'video').length,
    )
    return count === 2 || undefined
  })
  t.equal((await readLabels(page)).length, 2, 'the first is let go of')
  await page.locator('nv-video-tile.self video:not(.mirrored)').waitFor()
  t.ok((await countFrames(remoteVideo(worker.page))) >= 10)
  await button(page, 'Mere').click()
  await button(page, 'Vælg kamera, mikrofon og lyd').click()
  await page.getByLabel('Mikrofon').waitFor()
  t.equal(await page.getByLabel('Højttaler').count(), 0)
})

t.test('staff show a screen, which ends by our button, the browser’s, and a pause', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, {
    extraFlags: ['--use-fake-ui-for-media-stream'],
  })
  const citizen = await launchCitizen(t, server)
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await assertBothWays(worker, citizen)

  const show = async () => {
    await button(worker.page, 'Mere').click()
    await button(worker.page, 'Vis min skærm').click()
    await worker.page.getByText('Du viser din skærm.').waitFor()
    await citizen.page.getByText('Mette viser sin skærm.').waitFor()
  }
  const isOver = async (how: string) => {
    await citizen.page.getByText('Mette viser sin skærm.').waitFor({ state: 'detached' })
    await assertPictureArrives(citizen.page, COLOURS.blue)
    t.equal(await worker.page.getByText('Du viser din skærm.').count(), 0, how)
  }
  await show()
  await assertPictureArrives(citizen.page, FAKE_SCREEN)
  await button(worker.page, 'Stop med at vise skærm').click()
  await isOver('our button')

  await show()
  await worker.page.evaluate(() => {
    const senders = window.nvTestPeers.at(-1)?.getSenders() ?? []
    const track = senders.find((sender) => sender.track?.kind === 'video')?.track
    track?.stop()
    track?.dispatchEvent(new Event('ended'))
  })
  await isOver('the browser’s own button')

  // A camera that is off does not hide the screen.
  await button(worker.page, 'Sluk kamera').click()
  await citizen.page.getByText('Mette har slukket sit kamera.').waitFor()
  await show()
  await assertPictureArrives(citizen.page, FAKE_SCREEN)
  await button(worker.page, 'Pause').click()
  await citizen.page.getByText('Mette holder pause.').waitFor()
  // The browser takes a moment to let go of what it was given.
  await waitFor(
    'the end of the screen in a pause',
    async () => (await readSent(worker.page)).length === 0 || undefined,
  )
  t.ok(await isMuted(worker.page))
  await button(worker.page, 'Fortsæt').click()
  await citizen.page.getByText('Mette har slukket sit kamera.').waitFor()

  await show()
  await button(worker.page, 'Pause').click()
  await citizen.page.getByText('Mette holder pause.').waitFor()
  await replaceConnection([worker.page, citizen.page], worker.page)
  t.same(await readSent(worker.page), [], 'nor over a new connection')
  t.ok(await isMuted(worker.page))

  const made = await citizen.page.evaluate(() => window.nvTestPeers.length)
  await worker.page.reload()
  await worker.page.getByText('Pause. Ingen kan se eller høre dig.').waitFor()
  await waitFor('a new connection', () =>
    citizen.page.evaluate((known) => {
      const { length } = window.nvTestPeers
      const isUp = window.nvTestPeers.at(-1)?.connectionState === 'connected'
      return (length > known && isUp) || undefined
    }, made),
  )
  await citizen.page.getByText('Mette holder pause.').waitFor()
  t.same(await readSent(worker.page), [], 'nor after a reload')
  t.ok(await isMuted(worker.page))
  await button(worker.page, 'Fortsæt').click()
  await citizen.page.getByText('Mette holder pause.').waitFor({ state: 'detached' })
  t.equal(await citizen.page.getByText('Mette viser sin skærm.').count(), 0)
})

t.test('devices are tried and chosen before a call, and let go of with the page', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, { cameras: 3 })
  const { page } = worker
  await page.getByRole('link', { name: 'Lyd og billede' }).click()
  await button(page, 'Prøv kamera og mikrofon').waitFor()
  t.same(await readLabels(page), [], 'nothing opens by itself')
  await button(page, 'Prøv kamera og mikrofon').click()
  await page.getByLabel('Kamera').selectOption('fake_device_2')
  await waitForLabels(page, ['Fake Default Audio Input', 'fake_device_2'])
  await waitFor('a level', async () => {
    const value = await page.locator('meter').evaluate((meter: HTMLMeterElement) => meter.value)
    return value > 0 || undefined
  })
  await button(page, 'Sluk igen').click()
  await assertLampOut(page)
  await button(page, 'Prøv kamera og mikrofon').click()
  await waitForLabels(page, ['Fake Default Audio Input', 'fake_device_2'])
  await page.goBack()
  await page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
  const citizen = await launchCitizen(t, server)
  await talk(worker, citizen)
  await waitForLabels(page, ['Fake Default Audio Input', 'fake_device_2'])
})
