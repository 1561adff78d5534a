import { rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import t, { type Test } from 'tap'
import webPush from 'web-push'
import { copyRecords, loadLastBackup } from '../../../server/src/backup/make-backup.ts'
import { readConfig } from '../../../server/src/config.ts'
import type { DoctorContext, Level } from '../../../server/src/doctor/check.ts'
import { findRemote } from '../../../server/src/doctor/checks/11-disk.ts'
import { CHECKS } from '../../../server/src/doctor/checks.ts'
import { examine } from '../../../server/src/doctor/examine.ts'
import { STEP_NAMES } from '../../../server/src/database/migrate.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { TestAuthority } from '../../helpers/certificates.ts'
import { runCli } from '../../helpers/cli.ts'
import { makeDoctorWorld, openHttp, openTimeServer, type DoctorWorld } from './doctor-world.ts'

const LIMIT_MS = 180_000
const DAY_MS = 24 * 3_600_000

/** Those of the relay need a coturn and a network: see turn.netns.test.ts. */
const OTHERS = CHECKS.filter(({ number }) => ![6, 7, 8].includes(number))

interface Line {
  readonly number: number
  readonly level: Level
  readonly code: string
}

async function look(context: DoctorContext): Promise<Line[]> {
  const examined = await examine(OTHERS, context)
  return examined.flatMap(({ check: { number }, findings }) =>
    findings.map(({ level, code }) => ({ number, level, code })),
  )
}

/** What is wrong, and nothing else. */
async function listWrong(context: DoctorContext): Promise<string[]> {
  const lines = await look(context)
  return lines
    .filter(({ level }) => level === 'warning' || level === 'error')
    .map(({ number, level, code }) => `${number} ${level} ${code}`)
}

type Break = (
  world: DoctorWorld,
  t: Test,
) => Partial<DoctorContext> | Promise<Partial<DoctorContext>>

const withEnv =
  (changes: Record<string, string>): Break =>
  ({ env }) => ({ config: readConfig({ ...env, ...changes }) })

/** Breaks a copy of the records' state, and mends it afterwards by what `undo` says. */
const inRecords =
  (sql: string, undo: string): Break =>
  ({ dataDir }, t) => {
    const file = new SqliteFile(join(dataDir, 'naervaer.sqlite'))
    file.pragma('foreign_keys = OFF')
    file.exec(sql)
    t.teardown(() => {
      file.exec(undo)
      file.close()
    })
    return {}
  }

/** So many days on, for the time server as well. */
const later =
  (days: number): Break =>
  async (_world, t) => ({
    now: () => Date.now() + days * DAY_MS,
    ntpServer: `127.0.0.1:${await openTimeServer(t, days * DAY_MS)}`,
  })

const MATRIX: readonly (readonly [wrong: string, how: string, Break])[] = [
  ['1 error CONFIG_REFUSED', 'a refused variable', () => ({ config: null, configProblem: 'PORT' })],
  ['1 warning NOT_PRODUCTION', 'not production', withEnv({ NODE_ENV: 'development' })],
  ['1 warning TURN_MISSING', 'no TURN', withEnv({ TURN_URLS: '', TURN_SECRET: '' })],
  ['2 error NAME_UNKNOWN', 'a name nobody knows', withEnv({ TURN_URLS: 'turn:none.example.dk' })],
  ['2 warning NAME_PRIVATE', 'an address of the inside', withEnv({ TURN_URLS: 'turn:10.1.2.3' })],
  ['3 error TLS_ENDS_SOON', 'three days left', use({ names: ['DNS:localhost'], days: 3 })],
  ['3 warning TLS_ENDS_SOON', 'twenty days left', use({ names: ['DNS:localhost'], days: 20 })],
  [
    '3 error TLS_TOO_OLD',
    'a proxy that takes TLS 1.1',
    ({ proxy, authority }) => {
      const made = authority.issue({ names: ['DNS:localhost'], days: 60 })
      proxy.use({ ...made, minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
      return {}
    },
  ],
  ['3 error TLS_EXPIRED', 'run out', use({ names: ['DNS:localhost'], days: -1 })],
  ['3 error TLS_WRONG_NAME', 'of another name', use({ names: ['DNS:other.dk'], days: 60 })],
  [
    '3 error TLS_UNTRUSTED',
    'of an unknown authority',
    ({ env }, t) => ({
      ca: new TestAuthority(makeTempDir(t)).ca,
      config: readConfig({ ...env, PUSH_ENABLED: 'off' }),
    }),
  ],
  [
    '3 warning HSTS_MISSING',
    'a proxy that takes HSTS away',
    ({ proxy }) => {
      proxy.changeHeaders = (headers) => delete headers['strict-transport-security']
      return {}
    },
  ],
  [
    '4 error SOCKET_BLOCKED',
    'a proxy that knows no WebSocket',
    ({ proxy }) => {
      proxy.isUpgrading = false
      return {}
    },
  ],
  [
    '4 error ORIGIN_UNCHECKED',
    'a proxy that makes up the Origin',
    ({ proxy, env }) => {
      proxy.changeRequest = (headers) => (headers['origin'] = env['PUBLIC_URL'])
      return {}
    },
  ],
  [
    '5 error HEADERS_CHANGED',
    'a proxy with a policy of its own',
    ({ proxy }) => {
      proxy.changeHeaders = (headers) => (headers['content-security-policy'] = "default-src 'self'")
      return {}
    },
  ],
  [
    '9 error PUSH_UNREACHED',
    'a push service behind a wall',
    withEnv({ PUSH_HOSTS: 'gone.example.dk' }),
  ],
  [
    '9 error VAPID_WRONG',
    'another key in the records',
    ({ dataDir }, t) => {
      const file = new SqliteFile(join(dataDir, 'naervaer.sqlite'))
      const key = file.prepare('select public_key from push_keys').pluck().get()
      const set = file.prepare('update push_keys set public_key = ?')
      set.run(webPush.generateVAPIDKeys().publicKey)
      t.teardown(() => {
        set.run(key)
        file.close()
      })
      return {}
    },
  ],
  [
    '10 error CLOCK_WRONG',
    'a clock a minute behind',
    async (_world, t) => ({ ntpServer: `127.0.0.1:${await openTimeServer(t, 60_000)}` }),
  ],
  [
    '10 warning CLOCK_OFF',
    'a clock five seconds ahead',
    async (_world, t) => ({ ntpServer: `127.0.0.1:${await openTimeServer(t, -5_000)}` }),
  ],
  ['12 error BACKUP_NO_KEY', 'no key for backups', withEnv({ BACKUP_PUBLIC_KEY: '' })],
  ['12 warning BACKUP_OLD', 'a night without', later(1.5)],
  ['12 error BACKUP_OLD', 'eight nights without', later(8)],
  [
    '13 error OIDC_UNREACHED',
    'a provider that is gone',
    async ({ env }, t) => {
      const port = await openHttp(t, (_asked, answer) => answer.writeHead(503).end())
      return { config: withProvider(env, port) }
    },
  ],
  [
    '13 error OIDC_ISSUER_OTHER',
    'a provider of another name',
    async ({ env }, t) => {
      const port = await openProvider(t, () => ({ issuer: 'http://localhost:1' }))
      return { config: withProvider(env, port) }
    },
  ],
  [
    '13 warning OIDC_RETURN_UNKNOWN',
    'a provider that sends nobody back',
    async ({ env }, t) => {
      const port = await openProvider(t, () => ({}))
      return { config: withProvider(env, port) }
    },
  ],
  [
    '14 error FILES_CHANGED',
    'a cache with files of yesterday',
    ({ proxy }) => {
      proxy.changeBody = (body) => (body.includes('console') ? Buffer.from('console.log(0)') : body)
      return {}
    },
  ],
  [
    '14 error CLIENT_MISSING',
    'an app that was never built',
    ({ clientRoot }) => ({ clientRoot: join(clientRoot, 'none') }),
  ],
  [
    '15 error SCHEMA_OLD',
    'records of the version before',
    inRecords(
      `delete from migrations where name = '${STEP_NAMES.at(-1) ?? ''}'`,
      `insert into migrations (name, applied_at) values ('${STEP_NAMES.at(-1) ?? ''}', 1)`,
    ),
  ],
  [
    '15 warning SCHEMA_NEWER',
    'records of the version after',
    inRecords(
      `insert into migrations (name, applied_at) values ('9999-tomorrow', 1)`,
      `delete from migrations where name = '9999-tomorrow'`,
    ),
  ],
  [
    '15 error SCHEMA_TOO_NEW',
    'records from which a later version has taken something away',
    inRecords(
      `insert into migrations values ('9999-tomorrow', 1, '9998-today')`,
      `delete from migrations where name = '9999-tomorrow'`,
    ),
  ],
  ['16 error ZONE_MISSING', 'a Node without time zones', () => ({ findOffset: () => 0 })],
  ['17 error DUTY_PHONE_MISSING', 'no duty telephone', withEnv({ DUTY_PHONE: '' })],
  ['17 warning TEXTS_MISSING', 'no text about data', withEnv({ PRIVACY_URL: '' })],
  ['18 warning RUNS_AS_ROOT', 'root', inStatus('Uid:\t1000', 'Uid:\t0')],
  ['18 warning HAS_CAPABILITIES', 'capabilities', inStatus('CapEff:\t0000', 'CapEff:\t00a8')],
  ['18 warning MAY_GAIN_RIGHTS', 'setuid', inStatus('NoNewPrivs:\t1', 'NoNewPrivs:\t0')],
  [
    '18 warning ROOT_WRITABLE',
    'a file system that can be changed',
    ({ procRoot }) => {
      writeFileSync(join(procRoot, 'self/mounts'), 'overlay / overlay rw,relatime 0 0\n')
      return {}
    },
  ],
  [
    '19 error VERSION_WEAK',
    'an old Node',
    () => ({ versions: { node: '22.1.0', sqlite: '3.50.2' } }),
  ],
  [
    '19 error VERSION_WEAK',
    'an old SQLite',
    () => ({ versions: { node: '24.13.0', sqlite: '3.49.1' } }),
  ],
  [
    '20 error RETENTION_LATE',
    'a report that should be gone',
    inRecords(
      `insert into tech_reports values ('ABCD', '{}', 1, 2)`,
      `delete from tech_reports where code = 'ABCD'`,
    ),
  ],
  [
    '20 error RETENTION_LATE',
    'a link that should be gone',
    inRecords(
      `insert into invitations values ('old', 'worker-0', 'old', 1, 2, null)`,
      `delete from invitations where id = 'old'`,
    ),
  ],
  [
    '20 error RETENTION_LATE',
    'a stop that should be gone',
    inRecords(
      `insert into choice_steps (id, citizen_id, purpose, number, kind, at)
        values ('old', 'citizen-0', 'notify', 1, 'withdrawn', 1)`,
      `delete from choice_steps where id = 'old'`,
    ),
  ],
  [
    '20 error RETENTION_CLOCK',
    'a clock that is a month ahead',
    inRecords(
      'insert into heartbeat values (1, 1) on conflict (id) do update set at = 1',
      'delete from heartbeat',
    ),
  ],
  ...[
    `absences values ('old', 'worker-0', '2026-01-01', '2026-01-02', 1)`,
    `reminders values ('old', 'none', '2026-01-01', 1, 'soon', 'citizen-0', 'sent', 1)`,
    `appointment_news values ('old', 'citizen-0', 'none', '2026-01-01', null, 0, 'tag', 'sent', 1, 1)`,
  ].map((row): readonly [string, string, Break] => {
    const table = row.split(' ')[0] ?? ''
    const broken = inRecords(`insert into ${row}`, `delete from ${table} where id = 'old'`)
    return ['20 error RETENTION_LATE', table, broken]
  }),
]

function use(options: { readonly names: readonly string[]; readonly days: number }): Break {
  return ({ proxy, authority }) => {
    proxy.use(authority.issue(options))
    return {}
  }
}

function inStatus(from: string, to: string): Break {
  return ({ procRoot }) => {
    const whole = 'Uid:\t1000\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n'
    writeFileSync(join(procRoot, 'self/status'), whole.replace(from, to))
    return {}
  }
}

const withProvider = (env: Record<string, string>, port: number) =>
  readConfig({
    ...env,
    OIDC_ISSUER: `http://localhost:${port}`,
    OIDC_CLIENT_ID: 'naervaer',
    OIDC_CLIENT_SECRET: 'b7e2c95d10a84f36',
    OIDC_ROLE_MAP: 'it=it',
  })

async function openProvider(t: Test, change: () => object, goesBack = false): Promise<number> {
  const port: number = await openHttp(t, (asked, answer) => {
    const url = new URL(asked.url ?? '/', `http://localhost:${port}`)
    const say = (body: object) =>
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (url.pathname === '/keys') say({ keys: [{ kty: 'RSA' }] })
    else if (url.pathname === '/auth') {
      const back = url.searchParams.get('redirect_uri') ?? ''
      if (goesBack) answer.writeHead(303, { location: `${back}?error=login_required` }).end()
      else answer.writeHead(400).end()
    } else {
      const own = url.origin
      const ends = { jwks_uri: `${own}/keys`, authorization_endpoint: `${own}/auth` }
      say({ issuer: own, ...ends, ...change() })
    }
  })
  return port
}

t.test('O-14 each thing that is broken is one line, and the right one', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeDoctorWorld(t)
  const well = await look(world.context)
  t.strictSame(await listWrong(world.context), [], 'when all is well nothing is said')
  const heard = new Set(well.filter(({ level }) => level === 'ok').map(({ number }) => number))
  const quiet = OTHERS.map(({ number }) => number).filter((number) => !heard.has(number))
  t.strictSame(quiet, [13], 'each has looked; work accounts are not used')
  const original = { ...world.proxy }
  for (const [wrong, how, breakIt] of MATRIX) {
    await t.test(`${wrong}: ${how}`, async (t) => {
      const changes = await breakIt(world, t)
      t.strictSame(await listWrong({ ...world.context, ...changes }), [wrong])
    })
    Object.assign(world.proxy, original)
    world.proxy.use(world.authority.issue({ names: ['DNS:localhost'], days: 60 }))
    writeFileSync(
      join(world.procRoot, 'self/status'),
      'Uid:\t1000\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n',
    )
    writeFileSync(join(world.procRoot, 'self/mounts'), 'overlay / overlay ro,relatime 0 0\n')
  }
  t.strictSame(await listWrong(world.context), [], 'all is mended')
})

t.test('a provider that knows our address is well', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeDoctorWorld(t)
  const port = await openProvider(t, () => ({}), true)
  const lines = await look({ ...world.context, config: withProvider(world.env, port) })
  t.match(
    lines.find(({ number }) => number === 13),
    { level: 'ok', code: 'OIDC_OK' },
  )
})

t.test('records and backups that are broken or gone', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeDoctorWorld(t)
  const { dataDir, context } = world
  const last = await loadLastBackup(dataDir)
  const path = last?.path ?? ''
  const size = statSync(path).size
  truncateSync(path, size - 1)
  t.strictSame(await listWrong(context), ['12 error BACKUP_BROKEN'])
  rmSync(path)
  t.strictSame(await listWrong(context), ['12 warning BACKUP_GONE'])
  const note = join(dataDir, 'last-backup.json')
  writeFileSync(note, JSON.stringify({ ...last, at: Date.now() - 8 * DAY_MS }))
  t.strictSame(await listWrong(context), ['12 warning BACKUP_GONE', '12 error BACKUP_OLD'])
  const elsewhereMade = { ...last, path: '/of-another-container/naervaer.age' }
  writeFileSync(join(dataDir, 'last-backup.json'), JSON.stringify(elsewhereMade))
  t.strictSame(await listWrong(context), [], 'made by a container with a folder of its own')
  rmSync(join(dataDir, 'last-backup.json'))
  t.strictSame(await listWrong(context), ['12 error BACKUP_NONE'])
  const { config } = context
  if (config === null) throw new Error('no configuration')
  const elsewhere = makeTempDir(t)
  const at = (folder: string) => ({
    ...context,
    config: { ...config, dataDir: folder, databaseFile: join(folder, 'naervaer.sqlite') },
  })
  t.ok((await listWrong(at(elsewhere))).includes('11 error RECORDS_NONE'))
  writeFileSync(join(elsewhere, 'naervaer.sqlite'), Buffer.alloc(8_192, 7))
  t.ok((await listWrong(at(elsewhere))).includes('11 error RECORDS_BROKEN'))
  t.ok((await listWrong(at(join(elsewhere, 'none')))).includes('11 error DATA_DIR_MISSING'))
  const still = makeTempDir(t)
  copyRecords(config.databaseFile, join(still, 'naervaer.sqlite'))
  t.ok((await listWrong(at(still))).includes('11 warning RECORDS_NOT_WAL'))
  t.equal(findRemote(0x6969), 'NFS')
  t.equal(findRemote(0xef53), null, 'ext4 is here')
})

