import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import QRCode from 'qrcode'
import type { CDPSession, Page } from 'playwright-core'
import t from 'tap'
import type { PersonId } from '@naervaer/shared'
import { openDatabase } from '../../server/src/database/open.ts'
import { systemClock } from '../../server/src/plugins/clock.ts'
import { Invitations } from '../../server/src/sign-in/invitations.ts'
import { PEOPLE } from '../helpers/people.ts'
import { findAccessibilityProblems } from '../helpers/axe.ts'
import { launchPerson, type Person } from './support/browser.ts'
import { COLOURS } from './support/media.ts'
import { startServer, type TestServer } from './support/server.ts'
import type { TestScope } from './support/test-scope.ts'

const PASSPHRASE = 'tre blå cykler i gården'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })

/** A link as the command line makes one, beside the running server. */
async function invite(server: TestServer, personId: PersonId = PEOPLE.mette): Promise<string> {
  const database = openDatabase(join(server.dataDir, 'naervaer.sqlite'))
  try {
    const clock = systemClock
    return (await new Invitations({ database, clock, publicUrl: server.url }).create(personId)).url
  } finally {
    await database.destroy()
  }
}

interface Authenticator {
  setUserVerified(isUserVerified: boolean): Promise<void>
  countPasskeys(): Promise<number>
  remove(): Promise<void>
}

/** A key that lives in the machine and asks for a finger, as phones and laptops have them. */
async function addAuthenticator(cdp: CDPSession): Promise<Authenticator> {
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    setUserVerified: async (isUserVerified) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    countPasskeys: async () =>
      (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    remove: async () => {
      await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    },
  }
}

async function launchStaff(t: TestScope): Promise<Person & { cdp: CDPSession }> {
  const person = await launchPerson(t, {
    colour: COLOURS.green,
    toneHz: 600,
    // The refusals that a page shows are answers of the server, which Chromium reports as errors.
    expectedProblems: [/status of 40[0349]/],
  })
  const cdp = await person.context.newCDPSession(person.page)
  await cdp.send('WebAuthn.enable')
  return { ...person, cdp }
}

async function signOut(page: Page): Promise<void> {
  await page.goto(new URL('/', page.url()).href)
  await button(page, 'Log ud').click()
  await heading(page, 'Log ind').waitFor()
}

/** Out of the demo, where a stranger meets the page of staff. */
async function startPlain(t: TestScope): Promise<TestServer> {
  const first = await startServer(t)
  await first.stop()
  const { dataDir, port } = first
  return startServer(t, { dataDir, port, env: { DEMO: 'off' } })
}

t.test('invitation, passkey, sign out, sign in, a second passkey, removal', async (t) => {
  const server = await startPlain(t)
  const { page, cdp } = await launchStaff(t)
  const laptop = await addAuthenticator(cdp)
  const link = await invite(server)
  const requests: string[] = []
  page.on('request', (request) =>
    requests.push(`${request.url()} ${request.headers()['referer'] ?? ''}`),
  )
  await page.goto(link)
  await heading(page, 'Velkommen, Mette').waitFor()
  t.equal(page.url(), `${server.url}/invitation`, 'the secret has left the address')
  t.same(await findAccessibilityProblems(page), [], 'axe: invitation')
  await button(page, 'Lav en adgangsnøgle').click()
  await heading(page, 'Mine borgere').waitFor()
  t.equal(await laptop.countPasskeys(), 1)
  const secret = new URL(link).hash.slice(1)
  t.same(
    requests.filter((line) => line.includes(secret)),
    [],
    'W-09 in no URL, no referrer',
  )

  await signOut(page)
  t.same(await findAccessibilityProblems(page), [], 'axe: sign-in')
  await button(page, 'Log ind med adgangsnøgle').click()
  await heading(page, 'Mine borgere').waitFor()

  await page.getByRole('link', { name: 'Mine adgangsnøgler' }).click()
  await heading(page, 'Mine adgangsnøgler').waitFor()
  const keys = page.getByRole('listitem')
  await keys.first().waitFor()
  t.equal(await keys.count(), 1)
  t.match(await keys.first().textContent(), /Lavet .* kl\. .*Sidst brugt/s)
  t.same(await findAccessibilityProblems(page), [], 'axe: passkeys')
  await button(page, 'Tilføj en adgangsnøgle').click()
  await page.getByText('Adgangsnøglen blev ikke taget imod. Prøv igen.').waitFor()
  t.equal(await keys.count(), 1, 'the same authenticator does not count twice')
  await page.getByRole('button', { name: /^Fjern/ }).click()
  await page.getByText('Du kan ikke fjerne den sidste nøgle. Tilføj en anden først.').waitFor()

  await laptop.remove()
  const phone = await addAuthenticator(cdp)
  await button(page, 'Tilføj en adgangsnøgle').click()
  await page.getByText('Nøglen er tilføjet.').waitFor()
  t.equal(await keys.count(), 2)
  await keys
    .last()
    .getByRole('button', { name: /^Fjern/ })
    .click()
  await page.getByText('Nøglen er fjernet. Du er logget ud alle andre steder.').waitFor()
  t.equal(await keys.count(), 1)

  await signOut(page)
  await button(page, 'Log ind med adgangsnøgle').click()
  await heading(page, 'Mine borgere').waitFor()
  t.equal(await phone.countPasskeys(), 1)
  t.notMatch(server.logs(), new RegExp(secret), 'S-29 no secret in the log')
})

