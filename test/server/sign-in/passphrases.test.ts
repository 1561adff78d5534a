import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import t from 'tap'
import type { PassphraseStartReply } from '@naervaer/shared'
import { findWeakness } from '../../../server/src/sign-in/passphrase-strength.ts'
import { hashPassphrase, isPassphraseOf } from '../../../server/src/sign-in/passphrase-hash.ts'
import { toSignInName } from '../../../server/src/sign-in/sign-in-name.ts'
import type {} from '../../../server/src/sign-in/plugin.ts'
import { BrowserJar } from '../../helpers/browser-jar.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'

const PASSPHRASE = 'tre blå cykler i gården'
const STEP_MS = 30_000

const codeAt = (seed: string, timestamp: number): string =>
  TOTP.generate({ secret: Secret.fromBase32(seed), timestamp })

async function invite(app: FastifyInstance, who: keyof typeof PEOPLE = 'mette') {
  const { url } = await app.invitations.create(PEOPLE[who])
  return new URL(url).hash.slice(1)
}

/** Mette with a passphrase; the code used for it is burnt. */
async function enrol(app: FastifyInstance, who: keyof typeof PEOPLE = 'mette') {
  const browser = new BrowserJar(app)
  const secret = await invite(app, who)
  const answer = await browser.send('POST', '/api/invitation/passphrase/start', { secret })
  const started = answer.json<PassphraseStartReply>()
  const code = codeAt(started.seed, app.clock.now())
  const wish = { secret, ticket: started.ticket, passphrase: PASSPHRASE, code }
  return {
    ...started,
    browser,
    wish,
    answer: await browser.ask('POST', '/api/invitation/passphrase', wish),
  }
}

const signIn = (browser: BrowserJar, wish: Record<string, string>) =>
  browser.ask('POST', '/api/sign-in/passphrase', wish)

