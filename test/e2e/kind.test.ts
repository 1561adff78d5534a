import type { Page } from 'playwright-core'
import t from 'tap'
import {
  assertBothWays,
  assertLampOut,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  rowOf,
} from './support/conversation.ts'
import { countOpenTracks, isMuted, readSent, replaceConnection } from './support/media-probe.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

const PHONE = { viewport: { width: 390, height: 844 } }

t.test('a pause: nothing sent, nothing heard, one tap back, also after a reload', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, PHONE)
  await haveConversation(worker, citizen)

  // A screen reader is told what comes into an element that is there already.
  const status = citizen.page.locator('nv-talk .stage > [role=status]')
  await status.evaluate((element) => {
    element.id = 'there-before'
  })
  await button(citizen.page, 'Pause').click()
  const told = citizen.page
    .locator('#there-before')
    .getByText('Pause. Ingen kan se eller høre dig.')
  await told.waitFor({ timeout: 5_000 })
  await assertLampOut(citizen.page)
  await worker.page.getByText('Anna holder pause.').waitFor()
  t.same(await readSent(citizen.page), [])
  t.ok(await isMuted(citizen.page))
  t.equal(await button(citizen.page, 'Sluk kamera').count(), 0, 'one thing to do')

  await citizen.page.reload()
  await citizen.page.getByText('Pause. Ingen kan se eller høre dig.').waitFor()
  // Once the two are linked again the worker is told anew; the devices have had their chance by then.
  await worker.page.getByText('Anna holder pause.').waitFor({ state: 'detached' })
  await worker.page.getByText('Anna holder pause.').waitFor()
  t.same(await countOpenTracks(citizen.page), { audio: 0, video: 0 })
  t.same(await readSent(citizen.page), [])
  t.ok(await isMuted(citizen.page), 'nothing is heard after a reload either')

  await button(citizen.page, 'Fortsæt').click()
  await worker.page.getByText('Anna holder pause.').waitFor({ state: 'detached' })
  await assertBothWays(worker, citizen)
})

for (const whose of ['own', 'other'] as const) {
  t.test(
    `a pause outlives the ${whose} side's lost connection: still nothing sent or heard`,
    async (t) => {
      const server = await startServer(t)
      const worker = await launchWorker(t, server)
      const citizen = await launchCitizen(t, server, PHONE)
      await haveConversation(worker, citizen)
      await button(citizen.page, 'Pause').click()
      await worker.page.getByText('Anna holder pause.').waitFor()

      await replaceConnection(
        [worker.page, citizen.page],
        whose === 'own' ? citizen.page : worker.page,
      )
      t.same(await readSent(citizen.page), [])
      t.ok(await isMuted(citizen.page))
      t.same(await countOpenTracks(citizen.page), { audio: 0, video: 0 })
      await citizen.page.getByText('Pause. Ingen kan se eller høre dig.').waitFor()
      await worker.page.getByText('Anna holder pause.').waitFor()

      await button(citizen.page, 'Fortsæt').click()
      await assertBothWays(worker, citizen)
      t.notOk(await isMuted(citizen.page))
    },
  )
}

t.test('"Jeg er ikke alene" is told at once, in words, and ends with a tap', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, PHONE)
  await haveConversation(worker, citizen)

  await button(citizen.page, 'Mere').click()
  await button(citizen.page, 'Jeg er ikke alene').click()
  await worker.page.getByText('Anna er ikke alene.').waitFor({ timeout: 1_000 })
  await citizen.page.getByText('Mette kan se, at du ikke er alene.').waitFor()
  await worker.page.reload()
  await worker.page.getByText('Anna er ikke alene.').waitFor()
  await button(citizen.page, 'Nu er jeg alene').click()
  await worker.page.getByText('Anna er ikke alene.').waitFor({ state: 'detached' })
  t.same(server.rows('select state from calls'), [{ state: 'connected' }])
})