t.test('a used link says so, and so do an old, a foreign and an empty one', async (t) => {
  const server = await startPlain(t)
  const { page, cdp } = await launchStaff(t)
  await addAuthenticator(cdp)
  const used = await invite(server)
  await page.goto(used)
  await button(page, 'Lav en adgangsnøgle').click()
  await heading(page, 'Mine borgere').waitFor()
  const replaced = await invite(server)
  await invite(server)
  const foreign = `${server.url}/invitation#${'A'.repeat(43)}`
  for (const link of [used, replaced, foreign, `${server.url}/invitation`]) {
    // Only the fragment differs: without leaving the page the browser would not load it again.
    await page.goto('about:blank')
    await page.goto(link)
    await heading(page, 'Linket virker ikke mere').waitFor()
    await page.getByText('Har du selv brugt det? Så kan du logge ind nu.').waitFor()
    const next = page.getByRole('link', { name: 'Gå til log ind' })
    t.equal(await next.getAttribute('href'), '/')
  }
  t.same(await findAccessibilityProblems(page), [], 'axe')
  t.equal(server.rows('select id from passkeys').length, 1)
})

t.test('a link that gets too old while the page is open says so at the next tap', async (t) => {
  const server = await startPlain(t)
  const { page, cdp } = await launchStaff(t)
  await addAuthenticator(cdp)
  await page.goto(await invite(server))
  await button(page, 'Lav en adgangsnøgle').waitFor()
  const database = openDatabase(join(server.dataDir, 'naervaer.sqlite'))
  await database.updateTable('invitations').set({ expires_at: Date.now() }).execute()
  await database.destroy()
  await button(page, 'Lav en adgangsnøgle').click()
  await heading(page, 'Linket virker ikke mere').waitFor()
  t.equal(await button(page, 'Lav en adgangsnøgle').count(), 0)
  t.equal(server.rows('select id from passkeys').length, 0)
})

t.test('without finger, face or PIN there is neither passkey nor sign-in', async (t) => {
  const server = await startPlain(t)
  const { page, cdp } = await launchStaff(t)
  const laptop = await addAuthenticator(cdp)
  await laptop.setUserVerified(false)
  await page.goto(await invite(server))
  await button(page, 'Lav en adgangsnøgle').click()
  await page.getByText('Adgangsnøglen blev ikke taget imod. Prøv igen.').waitFor()
  await laptop.setUserVerified(true)
  await button(page, 'Lav en adgangsnøgle').click()
  await heading(page, 'Mine borgere').waitFor()
  await signOut(page)
  await laptop.setUserVerified(false)
  await button(page, 'Log ind med adgangsnøgle').click()
  await page.getByText('Adgangsnøglen blev ikke taget imod. Prøv igen.').waitFor()
  t.equal(server.rows('select id from sessions').length, 0)
})

