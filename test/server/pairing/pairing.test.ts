import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import type {
  DevicesReply,
  PairingAnswerReply,
  PairingClaimReply,
  Problem,
  SessionReply,
} from '@naervaer/shared'
import type {} from '../../../server/src/audit/plugin.ts'
import type {} from '../../../server/src/pairing/plugin.ts'
import type {} from '../../../server/src/plugins/database.ts'
import type {} from '../../../server/src/secrets/plugin.ts'
import { makeApp } from '../../helpers/build-app.ts'
import { beginPairing, Browser, FakeDevice, idOf, pairDevice } from '../../helpers/paired-device.ts'

const MINUTE_MS = 60_000

async function setUp(t: Test) {
  const { app, clock } = await makeApp(t)
  const now = () => clock.now()
  const worker = await Browser.signedIn(app, 'mette')
  return { app, clock, now, worker, device: await FakeDevice.make(app, now) }
}

const codeOf = (answer: { json: () => unknown }) => (answer.json() as Problem).code

const answer = (worker: Browser, id: string, isRight: boolean) =>
  worker.ask(`/api/pairings/${id}/answer`, { method: 'POST', body: { isRight } })

/** A code of the right shape that is not the one given. */
const wrongCode = (code: string, step = 1) =>
  String((Number(code) + step) % 1_000_000).padStart(6, '0')

t.test('W-07 from the code to a device that is the citizen’s', async (t) => {
  const { worker, device } = await setUp(t)
  const pairing = await beginPairing(worker)
  t.match(pairing.code, /^\d{6}$/)
  const claimed = await device.claim({ code: pairing.code })
  const { digits, worker: name } = claimed.json<PairingClaimReply>()
  t.match(digits, /^\d\d$/)
  t.equal(name, 'Mette Holm')

  t.strictSame(await device.getStatus(), { state: 'waiting', device: null })
  t.equal((await device.ask('/api/devices')).statusCode, 401, 'nothing is open before the yes')
  t.equal(codeOf(await device.signIn()), 'DEVICE_UNKNOWN', 'no device, so no proof')
  t.equal((await device.ask('/api/session')).json<SessionReply>().you, null)

  const confirmed = (await answer(worker, pairing.id, true)).json<PairingAnswerReply>()
  const status = await device.getStatus()
  t.match(status, { state: 'confirmed', device: { person: { name: 'Anna' } } })
  t.equal(status.device?.id, confirmed.deviceId)
  device.id = confirmed.deviceId
  const signedIn = await device.signIn()
  t.match(signedIn.json(), { you: { id: idOf('anna'), name: 'Anna' }, role: 'citizen' })
  const { devices, thisDeviceId } = (await device.askProven('/api/devices')).json<DevicesReply>()
  t.match(devices, [{ id: device.id, kind: 'iphone' }])
  t.equal(thisDeviceId, device.id)
  t.equal((await device.getStatus()).state, 'over', 'what it waited with is gone')
})

t.test('W-07 Nej opens nothing, and the code is used up', async (t) => {
  const { worker, device } = await setUp(t)
  const { id, code } = await beginPairing(worker)
  await device.claim({ code })
  t.strictSame((await answer(worker, id, false)).json(), { deviceId: null })
  t.strictSame(await device.getStatus(), { state: 'over', device: null })
  t.equal(codeOf(await answer(worker, id, true)), 'PAIRING_EXPIRED', 'a no stays a no')
  t.equal(codeOf(await device.claim({ code })), 'PAIRING_EXPIRED')
  const { devices } = (
    await worker.ask(`/api/citizens/${idOf('anna')}/devices`)
  ).json<DevicesReply>()
  t.strictSame(devices, [])
})

t.test('W-07 of many redemptions at once exactly one succeeds', async (t) => {
  const { app, now, worker } = await setUp(t)
  const { code } = await beginPairing(worker)
  const devices = await Promise.all(Array.from({ length: 20 }, () => FakeDevice.make(app, now)))
  const answers = await Promise.all(
    devices.map((device, index) => device.claim({ code }, `198.51.100.${index}`)),
  )
  t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1)
  const refused = answers.filter(({ statusCode }) => statusCode !== 200).map(codeOf)
  t.strictSame([...new Set(refused)], ['PAIRING_EXPIRED'])
})

