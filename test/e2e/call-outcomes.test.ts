import t from 'tap'
import {
  assertLampOut,
  assertSoundBothWays,
  button,
  launchCitizen,
  launchWorker,
  readOnlyCall,
  ring,
  rowOf,
} from './support/conversation.ts'
import { countFetchedTracks, countFrames, remoteVideo } from './support/media-probe.ts'
import { startServer } from './support/server.ts'

t.test('"Ikke nu" is told kindly and is a decline', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await ring(worker.page)
  await button(citizen.page, 'Ikke nu').click()
  await worker.page.getByText('Anna kan ikke tale lige nu.').first().waitFor()
  await citizen.page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  t.match(await readOnlyCall(server), { outcome: 'declined', end_reason: 'hangup_citizen' })
})

t.test('the worker regrets: the ringing stops, and nobody is blamed', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await ring(worker.page)
  await button(citizen.page, 'Svar').waitFor()
  await button(worker.page, 'Stop opkald').click()
  await button(citizen.page, 'Svar').waitFor({ state: 'hidden', timeout: 1_000 })
  await citizen.page
    .getByText(/Mette ringede kl\. \d{1,2}\.\d\d/)
    .first()
    .waitFor()
  t.match(await readOnlyCall(server), { outcome: 'cancelled', end_reason: 'hangup_staff' })
})

t.test(
  'an answer and a cancel at the same moment: one true row, and nothing stays open',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchCitizen(t, server)
    await ring(worker.page)
    await button(citizen.page, 'Svar').waitFor()
    // The citizen's page hears of nothing between the two taps.
    process.kill(server.pid, 'SIGSTOP')
    await button(citizen.page, 'Svar').click()
    await button(worker.page, 'Stop opkald').click()
    process.kill(server.pid, 'SIGCONT')
    const row = await readOnlyCall(server)
    t.match(row, { outcome: 'cancelled', end_reason: 'hangup_staff', connected_at: null })
    for (const { page } of [worker, citizen]) {
      await page
        .getByRole('button', { name: /Tilbage|Ring igen|Luk/ })
        .first()
        .waitFor()
      await assertLampOut(page, 2_000)
    }
    t.strictSame(server.rows('select * from call_legs'), [])
  },
)

t.test('nobody answers: it rings for 45 s, then it is a missed call', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await ring(worker.page)
  await button(citizen.page, 'Slå lyden fra').click()
  await worker.page.getByText('Anna svarede ikke.').first().waitFor({ timeout: 50_000 })
  await citizen.page.getByText('Det gør ikke noget, at du ikke nåede det.').first().waitFor()
  const row = await readOnlyCall(server)
  t.match(row, { outcome: 'missed', end_reason: 'timeout', answered_at: null, connected_at: null })
  t.ok(Math.abs(row.ended_at - row.created_at - 45_000) < 1_000)
})

t.test('a citizen who is not in the app cannot be reached, and the page says so', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  await rowOf(worker.page, 'Anna').getByText('Ikke i appen').waitFor()
  await rowOf(worker.page, 'Anna').getByRole('button', { name: 'Ring op' }).click()
  await worker.page
    .getByText(/Anna er ikke i appen/)
    .first()
    .waitFor()
  t.match(await readOnlyCall(server), { outcome: 'unreachable', end_reason: 'citizen_offline' })
})

t.test('"Svar uden kamera": sound both ways, and only the worker is seen', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  await ring(worker.page)
  await button(citizen.page, 'Svar uden kamera').click()
  await assertSoundBothWays(worker, citizen)
  t.equal(await countFrames(remoteVideo(citizen.page)), 10, 'the citizen sees the worker')
  t.same(await countFetchedTracks(citizen.page), { audio: 1, video: 0 })
  await worker.page.getByText('Anna har slukket sit kamera.').first().waitFor()

  await t.test('the camera can be turned on and off again in the call', async (t) => {
    await button(citizen.page, 'Tænd kamera').click()
    t.equal(await countFrames(remoteVideo(worker.page)), 10)
    await button(citizen.page, 'Sluk kamera').click()
    await worker.page.getByText('Anna har slukket sit kamera.').first().waitFor()
    t.same(await countFetchedTracks(citizen.page), { audio: 1, video: 0 }, 'its lamp is out')
  })

  await t.test('a microphone turned off is said to its owner', async () => {
    await button(citizen.page, 'Sluk mikrofon').click()
    await citizen.page.getByText('Din mikrofon er slukket.').first().waitFor()
    await button(citizen.page, 'Tænd mikrofon').click()
    await assertSoundBothWays(worker, citizen)
  })
  await button(worker.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed' })
})

for (const [camera, words] of [
  ['refused', 'Appen har ikke lov til at bruge dit kamera.'],
  ['none', 'Vi kan ikke finde et kamera.'],
] as const) {
  t.test(
    `a camera that is ${camera}: the call goes on with sound and says what to do`,
    async (t) => {
      const server = await startServer(t)
      const worker = await launchWorker(t, server)
      const citizen = await launchCitizen(t, server, { camera })
      await ring(worker.page)
      await button(citizen.page, 'Svar').click()
      await citizen.page.getByText(words).first().waitFor()
      await assertSoundBothWays(worker, citizen)
      await button(citizen.page, 'Læg på').click()
      t.match(await readOnlyCall(server), { outcome: 'completed' })
    },
  )
}

t.test('no microphone either: the worker is still seen and heard', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, { camera: 'refused', microphone: 'refused' })
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await citizen.page.getByText('Mette kan ikke se eller høre dig.').first().waitFor()
  t.equal(await countFrames(remoteVideo(citizen.page)), 10)
  await button(worker.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed' })
})
