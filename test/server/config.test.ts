import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { readConfig } from '../../server/src/config.ts'
import { StartError } from '../../server/src/start-error.ts'
import { makeTempDir } from '../helpers/build-app.ts'
import { findFreePort } from '../helpers/free-port.ts'
import { spawnServer, startServer } from '../helpers/server-process.ts'

const SECRET = 'a-secret-of-at-least-sixteen'

const OIDC = {
  OIDC_ISSUER: 'https://login.example.dk/realms/kommune',
  OIDC_CLIENT_ID: 'naervaer',
  OIDC_CLIENT_SECRET: 'kR8vQ2mZ7xWb4TnY',
  OIDC_ROLE_MAP: 'Medarbejder=worker',
}

const BACKUPS = { BACKUP_PUBLIC_KEY: `age1${'q'.repeat(58)}` }

const BAD: readonly (readonly [named: string, env: Record<string, string>])[] = [
  ['PORT', { PORT: '0' }],
  ['PORT', { PORT: '65536' }],
  ['PORT', { PORT: '80 80' }],
  ['PORT', { PORT: '8e3' }],
  ['HOST', { HOST: 'a host' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'video.example.dk' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://video.example.dk/path' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'ftp://video.example.dk' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://video.example.dk' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://video.example.dk', NODE_ENV: 'production' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://localhost.example.dk' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://192.0.2.7:8080' }],
  ['MUNICIPALITY_NAME', { MUNICIPALITY_NAME: 'K'.repeat(61) }],
  ['PRIVACY_URL', { PRIVACY_URL: 'http://www.example.dk/privatliv' }],
  ['ACCESSIBILITY_STATEMENT_URL', { ACCESSIBILITY_STATEMENT_URL: 'was.digst.dk' }],
  ['RETENTION_CHOICE_DAYS', { ...BACKUPS, RETENTION_CHOICE_DAYS: '30' }],
  ['RETENTION_AUDIT_DAYS', { ...BACKUPS, BACKUP_KEEP_DAYS: '396', RETENTION_CHOICE_DAYS: '400' }],
  ['PUSH_ENABLED', { PUSH_ENABLED: 'perhaps' }],
  ['VAPID_SUBJECT', { VAPID_SUBJECT: 'it@example.dk' }],
  ['VAPID_SUBJECT', { VAPID_SUBJECT: 'http://video.example.dk' }],
  ['PUSH_HOSTS', { PUSH_HOSTS: 'https://fcm.googleapis.com' }],
  ['PUSH_HOSTS', { PUSH_HOSTS: '*' }],
  ['PUSH_HOSTS', { PUSH_HOSTS: '*.com' }],
  ['PUSH_HOSTS', { PUSH_HOSTS: '10.0.0.1' }],
  ['PUSH_HOSTS', { PUSH_HOSTS: 'push.example.dk,' }],
  ['PUSH_HOSTS', { PUSH_HOSTS: '127.0.0.1:8443', NODE_ENV: 'production' }],
  ['BREAK_GLASS', { BREAK_GLASS: 'Mette Holm' }],
  ['TURN_SECRET', { TURN_URLS: 'turn:turn.example.dk' }],
  ['TURN_URLS', { TURN_SECRET: SECRET }],
  ['TURN_SECRET', { TURN_URLS: 'turn:turn.example.dk', TURN_SECRET: 'short' }],
  ...[
    'please-change-me-soon',
    'CHANGEME_CHANGEME_CHANGEME',
    'change_this_secret_please',
    'example-secret-of-coturn',
    'your-turn-secret-here',
    'static-auth-secret-1',
    'replace_me_with_a_secret',
    '<secret of at least 16>',
    '${TURN_SECRET_FROM_ENV}',
    'password-password-1',
    '0123456789abcdef0123',
    'xxxxxxxxxxxxxxxxxxxx',
    '1212121212121212',
    'deadbeefdeadbeefdeadbeef',
  ].map((secret): readonly [string, Record<string, string>] => [
    'TURN_SECRET',
    { TURN_URLS: 'turn:turn.example.dk', TURN_SECRET: secret },
  ]),
  ['TURN_URLS', { TURN_URLS: 'stun:turn.example.dk', TURN_SECRET: SECRET }],
  ['TURN_TTL', { TURN_TTL: '10' }],
  ['TURN_TTL', { TURN_TTL: '2h' }],
  ['MEDIA_POLICY', { MEDIA_POLICY: 'none' }],
  ['MEDIA_POLICY', { MEDIA_POLICY: 'relay' }],
  ['DEMO', { DEMO: 'perhaps' }],
  ['DEMO', { DEMO: 'on', NODE_ENV: 'production' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['TRUST_PROXY', { TRUST_PROXY: 'everybody' }],
  ['TLS_CERT', { TLS_CERT: '-----BEGIN CERTIFICATE-----', TLS_KEY: '-----BEGIN KEY-----' }],
  ['TLS_KEY', { TLS_CERT: '-----BEGIN CERTIFICATE-----' }],
  ['TLS_CERT', { TLS_KEY: '-----BEGIN PRIVATE KEY-----' }],
  ['CALENDAR_NAMES', { CALENDAR_NAMES: 'maybe' }],
  ['DUTY_PHONE', { DUTY_PHONE: 'ring' }],
  ['DUTY_PHONE', { DUTY_PHONE: '12;34' }],
  ['DUTY_PHONE', { DUTY_PHONE: '12' }],
  ['DUTY_PHONE', { DUTY_PHONE: '123456789012345678901' }],
  ['TURN_SECRET_FILE', { TURN_SECRET_FILE: '/no/such/file' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: '' }],
  ['OIDC_ISSUER', { OIDC_REQUIRED_ACR: 'high' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'login.example.dk' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'http://login.example.dk' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'http://localhost.example.dk' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://a:b@login.example.dk' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://login.example.dk/?a=b' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://login.microsoftonline.com/organizations/v2.0' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://login.microsoftonline.com/{tenantid}/v2.0' }],
  ['OIDC_ISSUER', { ...OIDC, OIDC_ISSUER: 'https://login.microsoftonline.com/example.dk/v2.0' }],
  ['OIDC_CLIENT_ID', { ...OIDC, OIDC_CLIENT_ID: '' }],
  ['OIDC_CLIENT_SECRET', { ...OIDC, OIDC_CLIENT_SECRET: '' }],
  ['OIDC_CLIENT_SECRET', { ...OIDC, OIDC_CLIENT_SECRET: 'short' }],
  ['OIDC_CLIENT_SECRET', { ...OIDC, OIDC_CLIENT_SECRET: 'please-change-me-soon' }],
  ['OIDC_CLIENT_SECRET', { ...OIDC, OIDC_CLIENT_SECRET: 'xxxxxxxxxxxxxxxxxxxx' }],
  ['OIDC_ROLE_MAP', { ...OIDC, OIDC_ROLE_MAP: '' }],
  ['OIDC_ROLE_MAP', { ...OIDC, OIDC_ROLE_MAP: ',' }],
  ['OIDC_ROLE_MAP', { ...OIDC, OIDC_ROLE_MAP: 'Medarbejder' }],
  ['OIDC_ROLE_MAP', { ...OIDC, OIDC_ROLE_MAP: '=worker' }],
  ['OIDC_ROLE_MAP', { ...OIDC, OIDC_ROLE_MAP: 'Borger=citizen' }],
  ['OIDC_ROLE_MAP', { ...OIDC, OIDC_ROLE_MAP: 'Chef=king' }],
]

t.test('S-08 secrets drawn at random are taken', (t) => {
  for (let count = 0; count < 200; count += 1) {
    for (const format of ['hex', 'base64', 'base64url'] as const) {
      for (const bytes of [16, 32]) {
        const TURN_SECRET = randomBytes(bytes).toString(format)
        const { turn } = readConfig({ TURN_URLS: 'turn:turn.example.dk', TURN_SECRET })
        t.equal(turn.secret, TURN_SECRET)
      }
    }
  }
  t.end()
})

t.test('a bad value is refused with one line that begins with its variable', (t) => {
  for (const [named, env] of BAD) {
    let message = 'it was taken'
    try {
      readConfig(env)
    } catch (error) {
      message = error instanceof Error ? error.message : String(error)
    }
    t.match(message, new RegExp(`^${named} [^\\n]+\\.$`), JSON.stringify(env))
    for (const value of Object.values(env)) {
      if (named.endsWith('_SECRET') && value !== '')
        t.notOk(message.includes(value), 'no secret is repeated')
    }
  }
  t.end()
})

t.test('with nothing set it is a localhost server', (t) => {
  const config = readConfig({})
  t.match(config, { port: 8080, host: '127.0.0.1', publicUrl: 'http://localhost:8080' })
  t.match(config, { isDemo: false, isHttps: false, trustProxy: false, tls: null })
  t.strictSame(config.origins, ['http://localhost:8080'])
  t.strictSame(config.turn, { urls: [], secret: null, lifetimeSeconds: 7200, policy: 'all' })
  t.end()
})

t.test('the number to ring is given; only the demo makes one up', (t) => {
  t.equal(readConfig({}).dutyPhone, null)
  t.equal(readConfig({ DEMO: '1' }).dutyPhone, '00 00 00 00')
  t.equal(readConfig({ DEMO: '1', DUTY_PHONE: '12 34 56 78' }).dutyPhone, '12 34 56 78')
  t.equal(readConfig({ DUTY_PHONE: '+45 12345678' }).dutyPhone, '+45 12345678')
  t.end()
})

t.test('the twin address exists in the demo on localhost only', (t) => {
  t.strictSame(readConfig({ DEMO: '1', PORT: '9000' }).origins, [
    'http://localhost:9000',
    'http://127.0.0.1:9000',
  ])
  const elsewhere = readConfig({ DEMO: '1', PUBLIC_URL: 'https://demo.example.dk/' })
  t.strictSame(elsewhere.origins, ['https://demo.example.dk'])
  t.end()
})

t.test('a secret may come from a file, and an empty variable is none', (t) => {
  const file = join(makeTempDir(t), 'secret')
  writeFileSync(file, `${SECRET}\n`)
  const config = readConfig({
    TURN_URLS: 'turn:turn.example.dk:3478?transport=udp, turns:turn.example.dk',
    TURN_SECRET_FILE: file,
    MEDIA_POLICY: 'relay',
    PUBLIC_URL: '',
    TRUST_PROXY: '10.0.0.1, 10.1.0.0/16',
  })
  t.equal(config.turn.secret, SECRET)
  t.equal(config.turn.urls.length, 2)
  t.equal(config.turn.policy, 'relay')
  t.strictSame(config.trustProxy, ['10.0.0.1', '10.1.0.0/16'])
  t.end()
})

t.test('of two TURN secrets the first one signs, and each is held to the rules', (t) => {
  const TURN_URLS = 'turn:turn.example.dk'
  const { turn } = readConfig({ TURN_URLS, TURN_SECRET: `${SECRET}\n9c41e0d7b26f583a` })
  t.equal(turn.secret, SECRET)
  for (const second of ['short', '${TURN_SECRET_FROM_ENV}', '', `${SECRET}\n${SECRET}`]) {
    const TURN_SECRET = `${SECRET}\n${second}`
    t.throws(() => readConfig({ TURN_URLS, TURN_SECRET }), /^TURN_SECRET /, second)
  }
  t.end()
})

t.test('an empty file is a mistake, save for what the stack mounts before it is needed', (t) => {
  const file = join(makeTempDir(t), 'secret')
  writeFileSync(file, '\n')
  t.equal(readConfig({ OIDC_CLIENT_SECRET_FILE: file }).oidc, null)
  for (const env of [
    { ...OIDC, OIDC_CLIENT_SECRET: '', OIDC_CLIENT_SECRET_FILE: file },
    { TURN_URLS: 'turn:turn.example.dk', TURN_SECRET_FILE: file },
    { MASTER_KEY_FILE: file },
  ]) {
    t.throws(() => readConfig(env), StartError, JSON.stringify(Object.keys(env)))
  }
  t.end()
})

t.test('the process says what is wrong in one line and ends with 1', async (t) => {
  const server = spawnServer(t, { PORT: 'abc', DATA_DIR: makeTempDir(t) }, 1)
  t.equal(await server.exited, 1)
  t.equal(server.stderr(), 'Nærvær: PORT must be a port number from 1 to 65535.\n')
  t.equal(server.stdout(), '')
})

t.test('a port in use is one line too', async (t) => {
  const port = await findFreePort()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', () => resolve()))
  t.teardown(() => other.close())
  const server = spawnServer(t, { DATA_DIR: makeTempDir(t) }, port)
  t.equal(await server.exited, 1)
  t.match(server.stderr(), /^Nærvær: PORT \d+ is already in use\. Stop .*PORT=8081\.\n$/)
})

t.test('a folder or a file that cannot be used names DATA_DIR', async (t) => {
  const folder = makeTempDir(t)
  const file = join(folder, 'naervaer.sqlite')
  writeFileSync(file, 'not a database, but long enough to be taken for one')
  // In /proc no folder can be made, and the attempt must not last for ever.
  for (const dataDir of [folder, join(file, 'below'), '/proc/nothing/below']) {
    const server = spawnServer(t, { DATA_DIR: dataDir }, await findFreePort())
    t.equal(await server.exited, 1)
    t.match(server.stderr(), /^Nærvær: DATA_DIR [^\n]+\n$/)
  }
})

t.test(
  'it starts, says where, stops on SIGTERM, and production refuses its demo people',
  async (t) => {
    const dataDir = makeTempDir(t)
    const server = await startServer(t, { DATA_DIR: dataDir })
    t.ok(server.stdout().split('\n').includes(`Nærvær: http://localhost:${server.port}`))
    t.match(server.stdout(), `http://127.0.0.1:${server.port}/demo`)
    const health = await fetch(`http://127.0.0.1:${server.port}/health`)
    t.strictSame(await health.json(), { status: 'ok' })
    server.child.kill('SIGTERM')
    t.equal(await server.exited, 0)
    t.equal(server.stderr(), '')

    const production = spawnServer(t, { DATA_DIR: dataDir, NODE_ENV: 'production' }, server.port)
    t.equal(await production.exited, 1)
    t.match(production.stderr(), /^Nærvær: NODE_ENV [^\n]+\n$/)
  },
)

t.test('work accounts: the issuer stays as written, the map may give several roles', (t) => {
  t.equal(readConfig({}).oidc, null)
  const { oidc } = readConfig({
    ...OIDC,
    OIDC_ISSUER: 'https://login.example.dk/realms/kommune/',
    OIDC_ROLE_MAP: ' cn=Ledere = leader , cn=Ledere=worker,It drift=it',
    OIDC_REQUIRED_ACR: 'substantial, high',
  })
  t.equal(oidc?.issuer, 'https://login.example.dk/realms/kommune/')
  t.equal(oidc?.roleClaim, 'roles')
  t.strictSame(
    [...(oidc?.roleMap ?? [])],
    [
      ['cn=Ledere', ['leader', 'worker']],
      ['It drift', ['it']],
    ],
  )
  t.strictSame(oidc?.requiredAcr, ['substantial', 'high'])
  const entra = 'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0'
  t.equal(readConfig({ ...OIDC, OIDC_ISSUER: entra }).oidc?.issuer, entra)
  t.ok(readConfig({ ...OIDC, OIDC_ISSUER: 'http://localhost:8081' }).oidc)
  t.end()
})
