import type { Page, WebSocketRoute } from 'playwright-core'
import t, { type Test } from 'tap'
import type { Person } from './support/browser.ts'
import {
  assertBothWays,
  button,
  haveConversation,
  launchCitizen,
  launchWorker,
  readOnlyCall,
  ring,
} from './support/conversation.ts'
import { countFetchedTracks } from './support/media-probe.ts'
import { startServer, type TestServer } from './support/server.ts'
import { waitFor } from './support/wait.ts'

const GONE = { expectedProblems: [/WebSocket/, /ERR_/] }

const typeOf = (frame: string | Buffer): string => {
  const { type } = JSON.parse(String(frame)) as { type: string }
  return type
}

/**
 * Lets the network fail around one request: whatever follows it is lost, both ways, and the page finds its
 * socket closed. The server does not, and believes that somebody still sits there.
 */
class Breaks {
  /** How often each request has been lost so far. */
  readonly lost: string[] = []
  readonly #due: { readonly type: string; readonly isHeard: boolean }[] = []
  #isThere = false

  /** Until the page is there again: before that the worker may be shown the socket that has just gone. */
  async install({ page }: Person): Promise<void> {
    await page.routeWebSocket(/\/ws$/, (route) => {
      this.#pass(route)
    })
    await page.reload()
    await waitFor('the page to be there again', () => this.#isThere || undefined)
  }

  /** @param isHeard - the server gets the request, and only its reply is lost */
  expect(type: string, { isHeard }: { isHeard: boolean }): void {
    this.#due.push({ type, isHeard })
  }

  #pass(route: WebSocketRoute): void {
    const server = route.connectToServer()
    let isDead = false
    route.onMessage((frame) => {
      if (isDead) return
      const [due] = this.#due
      if (due === undefined || typeOf(frame) !== due.type) {
        server.send(frame)
        return
      }
      this.#due.shift()
      this.lost.push(due.type)
      isDead = true
      if (due.isHeard) server.send(frame)
      void route.close({ code: 4000 })
    })
    server.onMessage((frame) => {
      if (typeOf(frame) === 'welcome') this.#isThere = true
      if (!isDead) route.send(frame)
    })
    route.onClose(() => undefined)
    server.onClose(() => {
      if (!isDead) void route.close()
    })
  }
}

async function hangUp(t: Test, person: Person, server: TestServer): Promise<void> {
  await button(person.page, 'Læg på').click()
  t.match(await readOnlyCall(server), { outcome: 'completed' })
}

/** Every screen that the page shows from now on, by its heading. */
async function watchHeadings(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen = new Set<string>()
    Reflect.set(window, 'nvTestHeadings', seen)
    const look = (root: Document | ShadowRoot) => {
      for (const each of root.querySelectorAll('*')) {
        if (each.tagName === 'H1') seen.add(each.textContent.trim())
        if (each.shadowRoot !== null) look(each.shadowRoot)
      }
    }
    const again = () => {
      look(document)
      requestAnimationFrame(again)
    }
    again()
  })
  return () => page.evaluate(() => [...(Reflect.get(window, 'nvTestHeadings') as Set<string>)])
}

for (const isHeard of [true, false]) {
  t.test(
    `an answer is lost with the network, ${isHeard ? 'or only its reply' : 'and never heard'}`,
    async (t) => {
      const server = await startServer(t)
      const worker = await launchWorker(t, server)
      const citizen = await launchCitizen(t, server, GONE)
      const breaks = new Breaks()
      await breaks.install(citizen)
      breaks.expect('call.accept', { isHeard })
      await ring(worker.page)
      await button(citizen.page, 'Svar').click()
      await waitFor('the loss', () => breaks.lost.length === 1 || undefined)
      await assertBothWays(worker, citizen)
      t.same(await countFetchedTracks(citizen.page), { audio: 1, video: 1 })
      const opened = await citizen.page.evaluate(() => window.nvTestTracks.length)
      const clones = await citizen.page.evaluate(() => window.nvTestClones.size)
      t.equal(opened - clones, 2, 'the devices were opened once')
      await hangUp(t, citizen, server)
    },
  )
}

t.test('a ring whose reply is lost with the network', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server, GONE)
  const citizen = await launchCitizen(t, server)
  const breaks = new Breaks()
  await breaks.install(worker)
  breaks.expect('call.invite', { isHeard: true })
  await ring(worker.page)
  await button(citizen.page, 'Svar').click()
  await assertBothWays(worker, citizen)
  await hangUp(t, worker, server)
})

t.test('a second loss on the way back to a talk ends nothing', async (t) => {
  const server = await startServer(t)
  const worker = await launchWorker(t, server)
  const citizen = await launchCitizen(t, server, GONE)
  const breaks = new Breaks()
  await breaks.install(citizen)
  await haveConversation(worker, citizen)
  const readHeadings = await watchHeadings(citizen.page)
  for (const isHeard of [true, false]) {
    // A device that goes off is told, and that is the first loss.
    breaks.expect('call.media', { isHeard: false })
    breaks.expect('call.attach', { isHeard })
    await button(citizen.page, 'Sluk kamera').click()
    await waitFor('both losses', () => breaks.lost.length === (isHeard ? 2 : 4) || undefined)
    await worker.page.getByText('Anna har slukket sit kamera.').waitFor()
    await button(citizen.page, 'Tænd kamera').click()
    await assertBothWays(worker, citizen)
    t.equal(breaks.lost.length, isHeard ? 2 : 4)
  }
  t.same(await readHeadings(), ['Du taler med Mette'])
  await hangUp(t, citizen, server)
})
