import t from 'tap'
import { launchPerson, type Person } from './support/browser.ts'
import {
  assertBothWays,
  assertLampOut,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  readOnlyCall,
  ring,
  rowOf,
  startConversation,
} from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import {
  assertPictureArrives,
  countOpenTracks,
  readSelectedPath,
  readSent,
} from './support/media-probe.ts'
import { signIn } from './support/people.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

const QUIET_PERSON = { colour: COLOURS.green, toneHz: 600 }
const ENDED = { name: 'Samtalen er slut' }

for (const side of ['worker', 'citizen'] as const) {
  t.test(`a worker rings, the citizen answers, the ${side} hangs up, SQLite has it`, async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchCitizen(t, server)
    t.same(await countOpenTracks(worker.page), { audio: 0, video: 0 }, 'nothing is on before')
    await ring(worker.page)
    await citizen.page.getByRole('heading', { name: 'Mette ringer' }).waitFor()
    for (const { page } of [worker, citizen]) {
      t.same(await countOpenTracks(page), { audio: 0, video: 0 }, 'nothing is on at the ring')
      t.same(await readSent(page), [], 'nor sent')
    }
    // The first moment of a screen presses nothing, and a click waits for it to pass.
    await citizen.page.locator('nv-app:not([is-new])').waitFor()
    const answeredAt = Date.now()
    await button(citizen.page, 'Svar').click()
    await assertBothWays(worker, citizen)
    const [one, other] = side === 'worker' ? [worker, citizen] : [citizen, worker]
    const path = await readSelectedPath(worker.page)
    const endedAt = Date.now()
    await button(one.page, 'Læg på').click()
    await assertLampOut(one.page)
    for (const { page } of [one, other]) await page.getByRole('heading', ENDED).waitFor()
    await assertLampOut(other.page)

    const row = await readOnlyCall(server)
    t.match(row, {
      outcome: 'completed',
      end_reason: side === 'worker' ? 'hangup_staff' : 'hangup_citizen',
      path: path.local === 'relay' || path.remote === 'relay' ? 'relay' : /host|srflx/,
    })
    t.ok(Math.abs((row.answered_at ?? 0) - answeredAt) < 1_000, 'answered to the second')
    t.ok((row.connected_at ?? 0) >= answeredAt && (row.connected_at ?? 0) <= endedAt, 'connected')
    t.ok(Math.abs(row.ended_at - endedAt) < 1_000, 'ended to the second')
    const legs = server.rows('select * from call_legs')
    t.equal(legs.length, 1)
    t.match(legs[0], { path: row.path, ended_at: row.ended_at })
  })
}

t.test('what a second window, tab or device does', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const tablet = await launchCitizen(t, server)
  const phone = await launchCitizen(t, server, { viewport: { width: 390, height: 844 } })

  await t.test('a second device stops ringing within 1 s of the first answer', async () => {
    await ring(worker.page)
    await button(phone.page, 'Svar').waitFor()
    await button(tablet.page, 'Svar').click()
    await button(phone.page, 'Svar').waitFor({ state: 'hidden', timeout: 1_000 })
    await phone.page.getByRole('heading', { name: 'Du taler et andet sted' }).waitFor()
    await assertBothWays(worker, tablet)
  })

  await t.test('a second tab of the worker sees that Anna is busy, and cannot ring', async (t) => {
    const tab = await worker.context.newPage()
    await tab.goto(server.url)
    await tab.getByRole('heading', { name: 'Du taler et andet sted' }).waitFor()
    await tab.close()
    t.equal(server.rows('select id from calls').length, 1)
  })

  await t.test('the phone goes back to rest when the talk on the tablet ends', async () => {
    await button(tablet.page, 'Læg på').click()
    await phone.page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
    await worker.page.getByRole('heading', ENDED).waitFor()
  })
})

t.test('two tabs of one worker ring at once: one call, and the citizen hears one', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const tab = await worker.context.newPage()
  await tab.goto(server.url)
  const buttons = [worker.page, tab].map((page) =>
    rowOf(page, 'Anna').getByRole('button', { name: 'Ring op' }),
  )
  for (const page of [worker.page, tab])
    await rowOf(page, 'Anna').getByText('Har appen åben').waitFor()
  // Not `click`, which would wait for the button of the window that came second and is gone by then.
  await Promise.all(
    buttons.map((each) =>
      each.evaluate((it: HTMLElement) => {
        it.click()
      }),
    ),
  )
  await button(citizen.page, 'Svar').click()
  await waitFor('one window that talks', async () => {
    const windows = await Promise.all(
      [worker.page, tab].map((page) => button(page, 'Læg på').isVisible()),
    )
    return windows.filter(Boolean).length === 1 || undefined
  })
  t.equal(server.rows('select id from calls').length, 1)
})