t.test('W-07 of two answers at once exactly one makes a device', async (t) => {
  const { app, worker, device } = await setUp(t)
  const { id, code } = await beginPairing(worker)
  await device.claim({ code })
  const answers = await Promise.all([answer(worker, id, true), answer(worker, id, true)])
  t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [200, 410])
  const rows = await app.database.selectFrom('device_keys').select('device_id').execute()
  t.equal(rows.length, 1)
})

t.test('W-07 a code lives ten minutes', async (t) => {
  const { clock, worker, device } = await setUp(t)
  const first = await beginPairing(worker)
  clock.advance(10 * MINUTE_MS - 1)
  t.equal((await device.claim({ code: first.code })).statusCode, 200, 'to the last moment')
  const second = await beginPairing(worker)
  clock.advance(10 * MINUTE_MS)
  t.equal(codeOf(await device.claim({ code: second.code })), 'PAIRING_EXPIRED')
  t.equal(codeOf(await answer(worker, first.id, true)), 'PAIRING_EXPIRED', 'so does the question')
})

t.test(
  'W-07 a code dies with its dialog, with the next one, and with the worker’s session',
  async (t) => {
    const { worker, device } = await setUp(t)
    const closed = await beginPairing(worker)
    const { statusCode } = await worker.ask(`/api/pairings/${closed.id}`, { method: 'DELETE' })
    t.equal(statusCode, 204)
    t.equal(codeOf(await device.claim({ code: closed.code })), 'PAIRING_EXPIRED')
    const replaced = await beginPairing(worker)
    const last = await beginPairing(worker)
    t.equal(codeOf(await device.claim({ code: replaced.code })), 'PAIRING_EXPIRED')
    await worker.ask('/api/session', { method: 'DELETE' })
    t.equal(codeOf(await device.claim({ code: last.code })), 'PAIRING_EXPIRED')
  },
)

t.test('only the worker’s own citizens, and only in the dialog that made the code', async (t) => {
  const { app, worker, device } = await setUp(t)
  const body = { citizenId: idOf('liz'), replaces: null }
  const liz = await worker.ask('/api/pairings', { method: 'POST', body })
  t.equal(liz.statusCode, 404)
  t.equal((await worker.ask(`/api/citizens/${idOf('liz')}/devices`)).statusCode, 404)
  const { id, code } = await beginPairing(worker)
  await device.claim({ code })
  for (const name of ['ole', 'mette'] as const) {
    const other = await Browser.signedIn(app, name)
    t.equal(codeOf(await answer(other, id, true)), 'PAIRING_NOT_FOUND', name)
    const deleted = await other.ask(`/api/pairings/${id}`, { method: 'DELETE' })
    t.equal(deleted.statusCode, 404, name)
  }
  const anna = await Browser.signedIn(app, 'anna')
  t.equal((await answer(anna, id, true)).statusCode, 403)
  t.equal((await device.getStatus()).state, 'waiting')
})

t.test('an assignment that has ended between code and answer ends the pairing', async (t) => {
  const { app, clock, worker, device } = await setUp(t)
  const { id, code } = await beginPairing(worker)
  await device.claim({ code })
  clock.advance(1)
  await app.database
    .updateTable('assignments')
    .set({ to_at: clock.now() })
    .where('citizen_id', '=', idOf('anna'))
    .execute()
  t.equal((await answer(worker, id, true)).statusCode, 404)
})

