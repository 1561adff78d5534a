import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { findFreePort } from '../helpers/free-port.ts'
import { CLIENT_SECRET, startWorkAccounts } from '../helpers/work-accounts.ts'
import { LARS, makeOidcEnv, THIEF, TRINE } from '../server/oidc/world.ts'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { launchPerson } from './support/browser.ts'
import { button } from './support/conversation.ts'
import { COLOURS } from './support/media.ts'
import { startServer } from './support/server.ts'

const DOOR = 'Log ind med din arbejdskonto'

const findDoor = (page: Page) => page.getByRole('link', { name: DOOR, exact: true })

/** From Nærvær's door to the provider and through it. */
async function signInAs(page: Page, url: string, account: string): Promise<void> {
  await page.goto(url)
  await findDoor(page).click()
  await button(page, account).click()
}

t.test('work accounts, with a real browser and a real provider', async (t) => {
  const [port, providerPort] = [await findFreePort(), await findFreePort()]
  const origin = `http://localhost:${port}`
  const provider = await startWorkAccounts(t, {
    port: providerPort,
    origin,
    accounts: [TRINE, LARS, THIEF],
  })
  const env = { ...makeOidcEnv(provider.issuer, origin), DEMO: 'off', LOG_LEVEL: 'trace' }
  const server = await startServer(t, { port, env })
  const secrets = [CLIENT_SECRET, 'Trine', 'Dahl', 'Lars Bo', TRINE.sub, LARS.sub, THIEF.sub, 'eyJ']
  const launch = (t: Test) => launchPerson(t, { colour: COLOURS.blue, toneHz: 440 })

  await t.test('in and out again, here and at the provider', async (t) => {
    const { page, context } = await launch(t)
    page.on('request', (request) => {
      const code = new URL(request.url()).searchParams.get('code')
      if (code !== null) secrets.push(code)
    })
    await signInAs(page, server.url, TRINE.sub)
    await button(page, 'Log ud').waitFor()
    t.equal(page.url(), `${origin}/`, 'nothing of the sign-in stays in the address')
    const cookies = await context.cookies(origin)
    const session = cookies.find(({ name }) => name === 'naervaer')
    t.match(session, { httpOnly: true, sameSite: 'Strict', path: '/' })
    t.notOk(cookies.some(({ name }) => name === 'naervaer-oidc'))
    secrets.push(session?.value ?? 'no session')
    await page.reload()
    await button(page, 'Log ud').click()
    await button(page, 'Log ud her').click()
    await findDoor(page).waitFor()
    t.equal(page.url(), `${origin}/`)
    t.strictSame(server.rows('select id from sessions'), [])
    await findDoor(page).click()
    await page.getByRole('heading', { name: 'Hvem er du?' }).waitFor()
  })

  await t.test('somebody without a role reads what to do, and copies their id', async (t) => {
    const { page, context } = await launch(t)
    await context.grantPermissions(['clipboard-write'], { origin })
    await signInAs(page, server.url, THIEF.sub)
    await page.getByRole('heading', { name: 'Du er ikke logget ind' }).waitFor()
    await page.getByText(THIEF.sub, { exact: true }).waitFor()
    t.same(await findAccessibilityProblems(page), [])
    await button(page, 'Kopiér id').click()
    await page.getByText('Id er kopieret.').waitFor()
    await page.getByRole('link', { name: 'Prøv igen' }).click()
    await findDoor(page).waitFor()
  })

  await t.test('S-05 signing out elsewhere empties the page by itself', async (t) => {
    const { page, context } = await launch(t)
    await signInAs(page, server.url, LARS.sub)
    await button(page, 'Log ud').waitFor()
    const elsewhere = await context.newPage()
    await elsewhere.goto(`${provider.issuer}/session/end`)
    const startedAt = performance.now()
    await button(elsewhere, 'Log ud her').click()
    await findDoor(page).waitFor({ timeout: 5_000 })
    t.ok(performance.now() - startedAt < 5_000)
    t.equal(provider.told.at(-1), null)
  })

  await t.test('S-29 the log holds none of it', (t) => {
    const logs = server.logs()
    t.match(logs, '/api/oidc/callback', 'it did log')
    t.ok(secrets.length >= 10)
    for (const secret of secrets) t.notOk(logs.includes(secret), secret)
    t.notMatch(logs, /[?&](code|state)=/)
    t.end()
  })
})
