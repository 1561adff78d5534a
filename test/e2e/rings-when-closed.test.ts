import t from 'tap'
import { launchPerson } from './support/browser.ts'
import { button } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { callAnna, closeApp, makeNoticeWorld } from './support/notices.ts'
import { pair } from './support/pairing.ts'

t.test('W-16 the closed app rings: from the tap on "Ring op" to the call', async (t) => {
  const world = await makeNoticeWorld(t)
  const { service, worker, citizen } = world
  await closeApp(world)
  await worker.page.getByText('Kan få besked, når du ringer').waitFor()
  await callAnna(worker.page)
  const [, sent] = await service.waitForCount(2)
  if (sent === undefined) throw new Error('nothing was sent')
  await worker.page.getByText('Sender besked til Annas telefon …').waitFor()
  await citizen.deliver(sent)
  t.match(await citizen.waitForNotice('Mette ringer'), { body: '', silent: false })
  await worker.page.getByText('Beskeden er nået frem til telefonen.').waitFor()
  // A browser without a real finger opens no window: it is opened here, at the address that was asked for.
  const address = await citizen.tap()
  const page = await citizen.context.newPage()
  await page.goto(new URL(address, world.server.url).href)
  await button(page, 'Svar').click()
  await page.getByText('Du taler med Mette').waitFor()
  await worker.page.getByText('Du taler med Anna').waitFor()
  await citizen.waitForNone()
})

t.test('W-17, W-18 missed, and hours late: nothing ever claims to ring', async (t) => {
  const world = await makeNoticeWorld(t)
  const { server, service, worker, citizen } = world
  await closeApp(world)
  await callAnna(worker.page)
  const [, sent] = await service.waitForCount(2)
  if (sent === undefined) throw new Error('nothing was sent')
  await citizen.deliver(sent)
  await citizen.waitForNotice('Mette ringer')
  await button(worker.page, 'Stop opkald').click()
  const [, , missed] = await service.waitForCount(3)
  if (missed === undefined) throw new Error('nothing was sent')
  await citizen.deliver(missed)
  const notice = await citizen.waitForNotice('Ubesvaret opkald')
  t.match(notice, { body: /^Mette ringede kl\. \d\d\.\d\d$/, silent: true })
  t.equal((await citizen.listNotices()).length, 1, 'it has taken the place of the ring')
  // The same ring once more, long after: the server is asked, and it says that it was missed.
  await citizen.deliver(sent)
  await citizen.waitForNotice('Ubesvaret opkald')
  t.equal((await citizen.listNotices()).length, 1)
  const page = await citizen.context.newPage()
  await page.goto(`${server.url}/opkald`)
  await page.getByRole('heading', { name: /^Mette ringede kl\. \d\d\.\d\d$/ }).waitFor()
  t.equal(await button(page, 'Svar').count(), 0)
})

t.test('answered elsewhere: the notice says so for a moment, and is gone', async (t) => {
  const world = await makeNoticeWorld(t)
  const { server, service, worker, citizen } = world
  await closeApp(world)
  const tablet = await launchPerson(t, {
    colour: COLOURS.blue,
    toneHz: 440,
    expectedProblems: [/status of 40[14]/],
  })
  await pair(worker.page, tablet.page, server)
  await callAnna(worker.page)
  const [, sent] = await service.waitForCount(2)
  if (sent === undefined) throw new Error('nothing was sent')
  await citizen.deliver(sent)
  await citizen.waitForNotice('Mette ringer')
  await button(tablet.page, 'Svar').click()
  const [, , taken] = await service.waitForCount(3)
  if (taken === undefined) throw new Error('nothing was sent')
  await citizen.deliver(taken)
  await citizen.waitForNotice('Opkaldet er besvaret')
  await citizen.waitForNone()
})