t.test(
  'W-07 ten wrong codes from one address, counted as ten also when they come at once',
  async (t) => {
    const { worker, device, clock } = await setUp(t)
    const { code } = await beginPairing(worker)
    const tries = Array.from({ length: 15 }, (_none, index) =>
      device.claim({ code: wrongCode(code, index + 1) }),
    )
    const codes = (await Promise.all(tries)).map(codeOf)
    t.equal(codes.filter((each) => each === 'PAIRING_WRONG').length, 10)
    t.equal(codes.filter((each) => each === 'PAIRING_LOCKED').length, 5)
    const locked = await device.claim({ code })
    t.equal(codeOf(locked), 'PAIRING_LOCKED', 'now the right one too')
    t.equal(locked.headers['retry-after'], '600')
    t.equal((await device.claim({ code }, '198.51.100.7')).statusCode, 200, 'not from elsewhere')
    clock.advance(10 * MINUTE_MS)
    const next = await beginPairing(worker)
    t.equal((await device.claim({ code: next.code })).statusCode, 200, 'ten minutes on')
  },
)

t.test('the addresses of one IPv6 line count as one place', async (t) => {
  const { worker, device } = await setUp(t)
  const { code } = await beginPairing(worker)
  for (let host = 1; host <= 10; host += 1) {
    const wrong = await device.claim({ code: wrongCode(code) }, `2001:db8:1:2::${host}`)
    t.equal(codeOf(wrong), 'PAIRING_WRONG')
  }
  t.equal(codeOf(await device.claim({ code }, '2001:db8:1:2:3:4:5:6')), 'PAIRING_LOCKED')
  t.equal((await device.claim({ code }, '2001:db8:1:3::1')).statusCode, 200)
})

/** So many wrong codes that none comes from an address that is limited itself. */
async function guess(device: FakeDevice, code: string, times: number): Promise<string[]> {
  const codes: string[] = []
  for (let index = 0; index < times; index += 1) {
    const wrong = wrongCode(code, index + 1)
    codes.push(codeOf(await device.claim({ code: wrong }, `203.0.113.${index % 20}`)))
  }
  return codes
}

t.test('W-07 the 101st failure switches typed codes off for all; the QR goes on', async (t) => {
  const { app, clock, worker, device } = await setUp(t)
  const { code, link } = await beginPairing(worker)
  const codes = await guess(device, code, 100)
  t.ok(codes.every((each) => each === 'PAIRING_WRONG'))
  const before = await FakeDevice.make(app, () => clock.now())
  const honest = await beginPairing(worker, 'jens')
  t.equal((await before.claim({ code: honest.code }, '192.0.2.1')).statusCode, 200, 'after 100')
  t.equal(codeOf(await device.claim({ code: wrongCode(code) }, '192.0.2.2')), 'PAIRING_WRONG')
  const locked = await device.claim({ code }, '192.0.2.3')
  t.equal(codeOf(locked), 'PAIRING_LOCKED', 'after 101')
  t.equal(locked.headers['retry-after'], '600')
  const secret = link.split('#')[1] ?? ''
  t.equal((await device.claim({ secret }, '192.0.2.3')).statusCode, 200, 'the QR')
  const audited = await app.database
    .selectFrom('audit_events')
    .select('action')
    .where('action', '=', 'pairing.locked')
    .execute()
  t.equal(audited.length, 1)
  clock.advance(10 * MINUTE_MS)
  const later = await beginPairing(worker)
  const fresh = await FakeDevice.make(app, () => clock.now())
  t.equal((await fresh.claim({ code: later.code }, '192.0.2.3')).statusCode, 200, 'ten minutes on')
})

t.test(
  'W-07 an attacker with a thousand addresses gets a hundred and one tries in ten minutes',
  async (t) => {
    const { worker, device } = await setUp(t)
    const { code } = await beginPairing(worker)
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_none, index) =>
        device.claim({ code: wrongCode(code, index + 1) }, `10.1.${index >> 8}.${index & 255}`),
      ),
    )
    const tried = answers.map(codeOf).filter((each) => each === 'PAIRING_WRONG')
    t.equal(tried.length, 101)
  },
)

