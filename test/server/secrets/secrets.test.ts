import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { loadOrMakeMasterKey, parseMasterKey } from '../../../server/src/secrets/master-key.ts'
import { SealError, Secrets } from '../../../server/src/secrets/secrets.ts'
import { StartError } from '../../../server/src/start-error.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { spawnServer, startServer } from '../../helpers/server-process.ts'

t.test('the first start draws a key that only its owner may read; later ones use it', (t) => {
  const folder = join(makeTempDir(t), 'secrets')
  const key = loadOrMakeMasterKey(folder, true)
  t.equal(key.length, 32)
  t.equal(statSync(join(folder, 'master.key')).mode & 0o777, 0o600)
  t.equal(statSync(folder).mode & 0o777, 0o700)
  t.strictSame(readdirSync(folder), ['master.key'], 'no draft is left')
  t.strictSame(loadOrMakeMasterKey(folder, true), key)
  t.notSame(loadOrMakeMasterKey(join(makeTempDir(t), 'other'), true), key)
  chmodSync(join(folder, 'master.key'), 0o640)
  t.throws(() => loadOrMakeMasterKey(folder, true), { name: 'StartError', message: /chmod 600/ })
  t.end()
})

function describeRefusal(text: string): string {
  try {
    parseMasterKey(text, 'MASTER_KEY')
    return 'accepted'
  } catch (error) {
    return error instanceof StartError ? error.message : String(error)
  }
}

t.test('S-08 short and example keys are refused in one line that does not repeat them', (t) => {
  for (const text of [
    'changeme',
    'x'.repeat(43),
    '0'.repeat(64),
    '0123456789abcdef'.repeat(4),
    randomBytes(31).toString('hex'),
    `${randomBytes(32).toString('hex')}0`,
  ]) {
    const problem = describeRefusal(text)
    t.match(problem, /^MASTER_KEY .*openssl rand -hex 32/, text)
    t.notOk(problem.includes(text) || problem.includes('\n'), 'one line without the value')
  }
  const random = randomBytes(32)
  t.strictSame(parseMasterKey(random.toString('hex'), 'MASTER_KEY'), random)
  t.strictSame(parseMasterKey(random.toString('base64url'), 'MASTER_KEY'), random)
  t.end()
})

t.test('L-19 what is sealed opens with its key, purpose and place, and with no other', (t) => {
  const master = randomBytes(32)
  const secrets = new Secrets(master)
  const seed = Buffer.from('a seed of TOTP')
  const sealed = secrets.seal('totp', seed, 'row-1')
  t.notSame(secrets.seal('totp', seed, 'row-1'), sealed, 'never the same twice')
  t.notOk(Buffer.from(sealed, 'base64url').includes(seed))
  t.strictSame(new Secrets(master).open('totp', sealed, 'row-1'), seed)
  const flipped = Buffer.from(sealed, 'base64url')
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
  const attempts = [
    () => secrets.open('push', sealed, 'row-1'),
    () => secrets.open('totp', sealed, 'row-2'),
    () => secrets.open('totp', flipped.toString('base64url'), 'row-1'),
    () => secrets.open('totp', sealed.slice(0, 20), 'row-1'),
    () => secrets.open('totp', '', 'row-1'),
    () => new Secrets(randomBytes(32)).open('totp', sealed, 'row-1'),
  ]
  for (const attempt of attempts) t.throws(attempt, SealError)
  t.notSame(secrets.key('totp'), secrets.key('push'))
  t.end()
})

t.test(
  'S-08 the server does not start with an example, nor records with another key',
  async (t) => {
    const DATA_DIR = makeTempDir(t)
    const file = join(makeTempDir(t), 'key')
    const key = randomBytes(32).toString('hex')
    writeFileSync(file, `${key}\n`)
    const server = await startServer(t, { DATA_DIR, MASTER_KEY_FILE: file })
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.origin },
      body: JSON.stringify({ personId: '01900000-0000-7000-8000-000000000001' }),
    })
    t.equal(answer.status, 204)
    await server.kill()
    t.notOk(readdirSync(DATA_DIR).includes('secrets'), 'a given key is not kept')
    const refusal = async (env: Record<string, string>) => {
      const other = spawnServer(t, { DATA_DIR, DEMO: 'on', ...env }, await findFreePort())
      t.equal(await other.exited, 1)
      t.notOk(other.stderr().trim().includes('\n'), 'one line')
      return other.stderr()
    }
    t.match(await refusal({ MASTER_KEY: 'changeme' }), /MASTER_KEY must be 32 random bytes/)
    t.match(
      await refusal({ MASTER_KEY: randomBytes(32).toString('hex') }),
      /MASTER_KEY_WRONG: MASTER_KEY is not the key/,
    )
    t.match(await refusal({}), /MASTER_KEY_MISSING: .*DATA_DIR\/secrets\/master\.key is not there/)
    t.notOk(readdirSync(DATA_DIR).includes('secrets'), 'no key is made for records that have one')
    const records = readFileSync(join(DATA_DIR, 'naervaer.sqlite'))
    t.notOk(records.includes(key), 'the key is not in the records')
  },
)