t.test('a citizen has hung up: a minute of peace, and a way back', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, PHONE)
  await haveConversation(worker, citizen)

  await button(citizen.page, 'Læg på').click()
  await assertLampOut(citizen.page)
  await worker.page.getByText('Giv Anna lidt ro.').waitFor()
  t.equal(await button(worker.page, 'Ring igen').count(), 0)
  await button(worker.page, 'Tilbage til mine borgere').click()
  await rowOf(worker.page, 'Anna').getByRole('button', { name: 'Ring op' }).click()
  await worker.page.getByText('Borgeren har lige lagt på.').waitFor()

  await button(citizen.page, 'Gå tilbage til samtalen').click()
  await citizen.page.getByText('Mette har fået besked.').waitFor()
  await worker.page.getByText('Anna vil gerne tilbage til samtalen.').waitFor()
  t.same(await countOpenTracks(citizen.page), { audio: 0, video: 0 }, 'nothing is on while waiting')
  await button(worker.page, 'Gå tilbage til samtalen').click()
  await assertBothWays(worker, citizen)
  t.equal(server.rows('select id from calls').length, 2)
  t.equal(await worker.page.getByText('Anna vil gerne tilbage').count(), 0)

  await button(worker.page, 'Læg på').click()
  await citizen.page.getByText('Mette har lagt på.').waitFor()
  t.equal(await button(citizen.page, 'Gå tilbage til samtalen').count(), 0)
  await button(worker.page, 'Gå tilbage til samtalen').click()
  await button(citizen.page, 'Svar').click()
  await assertBothWays(worker, citizen)
})

/** The browser reports `ended` for what the system takes; not for our own `stop`, so the test says it. */
const takeAway = (page: Page, kind: string): Promise<void> =>
  page.evaluate((wanted) => {
    const isIt = (track: MediaStreamTrack) =>
      track.kind === wanted && track.readyState === 'live' && !window.nvTestClones.has(track)
    const track = window.nvTestTracks.findLast(isIt)
    track?.stop()
    track?.dispatchEvent(new Event('ended'))
  }, kind)

t.test('W-23 what the system takes away comes back, with one tap or none', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, PHONE)
  await haveConversation(worker, citizen)

  for (const kind of ['audio', 'video']) {
    await takeAway(citizen.page, kind)
    await assertBothWays(worker, citizen)
    t.pass(`${kind} came back unasked`)
  }

  await citizen.page.evaluate(() => {
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotReadableError'))
    window.addEventListener('test:hang-up', () => (mediaDevices.getUserMedia = open))
  })
  await takeAway(citizen.page, 'audio')
  await citizen.page.getByText('Lyd eller billede blev afbrudt.').waitFor()
  await worker.page.getByText('Anna har ikke lyd på.').waitFor()
  await citizen.page.evaluate(() => window.dispatchEvent(new Event('test:hang-up')))
  await button(citizen.page, 'Kom tilbage').click()
  await assertBothWays(worker, citizen)
  t.equal(await button(citizen.page, 'Kom tilbage').count(), 0)
})

t.test('the screen stays on during a talk', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, {
    ...PHONE,
    initScript: () => {
      const locks: { released: boolean }[] = []
      Reflect.set(window, 'nvTestLocks', locks)
      const request = () => {
        const lock = {
          released: false,
          release: () => {
            lock.released = true
            return Promise.resolve()
          },
        }
        locks.push(lock)
        return Promise.resolve(lock)
      }
      // Headless browsers have no screen to keep awake.
      Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    },
  })
  const readLocks = () =>
    citizen.page.evaluate(() =>
      (Reflect.get(window, 'nvTestLocks') as { released: boolean }[]).map(
        ({ released }) => released,
      ),
    )
  await haveConversation(worker, citizen)
  t.same(await readLocks(), [false])
  await citizen.page.evaluate(() => {
    const [lock] = Reflect.get(window, 'nvTestLocks') as { released: boolean }[]
    if (lock !== undefined) lock.released = true
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await waitFor(
    'a new lock at the return',
    async () => (await readLocks()).length === 2 || undefined,
  )
  await button(citizen.page, 'Læg på').click()
  await waitFor('the release', async () => (await readLocks()).every(Boolean) || undefined)
})
