import type { Locator } from 'playwright-core'
import t, { type Test } from 'tap'
import { button, launchCitizen, launchWorker, rowOf } from './support/conversation.ts'
import { startServer } from './support/server.ts'

/** From the citizen's tap to the worker's screen. */
const AT_ONCE_MS = 1_000

/** A restart makes sockets fail, which is what the test is about. */
// The last is said of a service worker that is just being fetched when the server goes.
const GONE = { expectedProblems: [/WebSocket connection/, /ERR_/, /when fetching the script/] }

const REFUSED = { expectedProblems: [/status of 409/] }

/** Taps, and measures how long it takes until something is seen elsewhere. */
async function assertAtOnce(t: Test, what: string, tapped: Locator, seen: Locator): Promise<void> {
  const [startedAt] = await Promise.all([
    tapped.evaluate((element) => {
      const now = Date.now()
      ;(element as HTMLElement).click()
      return now
    }),
    seen.waitFor(),
  ])
  const tookMs = Date.now() - startedAt
  t.ok(tookMs < AT_ONCE_MS, `${what}: ${String(tookMs)} ms`)
}

t.test('"Jeg er klar" and "Bed Mette om at ringe" reach the worker at once', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const [ready, ask] = [
    button(citizen.page, 'Jeg er klar'),
    button(citizen.page, 'Bed Mette om at ringe'),
  ]
  await ready.waitFor()
  await rowOf(worker.page, 'Anna').getByText('Har appen åben').waitFor()
  await assertAtOnce(t, 'ready', ready, rowOf(worker.page, 'Anna').getByText('Er klar'))
  await citizen.page.getByText('Nu kan Mette se, at du er klar.').waitFor()
  const wish = worker.page
    .getByRole('status')
    .filter({ hasText: /Anna vil gerne ringes op\. Bad om det kl\. / })
  await assertAtOnce(t, 'a wish', ask, wish)
  await citizen.page.getByText('Mette har fået din besked.').waitFor()

  // Seen, it waits beside the name, and the citizen is told.
  const isSeen = citizen.page.getByText('Mette har set din besked.')
  await assertAtOnce(t, 'seen', button(worker.page, 'Set, jeg ringer senere'), isSeen)
  await rowOf(worker.page, 'Anna').getByText('Anna vil gerne ringes op.').waitFor()

  // Taken back, both are gone.
  await button(citizen.page, 'Jeg er ikke klar mere').click()
  await rowOf(worker.page, 'Anna').getByText('Har appen åben').waitFor()
  await button(citizen.page, 'Tag beskeden tilbage').click()
  await rowOf(worker.page, 'Anna')
    .getByText('Anna vil gerne ringes op.')
    .waitFor({ state: 'detached' })
  t.same(server.rows('select * from callbacks'), [])
  t.same(server.rows('select * from readiness'), [])
})

t.test('both are there after a restart, and a ring answers the wish', async (t) => {
  const first = await startServer(t)
  const worker = await launchWorker(t, first, GONE)
  const citizen = await launchCitizen(t, first, GONE)
  await button(citizen.page, 'Jeg er klar').click()
  await button(citizen.page, 'Bed Mette om at ringe').click()
  await button(worker.page, 'Ring til Anna').waitFor()
  await first.kill9()
  await citizen.page.getByText('Forbindelsen blev afbrudt.').waitFor()
  const second = await startServer(t, { dataDir: first.dataDir, port: first.port })
  await button(citizen.page, 'Tag beskeden tilbage').waitFor()
  await button(citizen.page, 'Jeg er ikke klar mere').waitFor()
  await rowOf(worker.page, 'Anna').getByText('Er klar').waitFor()
  const ringing = citizen.page.getByRole('heading', { name: 'Mette ringer' })
  await assertAtOnce(t, 'a ring', button(worker.page, 'Ring til Anna'), ringing)
  await button(worker.page, 'Stop opkald').click()
  await button(worker.page, 'Tilbage til mine borgere').click()
  await worker.page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
  t.equal(await button(worker.page, 'Ring til Anna').count(), 0, 'the wish is answered')
  t.same(second.rows('select * from callbacks'), [])
  t.same(second.rows('select * from readiness'), [], 'and after a call nobody is ready')

  // What was missed is one calm line at home, with a way to ask again.
  await button(citizen.page, 'Tilbage').click()
  await citizen.page.getByText(/^Mette ringede kl\. /).waitFor()
  await citizen.page.getByText('Det gør ikke noget, at du ikke nåede det.').waitFor()
  await button(citizen.page, 'Bed Mette om at ringe igen').waitFor()
})

t.test('in quiet hours a ring is refused kindly, and made for a reason', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, REFUSED)
  const citizen = await launchCitizen(t, server)
  await citizen.page.getByRole('link', { name: 'Mine valg' }).click()
  await button(citizen.page, 'Hvornår må vi ikke ringe?').click()
  // Six hours before and after this one, whatever the time of year: not so long that it is asked about.
  const hour = new Date().getUTCHours()
  const from = ((hour + 24 - 6) % 24) * 60
  const to = ((hour + 6) % 24) * 60
  await citizen.page.getByLabel('Fra kl.').selectOption(String(from))
  await citizen.page.getByLabel('Til kl.').selectOption(String(to))
  await button(citizen.page, 'Gem').click()
  await citizen.page.getByRole('button', { name: /^Ring ikke til mig (mellem|fra) / }).waitFor()
  await citizen.page.getByRole('link', { name: 'Tilbage' }).click()
  await citizen.page.getByRole('heading', { name: 'Hej Anna' }).waitFor()

  await rowOf(worker.page, 'Anna').getByText('Har appen åben').waitFor()
  await rowOf(worker.page, 'Anna').getByRole('button', { name: 'Ring op' }).click()
  await worker.page.getByText(/^Anna vil ikke ringes op mellem /).waitFor()
  t.same(server.rows('select * from calls'), [])
  await button(worker.page, 'Vi har aftalt det').click()
  await citizen.page.getByRole('heading', { name: 'Mette ringer' }).waitFor()
  const [line] = server.rows("select details from audit_events where action = 'quiet.overruled'")
  t.match(line?.['details'], /"reason":"agreed"/)
  await button(citizen.page, 'Ikke nu').click()
})

t.test('the language is the browser’s at first, and the device’s once it is chosen', async (t) => {
  const server = await startServer(t)
  const citizen = await launchCitizen(t, server)
  const { page } = citizen
  await page.getByRole('link', { name: 'Mine valg' }).click()
  await button(page, 'Sprog (language)').click()
  await button(page, 'English').click()
  await page.getByRole('heading', { name: 'My choices' }).waitFor()
  t.equal(await page.locator('html').getAttribute('lang'), 'en')
  await page.goto(server.url)
  await button(page, 'Ask Mette to call').waitFor()
  await page.goto(`${server.url}/mine-valg`)
  await button(page, 'Language (sprog)').click()
  await button(page, 'Dansk').click()
  await page.getByRole('heading', { name: 'Mine valg' }).waitFor()
})
