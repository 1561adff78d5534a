import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { PasskeyRequest, PersonId } from '@naervaer/shared'
import {
  MAX_REFUSAL_KINDS,
  REFUSAL_WINDOW_MS,
} from '../../../server/src/sign-in/refused-sign-ins.ts'
import type {} from '../../../server/src/sign-in/plugin.ts'
import { BrowserJar } from '../../helpers/browser-jar.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { SoftwareAuthenticator } from '../../helpers/software-authenticator.ts'

const ORIGIN = 'http://localhost:8080'
const NAME = 'mette.holm'

async function listRefused(app: FastifyInstance) {
  await app.refusedSignIns.settled()
  const rows = await app.database
    .selectFrom('audit_events')
    .select(['subject_id', 'details'])
    .where('action', '=', 'signIn.refused')
    .orderBy('seq')
    .execute()
  return rows.map(({ subject_id, details }) => {
    const { method, reason, count } = JSON.parse(details) as Record<string, unknown>
    return [subject_id, method, reason, count]
  })
}

/** A passphrase that nobody knows, under Mette's name. */
const nameMette = (app: FastifyInstance) =>
  app.database
    .insertInto('passphrases')
    .values({
      person_id: PEOPLE.mette,
      sign_in_name: NAME,
      hash: 'x',
      totp_seed: app.secrets.seal('totp', Buffer.from('A'.repeat(32)), PEOPLE.mette),
      totp_last_step: 0,
      created_at: 1,
    })
    .execute()

const guess = (app: FastifyInstance, signInName: string, host: number) =>
  new BrowserJar(app, `203.0.113.${host}`).ask('POST', '/api/sign-in/passphrase', {
    signInName,
    passphrase: 'a guess',
    code: '000000',
  })

t.test(
  'S-28 a refused sign-in is a line: method, reason, and whose where it is known',
  async (t) => {
    const { app } = await makeApp(t)
    await nameMette(app)
    t.equal(await guess(app, NAME, 1), '403 SIGN_IN_REFUSED')
    t.equal(await guess(app, 'nobody.here', 2), '403 SIGN_IN_REFUSED')
    const browser = new BrowserJar(app)
    const secret = 'A'.repeat(43)
    t.equal(await browser.ask('POST', '/api/invitation', { secret }), '404 INVITATION_INVALID')
    const started = await browser.send('POST', '/api/sign-in/passkey/start')
    const stranger = new SoftwareAuthenticator(ORIGIN)
    const { user } = { user: { id: Buffer.from(PEOPLE.mette).toString('base64url') } }
    const proof = stranger.sign(started.json<PasskeyRequest>(), { userHandle: user.id })
    t.equal(await browser.ask('POST', '/api/sign-in/passkey', proof), '403 PASSKEY_REFUSED')
    t.strictSame(await listRefused(app), [
      [PEOPLE.mette, 'passphrase', 'SIGN_IN_REFUSED', 1],
      [null, 'passphrase', 'SIGN_IN_REFUSED', 1],
      [null, 'invitation', 'INVITATION_INVALID', 1],
      [null, 'passkey', 'PASSKEY_REFUSED', 1],
    ])
    const all = JSON.stringify(await app.database.selectFrom('audit_events').selectAll().execute())
    for (const typed of [NAME, 'nobody', 'guess', secret, '203.0.113']) t.notOk(all.includes(typed))
    t.match(await app.audit.verify(), { isWhole: true })
  },
)

t.test('S-28 a flood is two lines in ten minutes: the first, and how many followed', async (t) => {
  const { app, clock } = await makeApp(t)
  for (let host = 1; host <= 200; host += 1) await guess(app, `name${host}`, host)
  t.strictSame(await listRefused(app), [[null, 'passphrase', 'SIGN_IN_REFUSED', 1]])
  clock.advance(REFUSAL_WINDOW_MS)
  t.strictSame((await listRefused(app)).slice(1), [[null, 'passphrase', 'SIGN_IN_REFUSED', 199]])
  clock.advance(REFUSAL_WINDOW_MS)
  t.equal((await listRefused(app)).length, 2, 'nothing came, and nothing is written')
  await guess(app, 'again', 201)
  t.equal((await listRefused(app)).length, 3)
})

t.test('S-28 a flood over many accounts is bounded too', async (t) => {
  const { app, clock } = await makeApp(t)
  for (let count = 0; count < 5_000; count += 1) {
    const personId = `01900000-0000-7000-9000-${String(count).padStart(12, '0')}` as PersonId
    app.refusedSignIns.note({ method: 'passkey', reason: 'PASSKEY_REFUSED', personId })
  }
  t.equal((await listRefused(app)).length, MAX_REFUSAL_KINDS + 1)
  clock.advance(REFUSAL_WINDOW_MS)
  const lines = await listRefused(app)
  t.equal(lines.length, MAX_REFUSAL_KINDS + 2)
  t.strictSame(lines.at(-1), [null, 'passkey', 'many', 5_000 - MAX_REFUSAL_KINDS - 1])
})

t.test('S-28 what was counted when the server stops is written', async (t) => {
  const { app } = await makeApp(t)
  for (let host = 1; host <= 3; host += 1) await guess(app, `name${host}`, host)
  await app.refusedSignIns.stop()
  t.strictSame((await listRefused(app)).at(-1), [null, 'passphrase', 'SIGN_IN_REFUSED', 2])
})

/** Has every line end so, until it is over. */
function mockAudit({ audit }: FastifyInstance, record: () => Promise<void>): { end(): void } {
  Object.defineProperty(audit, 'record', { value: record, configurable: true })
  return { end: () => void Reflect.deleteProperty(audit, 'record') }
}

t.test('S-28 a passkey and its line come and go together', async (t) => {
  const { app } = await makeApp(t)
  const browser = new BrowserJar(app)
  await browser.ask('POST', '/api/demo/sign-in', { personId: PEOPLE.mette })
  const add = async () => {
    const started = await browser.send('POST', '/api/passkeys/start')
    const passkey = new SoftwareAuthenticator(ORIGIN).create(started.json())
    return browser.ask('POST', '/api/passkeys', passkey)
  }
  t.equal(await add(), '204')
  t.equal(await add(), '204')
  const [first, second] = await app.ownPasskeys.list(PEOPLE.mette)
  const isFull = mockAudit(app, () => Promise.reject(new Error('the disk is full')))
  t.equal(await add(), '500 INTERNAL')
  t.equal(await browser.ask('DELETE', `/api/passkeys/${first?.id ?? ''}`), '500 INTERNAL')
  await t.rejects(
    app.invitations.create(PEOPLE.mette, () => app.audit.record({} as never)),
    /the disk is full/,
  )
  isFull.end()
  t.strictSame(
    (await app.ownPasskeys.list(PEOPLE.mette)).map(({ id }) => id),
    [first?.id, second?.id],
    'neither was done without its line',
  )
  t.strictSame(await app.database.selectFrom('invitations').select('id').execute(), [])
})
