import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { PasskeyCreation, PasskeyRequest, PasskeysReply } from '@naervaer/shared'
import { CHALLENGE_LIFE_MS } from '../../../server/src/sign-in/challenges.ts'
import { INVITATION_LIFE_MS } from '../../../server/src/sign-in/invitations.ts'
import type {} from '../../../server/src/sign-in/plugin.ts'
import { BrowserJar } from '../../helpers/browser-jar.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { SoftwareAuthenticator, type Misbehaviour } from '../../helpers/software-authenticator.ts'

const ORIGIN = 'http://localhost:8080'

/** The secret of a new invitation, as the page reads it behind the `#`. */
async function invite(app: FastifyInstance, who: keyof typeof PEOPLE = 'mette'): Promise<string> {
  const { url } = await app.invitations.create(PEOPLE[who])
  return new URL(url).hash.slice(1)
}

async function enrol(browser: BrowserJar, secret: string, wrong: Misbehaviour = {}) {
  const authenticator = new SoftwareAuthenticator(ORIGIN)
  const started = await browser.send('POST', '/api/invitation/passkey/start', { secret })
  const passkey = authenticator.create(started.json<PasskeyCreation>(), wrong)
  const answer = await browser.ask('POST', '/api/invitation/passkey', { secret, passkey })
  return { authenticator, passkey, answer }
}

async function signIn(
  browser: BrowserJar,
  authenticator: SoftwareAuthenticator,
  wrong: Misbehaviour = {},
) {
  const started = await browser.send('POST', '/api/sign-in/passkey/start')
  const proof = authenticator.sign(started.json<PasskeyRequest>(), wrong)
  return browser.ask('POST', '/api/sign-in/passkey', proof)
}

t.test('an invitation makes a passkey, and the passkey signs in without a name', async (t) => {
  const { app } = await makeApp(t, { env: { DEMO: 'on' } })
  const { url, expiresAt } = await app.invitations.create(PEOPLE.mette)
  t.match(url, /^http:\/\/localhost:8080\/invitation#[\w-]{43}$/, 'the secret is in the fragment')
  t.equal(expiresAt, app.clock.now() + 15 * 60_000)
  const secret = new URL(url).hash.slice(1)
  const stored = await app.database.selectFrom('invitations').selectAll().execute()
  t.notOk(JSON.stringify(stored).includes(secret), 'only its hash is kept')

  const browser = new BrowserJar(app)
  const opened = await browser.send('POST', '/api/invitation', { secret })
  t.match(opened.json(), { person: { name: 'Mette Holm' }, canUsePassphrase: true })
  const { authenticator, answer } = await enrol(browser, secret)
  t.equal(answer, '204')
  t.equal(await browser.whoAmI(), 'Mette Holm', 'signed in at once')

  const other = new BrowserJar(app)
  t.equal(await signIn(other, authenticator), '204')
  t.equal(await other.whoAmI(), 'Mette Holm')
  t.notOk(other.cookies.has('naervaer-sign-in'), 'the visit is over')
  const rows = await app.database.selectFrom('audit_events').selectAll().execute()
  t.match(JSON.stringify(rows), /invitation\.used/)
  t.notOk(JSON.stringify(rows).includes(secret))
})

t.test('an invitation works once, for a quarter of an hour, and only the newest', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = new BrowserJar(app)
  const refused = '404 INVITATION_INVALID'
  const open = (secret: string) => browser.ask('POST', '/api/invitation', { secret })
  const used = await invite(app)
  t.equal((await enrol(browser, used)).answer, '204')
  t.equal(await open(used), refused, 'used')
  t.equal(await browser.ask('POST', '/api/invitation/passkey/start', { secret: used }), refused)
  t.equal(await open('A'.repeat(43)), refused, 'made up, or of another server')
  const replaced = await invite(app)
  const newest = await invite(app)
  t.equal(await open(replaced), refused, 'replaced')
  t.equal(await open(newest), '200')
  clock.advance(INVITATION_LIFE_MS - 1)
  t.equal(await open(newest), '200')
  clock.advance(1)
  t.equal(await open(newest), refused, 'too old')
  t.equal(await open('short'), '400 BODY_INVALID')
})