t.test('an invitation makes a passphrase and a seed, and both sign in', async (t) => {
  const { app, clock } = await makeApp(t)
  const { seed, signInName, qr, browser, answer } = await enrol(app)
  t.equal(answer, '204')
  t.equal(await browser.whoAmI(), 'Mette Holm')
  t.equal(signInName, 'mette.holm')
  t.ok(qr.path.startsWith('M0 0h7v1h-7z'), 'the corner of a QR picture')
  clock.advance(STEP_MS)
  const other = new BrowserJar(app)
  const code = codeAt(seed, clock.now())
  const name = ' Mette.Holm '
  t.equal(await signIn(other, { signInName: name, passphrase: PASSPHRASE, code }), '204')
  t.equal(await other.whoAmI(), 'Mette Holm')

  const [row] = await app.database.selectFrom('passphrases').selectAll().execute()
  t.match(row?.hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const stored = JSON.stringify([
    row,
    await app.database.selectFrom('sign_in_challenges').selectAll().execute(),
  ])
  for (const secret of [seed, PASSPHRASE]) t.notOk(stored.includes(secret), 'L-19 it is sealed')
})

t.test(
  'enrolment wants a strong passphrase and a right code, and can be tried again',
  async (t) => {
    const { app, clock } = await makeApp(t)
    const browser = new BrowserJar(app)
    const secret = await invite(app)
    const start = async (): Promise<PassphraseStartReply> =>
      (await browser.send('POST', '/api/invitation/passphrase/start', { secret })).json()
    const { seed, ticket } = await start()
    const right = { secret, ticket, passphrase: PASSPHRASE, code: codeAt(seed, clock.now()) }
    const finish = (change: object) =>
      browser.ask('POST', '/api/invitation/passphrase', { ...right, ...change })
    t.equal(await finish({ passphrase: 'kort' }), '400 PASSPHRASE_WEAK')
    t.equal(await finish({ passphrase: 'passwordpassword123' }), '400 PASSPHRASE_WEAK')
    t.equal(await finish({ code: codeAt(seed, clock.now() + 10 * STEP_MS) }), '400 CODE_WRONG')
    t.equal(await finish({ ticket: 'A'.repeat(43) }), '409 CHALLENGE_EXPIRED')
    const oles = await invite(app, 'ole')
    t.equal(
      await finish({ secret: oles }),
      '409 CHALLENGE_EXPIRED',
      'a ticket of another invitation',
    )
    t.equal(await browser.whoAmI(), null)
    t.equal(await finish({}), '204')
    t.equal(await finish({}), '404 INVITATION_INVALID')
  },
)

t.test('every refusal is the same, whatever was wrong', async (t) => {
  const { app, clock } = await makeApp(t)
  const { seed, signInName } = await enrol(app)
  clock.advance(STEP_MS)
  const right = { signInName, passphrase: PASSPHRASE, code: codeAt(seed, clock.now()) }
  const bodies = new Set<string>()
  for (const wrong of [
    { signInName: 'nobody.here' },
    { passphrase: `${PASSPHRASE}.` },
    { code: codeAt(seed, clock.now() + 5 * STEP_MS) },
    { signInName: 'nobody.here', passphrase: 'x', code: '000000' },
  ]) {
    const wish = { ...right, ...wrong }
    const answer = await new BrowserJar(app).send('POST', '/api/sign-in/passphrase', wish)
    t.equal(answer.statusCode, 403)
    bodies.add(answer.body)
  }
  t.equal(bodies.size, 1)
  t.match([...bodies][0], 'SIGN_IN_REFUSED')
  t.equal(await signIn(new BrowserJar(app), right), '204', 'none of them burnt the code')
})

t.test('an unknown name takes as much work as a wrong passphrase', async (t) => {
  const { app, clock } = await makeApp(t)
  const { signInName } = await enrol(app)
  const measure = async (name: string): Promise<number> => {
    const times: number[] = []
    for (let count = 0; count < 7; count += 1) {
      clock.advance(3_600_000)
      const from = process.cpuUsage()
      await signIn(new BrowserJar(app), { signInName: name, passphrase: 'x', code: '000000' })
      const { user, system } = process.cpuUsage(from)
      times.push(user + system)
    }
    return times.sort((a, b) => a - b)[3] ?? 0
  }
  const [known, unknown] = [await measure(signInName), await measure('nobody.here')]
  t.ok(unknown > known / 2 && unknown < known * 2, `${known} and ${unknown} microseconds`)
})

t.test('a code counts once, also for two at the same time', async (t) => {
  const { app, clock } = await makeApp(t)
  const { seed, signInName, wish } = await enrol(app)
  const right = { signInName, passphrase: PASSPHRASE, code: wish.code }
  t.equal(await signIn(new BrowserJar(app), right), '403 SIGN_IN_REFUSED', 'burnt at enrolment')
  clock.advance(3 * STEP_MS)
  const code = codeAt(seed, clock.now())
  const answers = await Promise.all(
    [1, 2, 3].map(() => signIn(new BrowserJar(app), { ...right, code })),
  )
  t.equal(answers.filter((answer) => answer === '204').length, 1)
  t.equal(await signIn(new BrowserJar(app), { ...right, code }), '403 SIGN_IN_REFUSED')
  const before = codeAt(seed, clock.now() - STEP_MS)
  t.equal(await signIn(new BrowserJar(app), { ...right, code: before }), '403 SIGN_IN_REFUSED')
})

t.test('codes of the step before and after are taken, and no others', async (t) => {
  const { app, clock } = await makeApp(t)
  const { seed, signInName } = await enrol(app)
  clock.advance(100 * STEP_MS)
  const trySteps = (steps: number) =>
    signIn(new BrowserJar(app, `203.0.113.${50 + steps}`), {
      signInName,
      passphrase: PASSPHRASE,
      code: codeAt(seed, clock.now() + steps * STEP_MS),
    })
  t.equal(await trySteps(-2), '403 SIGN_IN_REFUSED')
  t.equal(await trySteps(2), '403 SIGN_IN_REFUSED')
  t.equal(await trySteps(-1), '204')
  t.equal(await trySteps(1), '204')
})

t.test('S-07 guessing gets slower and slower, and never locks anybody out for ever', async (t) => {
  const { app, clock } = await makeApp(t)
  const { seed, signInName } = await enrol(app)
  const attacker = new BrowserJar(app, '203.0.113.9')
  const guess = () => signIn(attacker, { signInName, passphrase: 'a guess', code: '000000' })
  let [tries, refusedLooks] = [0, 0]
  const until = clock.now() + 24 * 3_600_000
  while (clock.now() < until) {
    if ((await guess()) === '403 SIGN_IN_REFUSED') tries += 1
    else refusedLooks += 1
    clock.advance(5 * 60_000)
  }
  t.ok(tries >= 3 && tries <= 120, `${tries} guesses in a day`)
  t.ok(refusedLooks > 150)
  t.equal(await guess(), '429 RATE_LIMITED')

  const owner = new BrowserJar(app, '198.51.100.4')
  clock.advance(60_000)
  const right = () => ({ signInName, passphrase: PASSPHRASE, code: codeAt(seed, clock.now()) })
  t.equal(await signIn(owner, right()), '204', 'the owner comes in from elsewhere')
  clock.advance(15 * 60_000)
  t.equal(await signIn(attacker, right()), '204', 'and from there too, after a quarter of an hour')
})

t.test(
  'S-07 guessing from many addresses is slowed by the account, for a minute at most',
  async (t) => {
    const { app, clock } = await makeApp(t)
    const { seed, signInName } = await enrol(app)
    const answers: string[] = []
    for (let host = 1; host <= 40; host += 1) {
      const browser = new BrowserJar(app, `203.0.113.${host}`)
      answers.push(await signIn(browser, { signInName, passphrase: 'a guess', code: '000000' }))
    }
    const tries = answers.filter((answer) => answer === '403 SIGN_IN_REFUSED').length
    t.ok(tries >= 10 && tries <= 12, `${tries} guesses at once`)
    clock.advance(60_000)
    const code = codeAt(seed, clock.now())
    const owner = new BrowserJar(app, '198.51.100.4')
    t.equal(await signIn(owner, { signInName, passphrase: PASSPHRASE, code }), '204')
  },
)

t.test('S-07 guessing many accounts from one address is slowed by the address', async (t) => {
  const { app, clock } = await makeApp(t)
  const browser = new BrowserJar(app, '203.0.113.9')
  let tries = 0
  for (let count = 0; count < 100; count += 1) {
    const wish = { signInName: `name${count}`, passphrase: 'a guess', code: '000000' }
    if ((await signIn(browser, wish)) === '403 SIGN_IN_REFUSED') tries += 1
    clock.advance(10_000)
  }
  t.ok(tries < 60, `${tries} of 100`)
})

t.test('S-07 an office does not wait for its own right sign-ins', async (t) => {
  const { app, clock } = await makeApp(t)
  const { seed, signInName } = await enrol(app)
  for (let number = 1; number <= 40; number += 1) {
    // Past the limit of tries a minute, which is another.
    clock.advance(STEP_MS)
    const wish = { signInName, passphrase: PASSPHRASE, code: codeAt(seed, clock.now()) }
    t.equal(await signIn(new BrowserJar(app), wish), '204', `the ${number}th`)
  }
})

t.test('S-07 one right account buys no tries at others', async (t) => {
  const { app, clock } = await makeApp(t)
  const { seed, signInName } = await enrol(app)
  const attacker = () => new BrowserJar(app, '203.0.113.9')
  let tries = 0
  for (let count = 0; count < 60; count += 1) {
    clock.advance(STEP_MS)
    const right = { signInName, passphrase: PASSPHRASE, code: codeAt(seed, clock.now()) }
    await signIn(attacker(), right)
    const guess = { signInName: `name${count}`, passphrase: 'a guess', code: '000000' }
    if ((await signIn(attacker(), guess)) === '403 SIGN_IN_REFUSED') tries += 1
  }
  t.ok(tries >= 30 && tries < 45, `${tries} guesses in half an hour`)
})

t.test(
  'S-07 a whole /64 of IPv6 waits as one address does, and its neighbours do not',
  async (t) => {
    const { app, clock } = await makeApp(t)
    const guess = (network: string, number: number) =>
      signIn(new BrowserJar(app, `2001:db8:0:${network}::${number.toString(16)}`), {
        ...{ signInName: `nobody.${number}`, passphrase: 'a guess', code: '000000' },
      })
    const guessMany = async (network: string, pauseMs: number) => {
      let tries = 0
      for (let number = 1; number <= 40; number += 1) {
        clock.advance(pauseMs)
        if ((await guess(network, number)) === '403 SIGN_IN_REFUSED') tries += 1
      }
      return tries
    }
    t.equal(await guessMany('1', 0), 20, 'the limit of a minute')
    const tries = await guessMany('2', 5_000)
    t.ok(tries >= 30 && tries < 40, `${tries} before the address has to wait`)
    t.equal(await guess('3', 41), '403 SIGN_IN_REFUSED')
  },
)

t.test('beside OIDC a passphrase is for those who are named', async (t) => {
  const closed = await makeApp(t)
  const { seed, signInName } = await enrol(closed.app)
  // What the OIDC room does when it is configured.
  closed.app.signInMethods.add({ kind: 'oidc', path: '/api/oidc/start' })
  closed.clock.advance(STEP_MS)
  const wish = () => ({
    signInName,
    passphrase: PASSPHRASE,
    code: codeAt(seed, closed.clock.now()),
  })
  t.equal(await signIn(new BrowserJar(closed.app), wish()), '403 SIGN_IN_REFUSED')
  const secret = await invite(closed.app, 'ole')
  const browser = new BrowserJar(closed.app)
  const opened = await browser.send('POST', '/api/invitation', { secret })
  t.match(opened.json(), { canUsePassphrase: false })
  t.equal(
    await browser.ask('POST', '/api/invitation/passphrase/start', { secret }),
    '403 SIGN_IN_CLOSED',
  )

  const named = await makeApp(t, { env: { BREAK_GLASS: 'mette.holm' } })
  named.app.signInMethods.add({ kind: 'oidc', path: '/api/oidc/start' })
  const mette = await enrol(named.app)
  t.equal(mette.answer, '204')
  const olesSecret = await invite(named.app, 'ole')
  t.equal(
    await new BrowserJar(named.app).ask('POST', '/api/invitation/passphrase/start', {
      secret: olesSecret,
    }),
    '403 SIGN_IN_CLOSED',
  )
})

t.test('the ways in are listed, work accounts first', async (t) => {
  const { app } = await makeApp(t)
  const kinds = async (browser: BrowserJar) =>
    (await browser.send('GET', '/api/sign-in/methods'))
      .json<{ methods: { kind: string }[] }>()
      .methods.map(({ kind }) => kind)
  t.strictSame(await kinds(new BrowserJar(app)), ['passkey', 'passphrase'])
  app.signInMethods.add({ kind: 'oidc', path: '/api/oidc/start' })
  t.strictSame(await kinds(new BrowserJar(app)), ['oidc', 'passkey', 'passphrase'])
})

t.test('a passphrase is another way in: the last passkey may go', async (t) => {
  const { app } = await makeApp(t)
  const { browser } = await enrol(app)
  await app.ownPasskeys.add(
    { personId: PEOPLE.mette, credentialId: 'c', publicKey: 'k', counter: 0, transports: [] },
    1,
  )
  const [passkey] = await app.ownPasskeys.list(PEOPLE.mette)
  t.equal(await browser.ask('DELETE', `/api/passkeys/${passkey?.id ?? ''}`), '204')
})

t.test('a new passphrase takes the place of the old one, under the same name', async (t) => {
  const { app, clock } = await makeApp(t)
  const old = await enrol(app)
  clock.advance(STEP_MS)
  const fresh = await enrol(app)
  t.equal(fresh.signInName, old.signInName)
  t.not(fresh.seed, old.seed)
  clock.advance(STEP_MS)
  const wish = { signInName: old.signInName, passphrase: PASSPHRASE }
  const oldCode = codeAt(old.seed, clock.now())
  t.equal(await signIn(new BrowserJar(app), { ...wish, code: oldCode }), '403 SIGN_IN_REFUSED')
  const code = codeAt(fresh.seed, clock.now())
  t.equal(await signIn(new BrowserJar(app), { ...wish, code }), '204')
})

t.test('common passphrases are refused, and ordinary sentences are not', (t) => {
  const common = [
    ...['passwordpassword', 'Password123456789', 'adgangskode12345', 'kodeordkodeordkodeord'],
    ...['aaaaaaaaaaaaaaaa', 'abcabcabcabcabcabc', '123456789012345', '987654321987654321'],
    ...['qwertyuiopasdfgh', 'poiuytrewqlkjhgfdsa', '1qaz2wsx3edc4rfv', 'qazwsxedcrfvtgb'],
    ...['Mette Holm Mette Holm', 'mette.holm.1234567', 'Velkommen2026Sommer'],
    ...['Bostøtte-Kommune-2026', 'correct horse battery staple', 'jegelskerdig1234'],
    ...['Sommer2026Sommer2026', '!!!!!!!!!!!!!!!!!!!', 'abcdefghijklmnop'],
  ]
  for (const each of common) t.equal(findWeakness(each, ['Mette Holm']), 'common', each)
  const good = [
    ...['tre blå cykler i gården', 'kaffen var kold igen i går', 'Zk8!vq-Lp2.wXm4tR'],
    ...['min nabos hund gør om natten', 'violet trombone lemon staircase'],
    'Metal og regn på Vesterbro',
  ]
  for (const each of good) t.equal(findWeakness(each, ['Mette Holm']), null, each)
  t.equal(findWeakness('fjorten tegn!!', []), 'tooShort')
  t.equal(findWeakness('å'.repeat(201), []), 'tooLong')
  t.end()
})

t.test('what looks the same is the same passphrase', async (t) => {
  const hash = await hashPassphrase('bl\u00e5 cykler i g\u00e5rden')
  t.ok(await isPassphraseOf(hash, 'bla\u030a cykler i ga\u030arden'), 'composed or not')
  t.notOk(await isPassphraseOf(hash, 'bla cykler i garden'))
  t.notOk(await isPassphraseOf('not a hash', 'bl\u00e5 cykler i g\u00e5rden'))
  t.not(hash, await hashPassphrase('bl\u00e5 cykler i g\u00e5rden'), 'salted')
})

t.test('sign-in names are plain letters', (t) => {
  t.equal(toSignInName('Mette Sørensen-Ågård'), 'mette.soerensen.aagaard')
  t.equal(toSignInName('René  Æbelø'), 'rene.aebeloe')
  t.equal(toSignInName('李'), 'medarbejder')
  t.end()
})

t.test('two of one name get names of their own', async (t) => {
  const { app } = await makeApp(t)
  await enrol(app)
  await app.database
    .updateTable('people')
    .set({ name: 'Mette Holm' })
    .where('id', '=', PEOPLE.ole)
    .execute()
  t.equal((await enrol(app, 'ole')).signInName, 'mette.holm2')
})
