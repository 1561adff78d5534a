import type { Page } from 'playwright-core'
import t from 'tap'
import type { NewReportReply, StoredReport } from '@naervaer/shared'
import { button, openMore, rowOf } from './support/conversation.ts'
import { closeApp, makeNoticeWorld, type NoticeWorld } from './support/notices.ts'
import { waitFor } from './support/wait.ts'

const SEEN = /Set \d+\. \S+ \d{4} kl\. \d\d\.\d\d/

/** Hands every trial on to the browser as it comes, as the vendor's channel does. */
async function deliverNext({ service, citizen }: NoticeWorld): Promise<void> {
  const before = service.delivered.length
  const next = await waitFor('a trial', () => service.delivered[before])
  await citizen.deliver(next)
}

async function readReport({ page, server }: NoticeWorld): Promise<StoredReport['report']> {
  const answer = page.waitForResponse('**/api/check/reports')
  await button(page, 'Få en supportkode').click()
  const { code } = (await (await answer).json()) as NewReportReply
  const [row] = server.rows('select report from tech_reports where code = ?', code)
  return JSON.parse(String(row?.['report'])) as StoredReport['report']
}

/** Tries the notices alone. */
async function openNotices(page: Page, url: string): Promise<void> {
  // An address that differs behind # alone would load nothing.
  await page.goto('about:blank')
  await page.goto(`${url}/test#notification`)
}

t.test('N8 W-29 B2 a notice is tried by its receipt; N7 it wakes the closed app', async (t) => {
  const world = await makeNoticeWorld(t)
  const { page, server, service, worker } = world

  const arriving = deliverNext(world)
  await openNotices(page, server.url)
  await page.getByRole('heading', { name: 'Det, vi har prøvet, virker' }).waitFor()
  await arriving
  const found = page.getByRole('list', { name: 'Det har vi prøvet' }).getByRole('listitem')
  t.match(await found.last().innerText(), /^Beskeder: virker/)

  // Sent, and held back on the way.
  await openNotices(page, server.url)
  await page
    .getByRole('heading', { name: 'Vores besked nåede ikke frem til dig.' })
    .waitFor({ timeout: 30_000 })
  t.same(await page.locator('nv-check-finding p').allTextContents(), [
    'Det kan du selv ordne.',
    'Lad browseren være åben. Prøv igen, gerne på et andet net.',
    'Fejlkode B2',
  ])
  service.answer = () => ({ status: 403 })
  await button(page, 'Prøv igen').click()
  await page.getByRole('heading', { name: 'Vi kunne ikke sende dig en besked.' }).waitFor()
  await page.getByText('Det er IT, der skal ordne det.').waitFor()
  await button(page, 'Gå videre').click()
  const report = await readReport(world)
  t.match(report, {
    push: { isSubscribed: true, trial: { state: 'refused', ms: null } },
    serviceWorker: { state: 'active', build: report.build ?? 'a build' },
  })

  // On the home visit: the app is open, then closed.
  service.answer = () => ({ status: 201 })
  const row = rowOf(worker.page, 'Anna')
  await openMore(row)
  await row.getByRole('button', { name: 'Tjekliste til hjemmebesøg' }).click()
  const line = worker.page.getByRole('listitem').filter({ hasText: 'vækkede den lukkede app' })
  await line.last().getByText('Ikke set endnu').waitFor()
  const wake = worker.page.getByRole('button', { name: 'Prøv, om en besked vækker appen' })
  await page.goto(server.url)
  await row.getByText('Har appen åben').waitFor()
  await wake.click()
  await worker.page.getByText(/^Appen er stadig åben på/).waitFor()
  await closeApp(world)
  const woken = deliverNext(world)
  await wake.click()
  await worker.page.getByText(/^Prøven er på vej\./).waitFor()
  await woken
  await line.last().getByText(SEEN).waitFor()
  const rows = server.rows("select is_ok from device_checks where line = 'woken'")
  t.same(rows, [{ is_ok: 1 }])
  await waitFor('that nothing more is said', async () =>
    (await worker.page.getByText(/^Prøven er på vej\./).count()) === 0 ? true : undefined,
  )
})