t.test('two who use an invitation at the same time make one passkey', async (t) => {
  const { app } = await makeApp(t)
  const secret = await invite(app)
  const browsers = [new BrowserJar(app), new BrowserJar(app)]
  const answers = await Promise.all(browsers.map((browser) => enrol(browser, secret)))
  t.strictSame(answers.map(({ answer }) => answer).sort(), ['204', '404 INVITATION_INVALID'])
  t.equal((await app.database.selectFrom('passkeys').select('id').execute()).length, 1)
})

t.test('an answer for one invitation does not serve another, and none twice', async (t) => {
  const { app } = await makeApp(t)
  const browser = new BrowserJar(app)
  const [mettes, oles] = [await invite(app, 'mette'), await invite(app, 'ole')]
  const started = await browser.send('POST', '/api/invitation/passkey/start', { secret: mettes })
  const passkey = new SoftwareAuthenticator(ORIGIN).create(started.json<PasskeyCreation>())
  const finish = (secret: string) =>
    browser.ask('POST', '/api/invitation/passkey', { secret, passkey })
  t.equal(await finish(oles), '409 CHALLENGE_EXPIRED')
  t.equal(await finish(mettes), '409 CHALLENGE_EXPIRED', 'it was used up by the try')
  t.equal(await browser.whoAmI(), null)
})

t.test('citizens, closed accounts and unknown people are not invited', async (t) => {
  const { app } = await makeApp(t)
  const unknown = '01900000-0000-7000-8000-000000000099' as typeof PEOPLE.mette
  await t.rejects(app.invitations.create(PEOPLE.anna), { code: 'PERSON_NOT_FOUND' })
  await t.rejects(app.invitations.create(unknown), { code: 'PERSON_NOT_FOUND' })
  const secret = await invite(app)
  await app.database
    .updateTable('people')
    .set({ disabled_at: 1 })
    .where('id', '=', PEOPLE.mette)
    .execute()
  await t.rejects(app.invitations.create(PEOPLE.mette), { code: 'PERSON_NOT_FOUND' })
  const browser = new BrowserJar(app)
  t.equal(await browser.ask('POST', '/api/invitation', { secret }), '404 INVITATION_INVALID')
})