t.test('who has lost the role of staff is not let in by their passkey', async (t) => {
  const server = await startPlain(t)
  const { page, cdp } = await launchStaff(t)
  await addAuthenticator(cdp)
  await page.goto(await invite(server))
  await button(page, 'Lav en adgangsnøgle').click()
  await heading(page, 'Mine borgere').waitFor()
  await signOut(page)
  const database = openDatabase(join(server.dataDir, 'naervaer.sqlite'))
  await database.deleteFrom('person_roles').where('person_id', '=', PEOPLE.mette).execute()
  await database.destroy()
  await button(page, 'Log ind med adgangsnøgle').click()
  await page.getByText('Adgangsnøglen blev ikke taget imod. Prøv igen.').waitFor()
})

t.test('a passphrase with codes, from an invitation in the demo', async (t) => {
  const server = await startServer(t)
  const { page } = await launchStaff(t)
  await page.goto(await invite(server))
  await button(page, 'Brug en adgangssætning i stedet').click()
  await heading(page, 'Lav en adgangssætning').waitFor()
  await page.getByText('Dit brugernavn er mette.holm. Skriv det op.').waitFor()
  const seed = (await page.locator('.seed').textContent())?.replaceAll(' ', '') ?? ''
  t.match(seed, /^[A-Z2-7]{32}$/)
  const address = `otpauth://totp/N%C3%A6rv%C3%A6r:mette.holm?issuer=N%C3%A6rv%C3%A6r&secret=${seed}&algorithm=SHA1&digits=6&period=30`
  t.ok(await isQrOf(page, address), 'the picture says the same')
  t.notOk(await isQrOf(page, `${address}0`))
  t.same(await findAccessibilityProblems(page), [], 'axe: passphrase')
  const secret = Secret.fromBase32(seed)
  const codeAt = (timestamp: number) => TOTP.generate({ secret, timestamp })
  await page.getByLabel('Adgangssætning').fill('adgangskode12345')
  await page.getByLabel('Kode fra din app, seks tal').fill(codeAt(Date.now()))
  await button(page, 'Gem, og log ind').click()
  await page.getByText('Den er for kort eller for let at gætte. Vælg en anden.').waitFor()
  await page.getByLabel('Adgangssætning').fill(PASSPHRASE)
  const first = Date.now()
  await page.getByLabel('Kode fra din app, seks tal').fill(codeAt(first))
  await button(page, 'Gem, og log ind').click()
  await heading(page, 'Mine borgere').waitFor()

  await button(page, 'Log ud').click()
  await page.getByRole('link', { name: 'Log ind som medarbejder uden for prøven' }).click()
  await button(page, 'Log ind med adgangssætning').click()
  t.same(await findAccessibilityProblems(page), [], 'axe: the form')
  const enter = async (code: string) => {
    await page.getByLabel('Brugernavn').fill('Mette.Holm')
    await page.getByLabel('Adgangssætning', { exact: true }).fill(PASSPHRASE)
    await page.getByLabel('Kode fra din app, seks tal').fill(code)
    await button(page, 'Log ind').click()
  }
  await enter(codeAt(first))
  await page.getByText('Det passer ikke. Se på navn, adgangssætning og kode igen.').waitFor()
  // The step after the one that was used counts already: clocks may differ by half a minute.
  await enter(codeAt(first + 30_000))
  await heading(page, 'Mine borgere').waitFor()
  t.notMatch(server.logs(), new RegExp(`${seed}|${PASSPHRASE}|mette\\.holm`), 'S-29')
})

/** Holds what is drawn, module for module, against the QR code of what an app must be told. */
async function isQrOf(page: Page, text: string): Promise<boolean> {
  const path = (await page.locator('svg.qr path').getAttribute('d')) ?? ''
  const drawn = new Set<number>()
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(length); at += 1) drawn.add(Number(y) * size + Number(x) + at)
  }
  const expected = [...data.keys()].filter((at) => data[at] === 1)
  return expected.length === drawn.size && expected.every((at) => drawn.has(at))
}
