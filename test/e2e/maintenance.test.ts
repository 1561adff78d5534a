import { findAccessibilityProblems } from '../helpers/axe.ts'
import t from 'tap'
import { runCli } from '../helpers/cli.ts'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
} from './support/conversation.ts'
import { startServer } from './support/server.ts'

/** Until it stands on the page, from the command's end (and its own start takes longer than that). */
const SEEN_MS = 2_000

t.test('IT works on the system: both read it without a reload, and a talk goes on', async (t) => {
  const server = await startServer(t)
  const maintain = async (...words: string[]) => {
    const { code, stderr } = await runCli({ DATA_DIR: server.dataDir }, 'maintenance', ...words)
    t.equal(code, 0, stderr)
  }
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const pages = [worker.page, citizen.page]
  const line = (page: (typeof pages)[number]) =>
    page.getByText(/^(Systemet bliver opdateret|Vi opdaterer appen)\. Ingen kan ringe/)
  await maintain('on')
  for (const page of pages) await line(page).waitFor({ timeout: SEEN_MS })
  for (const page of pages) {
    const problems = await findAccessibilityProblems(page)
    t.same(problems, [])
  }
  t.ok(await citizen.page.getByRole('link', { name: /112/ }).isVisible(), 'the numbers stay')
  await button(worker.page, 'Ring op').first().click()
  await worker.page.getByText('du kan ikke ringe op imens').waitFor()

  await maintain('off')
  for (const page of pages) await line(page).waitFor({ state: 'detached', timeout: SEEN_MS })
  await worker.page.reload()
  await haveConversation(worker, citizen)
  await maintain('on')
  await assertBothWays(worker, citizen)
  await button(worker.page, 'Læg på').click()
  await line(citizen.page).waitFor()
})
