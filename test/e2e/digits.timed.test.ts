import type { Page } from 'playwright-core'
import t from 'tap'
import { launchPerson } from './support/browser.ts'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  ring,
  startConversation,
} from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { MiddleMan } from './support/middle-man.ts'
import { startServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

/** The four digits, once they are on the screen. */
async function readDigits(page: Page): Promise<string> {
  const row = button(page, 'Tjek forbindelsen')
  if (!(await row.isVisible())) await button(page, 'Mere').click()
  if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click()
  const digits = page.locator('nv-digits .digits')
  await digits.waitFor()
  return ((await digits.textContent()) ?? '').replaceAll(/\D/g, '')
}

t.test('S-25 both see the same four digits, also over a new connection and a reload', async (t) => {
  const { worker, citizen } = await startConversation(t)
  const before = await readDigits(worker.page)
  t.match(before, /^\d{4}$/)
  t.equal(await readDigits(citizen.page), before)

  await worker.page.evaluate(() => window.nvTestPeers.at(-1)?.close())
  await assertBothWays(worker, citizen)
  t.equal(await readDigits(worker.page), before, 'the certificates are the same')
  t.equal(await readDigits(citizen.page), before)
  t.equal(await worker.page.getByText(/ny forbindelse/).count(), 0)

  await citizen.page.reload()
  await assertBothWays(worker, citizen)
  await worker.page.getByText('Anna har fået en ny forbindelse.').waitFor()
  t.equal(await readDigits(citizen.page), await readDigits(worker.page))
})

t.test(
  'S-25 with somebody in between everything looks as always, but for the digits',
  async (t) => {
    const server = await startServer(t)
    const worker = await launchWorker(t, server)
    const citizen = await launchCitizen(t, server)
    const middle = await launchPerson(t, { colour: COLOURS.green, toneHz: 600 })
    await middle.page.goto(`${server.url}/demo`)
    await MiddleMan.stepBetween(middle.page, { worker, citizen })
    for (const { page } of [worker, citizen]) await page.reload()
    await haveConversation(worker, citizen)
    const seen = [await readDigits(worker.page), await readDigits(citizen.page)]
    t.match(seen, [/^\d{4}$/, /^\d{4}$/])
    // Once in 10,000 calls they are the same by chance: this test then fails, and may.
    t.not(seen[0], seen[1])
  },
)

t.test('S-25 a fingerprint that is only exchanged on the way makes no connection', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server)
  const generations = new Set<string>()
  await citizen.context.routeWebSocket(/\/ws$/, (socket) => {
    const upstream = socket.connectToServer()
    upstream.onMessage((text) => {
      const frame = String(text)
      const [, generation] = /"signal.description".*"generation":(\d+)/.exec(frame) ?? []
      if (generation !== undefined) generations.add(generation)
      socket.send(frame.replaceAll(/(a=fingerprint:sha-256 )(..)/g, exchangeByte))
    })
    socket.onMessage((text) => {
      upstream.send(text)
    })
  })
  await citizen.page.reload()
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  const isGivenUp = () => generations.size > 1 || undefined
  await waitFor('the first attempt to be given up', isGivenUp, 30_000)
  for (const { page } of [worker, citizen]) {
    t.same(await countFrames(page), 0, 'not a single picture')
    t.equal(await page.locator('nv-digits .digits').count(), 0)
  }
})

/** Never the byte that was there. */
const exchangeByte = (_match: string, before: string, byte: string): string =>
  before + (byte === 'AA' ? 'BB' : 'AA')

/** Frames of the other side that this page has decoded, over all its connections. */
const countFrames = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    let count = 0
    for (const peer of window.nvTestPeers) {
      if (peer.connectionState === 'closed') continue
      for (const [, entry] of await peer.getStats()) {
        const { framesDecoded = 0 } = entry as { readonly framesDecoded?: number }
        count += framesDecoded
      }
    }
    return count
  })