t.test(
  'a code is not found by a secret, nor the other way round, and bodies are closed',
  async (t) => {
    const { worker, device } = await setUp(t)
    const { link } = await beginPairing(worker)
    const secret = link.split('#')[1] ?? ''
    t.equal(codeOf(await device.claim({ secret: `${secret.slice(1)}A` })), 'PAIRING_WRONG')
    const offCurve = { x: device.publicKey.y, y: device.publicKey.x }
    const bodies: unknown[] = [
      { proof: { code: '12345' }, key: device.publicKey, kind: 'ipad' },
      { proof: { code: '123456', secret }, key: device.publicKey, kind: 'ipad' },
      { proof: { secret }, key: offCurve, kind: 'ipad' },
      { proof: { secret }, key: { ...device.publicKey, d: device.publicKey.x }, kind: 'ipad' },
      { proof: { secret }, key: device.publicKey, kind: 'Annas iPad' },
    ]
    for (const body of bodies) {
      const refused = await device.ask('/api/device/pairing', { method: 'POST', body })
      t.equal(codeOf(refused), 'BODY_INVALID', JSON.stringify(body).slice(0, 60))
    }
    t.equal((await device.claim({ secret })).statusCode, 200, 'none of these used it up')
  },
)

t.test('W-09 neither code nor secret is in an address, the records or the audit log', async (t) => {
  const { app, worker, device } = await setUp(t)
  const { code, link } = await beginPairing(worker)
  const url = new URL(link)
  t.equal(url.pathname + url.search, '/start', 'the secret stands in the fragment only')
  t.match(url.hash, /^#[\w-]{22}$/)
  await device.claim({ code })
  const tables = ['pairings', 'audit_events', 'device_keys', 'devices', 'sessions'] as const
  for (const table of tables) {
    const text = JSON.stringify(await app.database.selectFrom(table).selectAll().execute())
    t.notOk(new RegExp(`"${code}"|:${code}[,}]`).test(text), `${table}: the code`)
    t.notOk(text.includes(url.hash.slice(1)), `${table}: the secret`)
  }
})

t.test('a copied database does not tell the code: its hash needs a key from outside', async (t) => {
  const { createHash } = await import('node:crypto')
  const { app, worker } = await setUp(t)
  const { code } = await beginPairing(worker)
  const { code_hash } = await app.database
    .selectFrom('pairings')
    .select('code_hash')
    .executeTakeFirstOrThrow()
  for (const text of [code, `code:${code}`]) {
    t.not(createHash('sha256').update(text).digest('base64url'), code_hash)
  }
  const { makeKeyedHash } = await import('../../../server/src/pairing/codes.ts')
  t.equal(makeKeyedHash(app.secrets.key('pairing'))('code', code), code_hash)
  t.not(makeKeyedHash(app.secrets.key('totp'))('code', code), code_hash)
})

t.test('W-08 a new code keeps the citizen and ends the device whose place it takes', async (t) => {
  const { app, now, worker } = await setUp(t)
  const lost = await pairDevice(app, now, worker)
  const found = await pairDevice(app, now, worker, 'anna', lost.id)
  t.equal(codeOf(await lost.signIn()), 'DEVICE_UNKNOWN')
  t.equal((await lost.askProven('/api/devices')).statusCode, 401)
  const { devices } = (await found.askProven('/api/devices')).json<DevicesReply>()
  t.strictSame(
    devices.map(({ id }) => id),
    [found.id],
  )
})

t.test('a device paired again in the same browser is the former one’s end', async (t) => {
  const { app, now, worker } = await setUp(t)
  const former = await pairDevice(app, now, worker)
  const again = await FakeDevice.make(app, now)
  Object.assign(again.jar, former.jar)
  const { id, code } = await beginPairing(worker)
  await again.claim({ code })
  again.id = (await answer(worker, id, true)).json<PairingAnswerReply>().deviceId
  t.equal((await again.signIn()).statusCode, 200)
  t.equal(codeOf(await former.signIn()), 'DEVICE_UNKNOWN')
})

t.test('what can be replaced is the citizen’s own', async (t) => {
  const { app, now, worker } = await setUp(t)
  const jens = await pairDevice(app, now, worker, 'jens')
  const body = { citizenId: idOf('anna'), replaces: jens.id }
  const refused = await worker.ask('/api/pairings', { method: 'POST', body })
  t.equal(codeOf(refused), 'DEVICE_NOT_FOUND')
  t.equal((await jens.signIn()).statusCode, 200)
})

/** What Anna says to her worker, who writes it down. */
async function hear(worker: Browser, what: 'stop' | 'offer' | 'answer', body?: object) {
  const url = `/api/citizens/${idOf('anna')}/choice/${what}`
  const heard = await worker.ask(url, { method: 'POST', ...(body === undefined ? {} : { body }) })
  if (heard.statusCode !== 200) throw new Error(`choice answered ${heard.body}`)
}

const tryToBegin = (worker: Browser) => {
  const body = { citizenId: idOf('anna'), replaces: null }
  return worker.ask('/api/pairings', { method: 'POST', body })
}

t.test(
  'HT26 a code dies with the citizen’s stop, used or not, and opens nothing after',
  async (t) => {
    const { app, now, worker, device } = await setUp(t)
    const used = await beginPairing(worker)
    await device.claim({ code: used.code })
    await hear(worker, 'stop')
    t.equal((await device.getStatus()).state, 'over', 'the device waits no longer')
    t.equal(codeOf(await answer(worker, used.id, true)), 'CHOICE_WITHDRAWN')
    t.equal(codeOf(await tryToBegin(worker)), 'CHOICE_WITHDRAWN')
    t.strictSame(await app.devices.listOf(idOf('anna')), [])

    await hear(worker, 'offer')
    t.equal(codeOf(await answer(worker, used.id, true)), 'PAIRING_EXPIRED', 'and it stays dead')
    const open = await beginPairing(worker)
    await hear(worker, 'answer', { answer: 'no', textVersion: 1, language: 'da' })
    t.equal(codeOf(await tryToBegin(worker)), 'CHOICE_NOT_GIVEN', 'nor after a no')
    const late = await FakeDevice.make(app, now)
    await late.claim({ code: open.code })
    t.equal(codeOf(await answer(worker, open.id, true)), 'CHOICE_NOT_GIVEN')
    t.strictSame(await answer(worker, open.id, false).then(({ statusCode }) => statusCode), 200)
    t.strictSame(await app.devices.listOf(idOf('anna')), [])
  },
)

t.test('what happens and its line are written together', async (t) => {
  const { app, worker, device } = await setUp(t)
  const { id, code } = await beginPairing(worker)
  await device.claim({ code })
  await sql`create trigger full before insert on audit_events
    begin select raise(abort, 'no room'); end`.execute(app.database)
  t.equal((await tryToBegin(worker)).statusCode, 500)
  t.equal((await answer(worker, id, true)).statusCode, 500)
  t.equal((await answer(worker, id, false)).statusCode, 500)
  await sql`drop trigger full`.execute(app.database)
  t.equal((await device.getStatus()).state, 'waiting', 'nothing of it happened')
  t.strictSame(await app.devices.listOf(idOf('anna')), [])
  t.equal((await answer(worker, id, true)).statusCode, 200)
})

async function countAudit(app: FastifyInstance, action: string): Promise<number> {
  const rows = await app.database.selectFrom('audit_events').select('action').execute()
  return rows.filter((row) => row.action === action).length
}

t.test('each step leaves its line in the audit log', async (t) => {
  const { app, now, worker } = await setUp(t)
  const device = await pairDevice(app, now, worker)
  await worker.ask(`/api/citizens/${idOf('anna')}/devices`)
  await worker.ask(`/api/citizens/${idOf('anna')}/devices/${device.id ?? ''}`, { method: 'DELETE' })
  for (const action of ['pairing.begun', 'device.paired', 'devices.listed', 'device.revoked']) {
    t.equal(await countAudit(app, action), 1, action)
  }
  t.match(await app.audit.verify(), { isWhole: true })
})