t.test('the talk goes on after a reload, on either side', async (t) => {
  const { server, worker, citizen } = await startConversation(t)
  for (const person of [citizen, worker]) {
    await person.page.reload()
    await assertBothWays(worker, citizen)
  }
  await button(citizen.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed', end_reason: 'hangup_citizen' })
  t.equal(server.rows('select id from call_legs').length, 3, 'each stretch of media is a leg')
})

t.test(
  'who has turned off microphone and camera is not heard or seen after a reload',
  async (t) => {
    const { worker, citizen } = await startConversation(t)
    const { page } = citizen
    await button(page, 'Sluk mikrofon').click()
    await button(page, 'Sluk kamera').click()
    await worker.page.getByText('Anna har slukket sit kamera.').waitFor()
    await page.reload()
    await page.getByText('Din mikrofon er slukket').waitFor()
    await page.getByText('Dit kamera er slukket').waitFor()
    await assertPictureArrives(page, COLOURS.blue)
    t.same(await readSent(page), [])
    t.equal((await countOpenTracks(page)).video, 0, 'the lamp is out')
    await worker.page.getByText('Anna har slukket sin mikrofon.').waitFor()

    await button(page, 'Pause').click()
    await worker.page.getByText('Anna holder pause.').waitFor()
    await page.reload()
    await button(page, 'Fortsæt').click()
    await worker.page.getByText('Anna holder pause.').waitFor({ state: 'detached' })
    await page.getByText('Din mikrofon er slukket').waitFor()
    t.same(await readSent(page), [])

    await button(page, 'Tænd mikrofon').click()
    await button(page, 'Tænd kamera').click()
    await assertBothWays(worker, citizen)
  },
)

t.test('the server may die and come back while the two talk on', async (t) => {
  const first = await startServer(t)
  // The second server, begun last, is ended first: the pages are told that it stops.
  const expectedProblems = [/ERR_CONNECTION_(REFUSED|RESET)/, /503 \(Service Unavailable\)/]
  const worker = await launchWorker(t, first, { expectedProblems })
  const citizen = await launchCitizen(t, first, { expectedProblems })
  await haveConversation(worker, citizen)
  await first.kill9()
  await assertBothWays(worker, citizen)
  const second = await startServer(t, { dataDir: first.dataDir, port: first.port })
  await waitForSeats(worker, citizen)
  await assertBothWays(worker, citizen)
  await button(worker.page, 'Læg på').click()
  await citizen.page.getByRole('heading', ENDED).waitFor()
  const row = await readOnlyCall(second)
  t.match(row, { outcome: 'completed', end_reason: 'hangup_staff' })
  t.ok(row.ended_at - (row.connected_at ?? 0) > 1_000, 'the whole length counts')
})

/** Both windows are back with the server when neither says any more that it is away. */
async function waitForSeats(...people: readonly Person[]): Promise<void> {
  for (const { page } of people) {
    await page.getByText('Forbindelsen blev afbrudt').waitFor({ state: 'hidden' })
  }
}

t.test('a worker replaced by somebody else stops sending at once, and has hung up', async (t) => {
  const { server, worker, citizen } = await startConversation(t)
  const tab = await worker.context.newPage()
  await signIn(tab, server.url, 'Ole Krogh')
  await assertLampOut(worker.page, 2_000)
  await citizen.page.getByRole('heading', { name: 'Samtalen er slut' }).waitFor()
  await citizen.page.getByText('Mette har lagt på.').waitFor()
  await assertLampOut(citizen.page)
  const [call] = server.rows('select outcome, end_reason from calls')
  t.match(call, { outcome: 'completed', end_reason: 'hangup_staff' })
})

t.test('whoever is signed out stops sending at once', async (t) => {
  const { citizen } = await startConversation(t)
  await citizen.context.clearCookies()
  await citizen.page.reload()
  await button(citizen.page, 'Log ind som Anna').waitFor()
  await assertLampOut(citizen.page)
})

t.test('a worker does not see or ring a citizen of somebody else', async (t) => {
  const server = await startServer(t)
  const liz = await launchCitizen(t, server, {}, 'Liz')
  const mette = await launchWorker(t, server)
  t.equal(await mette.page.getByRole('listitem').filter({ hasText: 'Liz' }).count(), 0)
  const ole = await launchWorker(t, server).catch(() => null)
  t.ok(ole, 'a second browser signs in')
  if (ole === null) return
  await signIn(ole.page, server.url, 'Ole Krogh')
  await ring(ole.page, 'Liz')
  await button(liz.page, 'Svar').waitFor()
})

t.test('a page whose script does not come says so, and comes at the next try', async (t) => {
  const server = await startServer(t)
  const expectedProblems = [/ERR_FAILED/]
  const worker = await launchPerson(t, { ...QUIET_PERSON, expectedProblems })
  await worker.page.route(/nv-citizens-page/, (route) => route.abort())
  await signIn(worker.page, server.url, 'Mette Holm')
  const again = button(worker.page, 'Prøv igen')
  await again.waitFor()
  await worker.page.unroute(/nv-citizens-page/)
  await again.click()
  await worker.page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
})
