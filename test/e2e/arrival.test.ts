import t from 'tap'
import type { Page } from 'playwright-core'
import {
  assertBothWays,
  assertLampOut,
  button,
  launchCitizen,
  launchWorker,
  ring,
  startConversation,
} from './support/conversation.ts'
import { countFrames, remoteVideo } from './support/media-probe.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

/** Takes what is sent of one kind away, as a fault below the page would: the device stays on. */
async function stopSending(page: Page, kind: 'audio' | 'video'): Promise<void> {
  await page.evaluate(async (kind) => {
    for (const peer of window.nvTestPeers) {
      if (peer.connectionState !== 'connected') continue
      for (const { sender, receiver } of peer.getTransceivers()) {
        if (receiver.track.kind === kind) await sender.replaceTrack(null)
      }
    }
  }, kind)
}

const countConnected = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      window.nvTestPeers.filter(({ connectionState }) => connectionState === 'connected').length,
  )

const countPeers = (page: Page): Promise<number> => page.evaluate(() => window.nvTestPeers.length)

const remoteTile = (page: Page) => page.locator('nv-video-tile.remote')

t.test(
  'what does not arrive is said where it is sent, and mended by a new connection',
  async (t) => {
    const { server, worker, citizen } = await startConversation(t)

    for (const [kind, sender, sentence] of [
      ['audio', citizen, 'Mette kan ikke høre dig.'],
      ['video', citizen, 'Mette kan ikke se dig.'],
      ['audio', worker, 'Anna kan ikke høre dig.'],
      ['video', worker, 'Anna kan ikke se dig.'],
    ] as const) {
      const other = sender === worker ? citizen : worker
      const before = await countPeers(sender.page)
      await stopSending(sender.page, kind)
      await sender.page.getByText(sentence).waitFor()
      t.equal(await other.page.getByText(/kan ikke (se|høre) dig/).count(), 0, 'the other is well')
      t.equal(await countConnected(sender.page), 1, 'the connection itself is up')
      await waitFor('a new connection', async () => {
        const made = await countPeers(sender.page)
        return made > before || undefined
      })
      await assertBothWays(worker, citizen)
      await sender.page.getByText(sentence).waitFor({ state: 'hidden' })
    }
    await button(worker.page, 'Læg på').click()
    const legs = await waitFor('the legs', () => {
      const rows = server.rows('select * from call_legs order by started_at')
      return rows.length > 0 && rows.every((row) => row['ended_by'] !== null) ? rows : undefined
    })
    t.ok(legs.length >= 5)
    t.equal(legs.at(-1)?.['recoveries'], legs.length - 1)
    t.equal(legs.at(-1)?.['ended_by'], 'hangup_staff')
    await waitFor('both words on the last leg', () => {
      const [row] = server.rows('select * from call_legs order by started_at desc limit 1')
      return (row?.['worker_protocol'] === 'udp' && row['citizen_protocol'] === 'udp') || undefined
    })
    t.match(server.rows('select * from calls'), [{ outcome: 'completed', result: 'worked' }])
  },
)

t.test('A-07 who speaks is marked, and who speaks while off is told', async (t) => {
  const { worker, citizen } = await startConversation(t)
  for (const { page } of [worker, citizen])
    await remoteTile(page).and(page.locator('[is-speaking]')).waitFor()
  await worker.page.locator('nv-video-tile.self[is-speaking]').waitFor()

  await button(citizen.page, 'Sluk mikrofon').click()
  await worker.page.locator('nv-video-tile.remote:not([is-speaking])').waitFor()
  const alert = citizen.page.getByRole('alert').filter({ hasText: 'Din mikrofon er slukket.' })
  await alert.waitFor()
  t.equal(await citizen.page.getByText('Mette kan ikke høre dig.', { exact: true }).count(), 0)
  await button(citizen.page, 'Tænd mikrofon').click()
  await alert.waitFor({ state: 'hidden' })
  await worker.page.locator('nv-video-tile.remote[is-speaking]').waitFor()

  await button(citizen.page, 'Læg på').click()
  await assertLampOut(citizen.page)
})

t.test('a microphone that is there and gives nothing is told of', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, { toneHz: 0 })
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  // The first connection may come up too late on a machine that has much to do, and another be made.
  await countFrames(remoteVideo(citizen.page))
  const before = await countPeers(citizen.page)
  await citizen.page.getByText('Der kommer ingen lyd fra din mikrofon.').waitFor()
  t.equal(await citizen.page.getByText('Mette kan ikke høre dig.').count(), 0, 'it is said once')
  t.equal(await worker.page.getByText('Der kommer ingen lyd').count(), 0)
  t.equal(await countPeers(citizen.page), before, 'no line mends it')
})

t.test(
  'a window that may not play yet: who speaks knows, and no new connection is made',
  async (t) => {
    const { worker, citizen } = await startConversation(t)
    const sentence = worker.page.getByText('Anna kan ikke høre dig.')
    const before = await countPeers(worker.page)
    // As after a reload, or a telephone call: the browser wants a tap first.
    await remoteTile(citizen.page)
      .locator('video')
      .evaluate((video: HTMLVideoElement) => {
        video.play = () => Promise.reject(new DOMException('a tap first', 'NotAllowedError'))
        video.pause()
        dispatchEvent(new Event('focus'))
      })
    const sound = button(citizen.page, 'Tryk her for at få lyd')
    await sound.waitFor()
    await sentence.waitFor()
    t.equal(await countPeers(worker.page), before)

    await remoteTile(citizen.page)
      .locator('video')
      .evaluate((video) => Reflect.deleteProperty(video, 'play'))
    await sound.click()
    await sentence.waitFor({ state: 'hidden' })
    t.equal(await countPeers(worker.page), before, 'the line was well')
  },
)