t.test('where the page is not there, that is said once', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeDoctorWorld(t)
  const publicUrl = new URL('https://localhost:1')
  t.strictSame(await listWrong({ ...world.context, publicUrl }), [
    '3 error TLS_UNREACHED',
    '5 error PAGE_UNREACHED',
  ])
})

t.test(
  'the command speaks Danish first, prints JSON, and its exit code says whether there is an error',
  async (t) => {
    t.setTimeout(LIMIT_MS)
    const env = { DATA_DIR: makeTempDir(t), PORT: '1' }
    const words = ['doctor', '--ntp', '127.0.0.1:9', '--seconds', '1']
    const danish = await runCli({ ...env, PUSH_ENABLED: 'off' }, ...words)
    t.match(danish, { code: 1, stdout: /^ 1 advarsel Indstillinger: PUBLIC_URL er ikke sat/ })
    const english = await runCli({ ...env, LANG: 'en_GB.UTF-8', PUSH_ENABLED: 'off' }, ...words)
    t.match(english.stdout, /^ 1 warning  Configuration: PUBLIC_URL is not set/)
    t.match(english.stdout, /\n\d+ errors, \d+ warnings, \d+ could not be seen from here\.\n$/)
    const refused = await runCli({ ...env, PORT: 'x' }, 'doctor', '--ntp', '127.0.0.1:9', '--json')
    const [first] = JSON.parse(refused.stdout) as { number: number; findings: object[] }[]
    t.match(first, { number: 1, findings: [{ level: 'error', code: 'CONFIG_REFUSED' }] })
    t.match(await runCli(env, 'doctor', '--outside', 'video'), {
      code: 2,
      stderr: /--outside must be/,
    })
    t.match(await runCli(env, 'doctor', '--lang', 'sv'), {
      code: 2,
      stderr: /--lang must be one of da, en/,
    })
  },
)

t.test('all that is said is said in both languages', (t) => {
  t.strictSame(
    CHECKS.map(({ number }) => number),
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
  for (const { name } of CHECKS)
    t.ok(name.da !== '' && name.en !== '' && name.da !== name.en, name.en)
  t.end()
})
