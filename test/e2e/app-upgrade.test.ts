import t from 'tap'
import { launchWorker } from './support/conversation.ts'
import { startOwnClient } from './support/own-client.ts'
import { waitFor } from './support/wait.ts'
import { waitForWorker } from './support/worker.ts'

/** Well under the half minute for which a page that has just been opened counts as busy. */
const LIMIT_MS = 15_000

t.test('N27 staff have their page at once after an upgrade of every file', async (t) => {
  const server = await startOwnClient(t)
  const { page } = await launchWorker(t, server, {
    expectedProblems: [/status of 404/],
  })
  await waitForWorker(page)
  const findScript = () =>
    page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '')
  const before = await findScript()
  // Kept by the browser itself, it would not be missed.
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  await server.upgrade()

  await page.reload()
  await waitFor(
    'the page of the next version',
    async () => {
      const after = await findScript().catch(() => before)
      return (after !== before && after !== '') || undefined
    },
    LIMIT_MS,
  )
  await page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
  t.not(await findScript(), before)
})
