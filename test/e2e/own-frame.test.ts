import type { Page } from 'playwright-core'
import t from 'tap'
import { assertBothWays, startConversation } from './support/conversation.ts'
import { replaceConnection } from './support/media-probe.ts'
import { waitFor } from './support/wait.ts'

/** How many frames there are, and whether the newest connection is in one of them. */
const readFrames = (page: Page) =>
  page.evaluate(() => ({
    frames: document.querySelectorAll('iframe').length,
    isInFrame: !(window.nvTestPeers.at(-1) instanceof RTCPeerConnection),
  }))

t.test('a recovery’s connection has a frame of its own, which goes with it', async (t) => {
  const { worker, citizen } = await startConversation(t)
  const pages = [worker.page, citizen.page]
  for (const page of pages) {
    t.same(await readFrames(page), { frames: 0, isInFrame: false }, 'the first has none')
  }
  for (const whose of pages) {
    await replaceConnection(pages, whose)
    await assertBothWays(worker, citizen)
    for (const page of pages) {
      const last = await waitFor('the former frame to go', async () => {
        const found = await readFrames(page)
        return found.frames === 1 ? found : undefined
      })
      t.ok(last.isInFrame)
    }
  }
  await worker.page.getByRole('button', { name: 'Læg på' }).click()
  for (const page of pages) {
    await waitFor('the last frame to go', async () =>
      (await readFrames(page)).frames === 0 ? true : undefined,
    )
  }
})

t.test('on a tablet that calls itself a desktop the connection stays in the page', async (t) => {
  const initScript = () => {
    Object.defineProperty(Navigator.prototype, 'maxTouchPoints', { value: 5 })
  }
  const { worker, citizen } = await startConversation(t, { initScript })
  await replaceConnection([worker.page, citizen.page], citizen.page)
  await assertBothWays(worker, citizen)
  t.same(await readFrames(citizen.page), { frames: 0, isInFrame: false })
  t.match(await readFrames(worker.page), { isInFrame: true })
})
