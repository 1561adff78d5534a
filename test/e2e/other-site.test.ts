import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Page, Request } from 'playwright-core'
import t from 'tap'
import { SUBPROTOCOL } from '@naervaer/shared'
import { launchPerson } from './support/browser.ts'
import { COLOURS } from './support/media.ts'
import { signIn } from './support/people.ts'
import { startServer, type TestServer } from './support/server.ts'
import type { TestScope } from './support/test-scope.ts'
import { waitFor } from './support/wait.ts'

/** What a citizen would lose most by; it needs no body, so nothing but the Origin stands before it. */
const STOP = '/api/choice/stop'

const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'] as const

/** An empty page of somebody else. @returns its port on 127.0.0.1 */
async function startOtherSite(t: TestScope): Promise<number> {
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Win a prize</title><link rel="icon" href="data:,">')
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  t.teardown(() => site.close())
  const address = site.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

/** Every row there is, by table. */
function readEverything(server: TestServer): Readonly<Record<string, unknown>> {
  const tables = server
    .rows("select name from sqlite_master where type = 'table' order by name")
    .map(({ name }) => String(name))
  return Object.fromEntries(tables.map((name) => [name, server.rows(`select * from "${name}"`)]))
}

const requestTo = (page: Page, url: string): Promise<Request> =>
  page.waitForRequest((each) => each.url() === url && each.method() === 'POST')

/** How often the server has refused to stop; other sites are not let see any of its answers. */
const countRefusals = (server: TestServer): number =>
  [...server.logs().matchAll(/"method":"POST","route":"\/api\/choice\/stop","status":403/g)].length

const submitForm = (page: Page, action: string, enctype: string): Promise<void> =>
  page.evaluate(
    ([action, enctype]) => {
      const form = document.createElement('form')
      Object.assign(form, { action, enctype, method: 'post' })
      const field = document.createElement('input')
      Object.assign(field, { name: '{"a":"', value: '"}' })
      form.append(field)
      document.body.append(form)
      form.submit()
    },
    [action, enctype] as const,
  )

interface Wish {
  readonly method?: string
  readonly mode?: RequestMode
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** @returns the status as the page sees it, or that it is told nothing */
const tryFetch = (page: Page, url: string, init: Wish): Promise<number | 'nothing'> =>
  page.evaluate(
    ([url, init]) =>
      fetch(url, { ...init, credentials: 'include' }).then(
        ({ status }) => status,
        () => 'nothing' as const,
      ),
    [url, init] as const,
  )

const tryWebSocket = (page: Page, url: string): Promise<'open' | 'refused'> =>
  page.evaluate(
    ([url, protocol]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, protocol)
        socket.onopen = () => {
          resolve('open')
          socket.close()
        }
        socket.onerror = () => resolve('refused')
      }),
    [url.replace(/^http/, 'ws') + '/ws', SUBPROTOCOL] as const,
  )

// The same site on another port is sent the cookies, SameSite or not: only the Origin tells it apart.
for (const { where, host, hasCookies } of [
  { where: 'another port of the same host', host: 'localhost', hasCookies: true },
  { where: 'another site', host: '127.0.0.1', hasCookies: false },
]) {
  t.test(`S-06 S-09 a page on ${where} can do nothing here in a person's name`, async (t) => {
    const server = await startServer(t, { env: { LOG_LEVEL: 'debug' } })
    const otherSite = `http://${host}:${await startOtherSite(t)}/`
    const { page } = await launchPerson(t, {
      colour: COLOURS.orange,
      toneHz: 880,
      // What the browser says of each refusal, and of the picture that a refusal does not have.
      expectedProblems: [
        /status of 40[34]/,
        /CORS policy/,
        /net::ERR_(FAILED|BLOCKED_BY_RESPONSE)/,
        /WebSocket connection/,
      ],
    })
    await signIn(page, server.url, 'Anna')
    await page.goto(otherSite)
    // What signing in wrote is told to the log a moment later, and that is noted too.
    await waitFor(
      'the end of what is told',
      () => server.rows('select id from audit_head where told_seq = seq').length > 0 || undefined,
    )
    const before = readEverything(server)
    const url = server.url + STOP
    let refusals = 0
    const expectRefusal = async (what: string) => {
      refusals += 1
      await waitFor(`the refusal of ${what}`, () => countRefusals(server) === refusals || undefined)
    }

    for (const enctype of FORMS) {
      const sent = requestTo(page, url)
      await submitForm(page, url, enctype)
      await page.getByText('ORIGIN_REFUSED').waitFor()
      await expectRefusal(`a form, ${enctype}`)
      const { cookie = '' } = await (await sent).allHeaders()
      t.equal(/\bnaervaer=/.test(cookie), hasCookies, `${enctype}: with the cookies, or without`)
      await page.goto(otherSite)
    }
    for (const mode of ['no-cors', 'cors'] as const) {
      t.equal(await tryFetch(page, url, { method: 'POST', mode }), 'nothing', 'it may not read it')
      await expectRefusal(`a fetch, ${mode}`)
    }
    const headers = { 'content-type': 'application/json' }
    for (const init of [{ method: 'POST', headers, body: '{}' }, { method: 'DELETE' }]) {
      t.equal(await tryFetch(page, url, init), 'nothing', 'the browser asks first, and is told no')
    }
    t.equal(await tryFetch(page, `${server.url}/api/session`, {}), 'nothing', 'not even who it is')
    t.equal(await tryWebSocket(page, server.url), 'refused')
    t.equal(countRefusals(server), refusals)
    t.strictSame(readEverything(server), before, 'nothing has been changed')

    await page.goto(`${server.url}/demo`)
    t.equal(await tryWebSocket(page, server.url), 'open', 'our own page may')
    t.equal(await tryFetch(page, url, { method: 'POST' }), 200, 'and stops what it was about')
    t.strictNotSame(readEverything(server), before)
  })
}