const WRONG: readonly (readonly [what: string, wrong: Misbehaviour])[] = [
  ['the user was not verified', { isUserVerified: false }],
  ['another origin', { origin: 'https://evil.example' }],
  ['the same host on another port', { origin: 'http://localhost:9090' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['made for something else', { type: 'payment.get' }],
]

t.test('a passkey that is not as it should be is not taken', async (t) => {
  const { app } = await makeApp(t)
  for (const [what, wrong] of WRONG) {
    const browser = new BrowserJar(app)
    const { answer } = await enrol(browser, await invite(app), wrong)
    t.equal(answer, '403 PASSKEY_REFUSED', what)
    t.equal(await browser.whoAmI(), null, what)
  }
  t.strictSame(await app.database.selectFrom('passkeys').select('id').execute(), [])
})

t.test('a proof that is not as it should be signs nobody in', async (t) => {
  const { app } = await makeApp(t)
  const { authenticator } = await enrol(new BrowserJar(app), await invite(app))
  const oles = await enrol(new BrowserJar(app), await invite(app, 'ole'))
  const unknown = new SoftwareAuthenticator(ORIGIN)
  const olesHandle = Buffer.from(PEOPLE.ole).toString('base64url')
  const browser = new BrowserJar(app)
  for (const [what, wrong] of [
    ...WRONG,
    ['somebody else’s name on it', { userHandle: olesHandle }] as const,
  ]) {
    t.equal(await signIn(browser, authenticator, wrong), '403 PASSKEY_REFUSED', what)
  }
  t.equal(await signIn(browser, unknown, { userHandle: olesHandle }), '403 PASSKEY_REFUSED')
  t.equal(await browser.whoAmI(), null)
  t.equal(await signIn(browser, oles.authenticator), '204')
  t.equal(await browser.whoAmI(), 'Ole Krogh')
})

t.test('a challenge is answered once, in time, and in the browser that asked', async (t) => {
  const { app, clock } = await makeApp(t)
  const { authenticator } = await enrol(new BrowserJar(app), await invite(app))
  const browser = new BrowserJar(app)
  const start = async (from: BrowserJar) =>
    (await from.send('POST', '/api/sign-in/passkey/start')).json<PasskeyRequest>()
  const finish = (from: BrowserJar, proof: object) =>
    from.ask('POST', '/api/sign-in/passkey', proof)

  const proof = authenticator.sign(await start(browser))
  const visit = new Map(browser.cookies)
  t.equal(await finish(browser, proof), '204')
  const thief = new BrowserJar(app)
  for (const [name, value] of visit) thief.cookies.set(name, value)
  t.equal(await finish(thief, proof), '409 CHALLENGE_EXPIRED', 'replayed with its cookie')

  const another = authenticator.sign(await start(browser))
  t.equal(await finish(new BrowserJar(app), another), '409 CHALLENGE_EXPIRED', 'no cookie')
  await start(thief)
  t.equal(await finish(thief, another), '409 CHALLENGE_EXPIRED', 'of another visit')

  const late = authenticator.sign(await start(browser))
  clock.advance(CHALLENGE_LIFE_MS)
  t.equal(await finish(browser, late), '409 CHALLENGE_EXPIRED', 'too late')
  const own = authenticator.sign(await start(browser), { challenge: 'A'.repeat(43) })
  t.equal(await finish(browser, own), '409 CHALLENGE_EXPIRED', 'made up')
  t.strictSame(
    await app.database.selectFrom('sign_in_challenges').select('hash').execute(),
    await app.database
      .selectFrom('sign_in_challenges')
      .select('hash')
      .where('expires_at', '>', clock.now())
      .execute(),
    'old ones are not kept',
  )
})

t.test('a counter that goes back is a copied key', async (t) => {
  const { app } = await makeApp(t)
  const { authenticator } = await enrol(new BrowserJar(app), await invite(app))
  const browser = new BrowserJar(app)
  t.equal(await signIn(browser, authenticator, { counter: 7 }), '204')
  t.equal(await signIn(browser, authenticator, { counter: 7 }), '403 PASSKEY_REFUSED')
  t.equal(await signIn(browser, authenticator, { counter: 6 }), '403 PASSKEY_REFUSED')
  t.equal(await signIn(browser, authenticator, { counter: 8 }), '204')
})

t.test('who has lost every role of staff, or whose account is closed, stays outside', async (t) => {
  const { app } = await makeApp(t)
  const { authenticator } = await enrol(new BrowserJar(app), await invite(app))
  const people = app.database.updateTable('people').where('id', '=', PEOPLE.mette)
  await people.set({ disabled_at: 1 }).execute()
  t.equal(await signIn(new BrowserJar(app), authenticator), '403 PASSKEY_REFUSED')
  await people.set({ disabled_at: null }).execute()
  await app.database.deleteFrom('person_roles').where('person_id', '=', PEOPLE.mette).execute()
  t.equal(await signIn(new BrowserJar(app), authenticator), '403 PASSKEY_REFUSED')
})

t.test('one’s own passkeys are listed, added and removed, and nobody else’s', async (t) => {
  const { app, clock } = await makeApp(t)
  const mette = new BrowserJar(app)
  const first = await enrol(mette, await invite(app))
  const list = async (browser: BrowserJar) =>
    (await browser.send('GET', '/api/passkeys')).json<PasskeysReply>().passkeys
  const [only] = await list(mette)
  t.match(only, { createdAt: clock.now(), lastUsedAt: null })
  t.equal(await mette.ask('DELETE', `/api/passkeys/${only?.id ?? ''}`), '409 PASSKEY_LAST')
  t.equal((await list(mette)).length, 1, 'it is still there')

  clock.advance(60_000)
  const started = (await mette.send('POST', '/api/passkeys/start')).json<PasskeyCreation>()
  t.match(started.excludeCredentials, [{ id: first.passkey.id }], 'not the same one twice')
  const second = new SoftwareAuthenticator(ORIGIN)
  t.equal(await mette.ask('POST', '/api/passkeys', second.create(started)), '204')
  t.equal((await list(mette)).length, 2)

  const ole = new BrowserJar(app)
  await enrol(ole, await invite(app, 'ole'))
  t.equal(await ole.ask('DELETE', `/api/passkeys/${only?.id ?? ''}`), '404 NOT_FOUND')
  t.equal((await list(ole)).length, 1)

  const elsewhere = new BrowserJar(app)
  t.equal(await signIn(elsewhere, first.authenticator), '204')
  t.equal(await mette.ask('DELETE', `/api/passkeys/${only?.id ?? ''}`), '204')
  t.equal(await elsewhere.whoAmI(), null, 'whoever had it is signed out')
  t.equal(await mette.whoAmI(), 'Mette Holm')
  t.equal(await signIn(new BrowserJar(app), first.authenticator), '403 PASSKEY_REFUSED')
  t.equal(await signIn(new BrowserJar(app), second), '204')
})

t.test('passkeys are for staff with a session', async (t) => {
  const { app } = await makeApp(t)
  const stranger = new BrowserJar(app)
  t.equal(await stranger.ask('GET', '/api/passkeys'), '401 SESSION_MISSING')
  t.equal(await stranger.ask('POST', '/api/passkeys/start'), '401 SESSION_MISSING')
  const anna = new BrowserJar(app)
  await anna.send('POST', '/api/demo/sign-in', { personId: PEOPLE.anna })
  t.equal(await anna.ask('GET', '/api/passkeys'), '403 ROLE_REFUSED')
})

t.test('S-06 no other site signs anybody in', async (t) => {
  const { app } = await makeApp(t)
  const urls = ['/api/sign-in/passkey/start', '/api/sign-in/passkey', '/api/sign-in/passphrase']
  urls.push('/api/invitation', '/api/invitation/passkey', '/api/invitation/passphrase')
  for (const url of urls) {
    for (const origin of [undefined, 'null', 'https://evil.example', `${ORIGIN}.evil.example`]) {
      const answer = await app.inject({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(origin === undefined ? {} : { origin }),
        },
        payload: 'secret=x',
      })
      t.equal(answer.statusCode, 403, `${url} from ${origin ?? 'nowhere'}`)
      t.match(answer.json(), { code: 'ORIGIN_REFUSED' })
      t.strictSame(answer.cookies, [])
    }
    const form = await app.inject({
      method: 'POST',
      url,
      headers: { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'secret=x',
    })
    t.equal(form.statusCode, 400, `${url} as a form`)
  }
})

t.test('whoever asks too often waits, and is told how long', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = new BrowserJar(app, '203.0.113.7')
  const ask = () => browser.send('POST', '/api/invitation', { secret: 'A'.repeat(43) })
  for (let count = 0; count < 60; count += 1) t.equal((await ask()).statusCode, 404)
  const refused = await ask()
  t.equal(refused.statusCode, 429)
  t.match(refused.json(), { code: 'RATE_LIMITED', retry: 'later', status: 429 })
  t.equal(refused.headers['retry-after'], '60')
  t.match(refused.headers['content-type'], 'application/problem+json')
  const other = new BrowserJar(app, '203.0.113.8')
  t.equal(
    await other.ask('POST', '/api/invitation', { secret: 'A'.repeat(43) }),
    '404 INVITATION_INVALID',
  )
  clock.advance(60_000)
  t.equal((await ask()).statusCode, 404)
})

t.test('a deleted account leaves nothing to sign in with', async (t) => {
  const { app } = await makeApp(t)
  const { authenticator } = await enrol(new BrowserJar(app), await invite(app, 'ole'))
  await invite(app, 'ole')
  const it = (await app.inject('/api/demo/people'))
    .json<{ people: { person: { id: string }; roles: string[] }[] }>()
    .people.find(({ roles }) => roles.includes('it'))
  const admin = new BrowserJar(app)
  await admin.send('POST', '/api/demo/sign-in', { personId: it?.person.id })
  await app.database.deleteFrom('assignments').where('worker_id', '=', PEOPLE.ole).execute()
  t.equal(await admin.ask('DELETE', `/api/it/staff/${PEOPLE.ole}`), '204')
  t.strictSame(await app.database.selectFrom('passkeys').select('id').execute(), [])
  t.strictSame(await app.database.selectFrom('invitations').select('id').execute(), [])
  t.equal(await signIn(new BrowserJar(app), authenticator), '403 PASSKEY_REFUSED')
})
