import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import t from 'tap'
import { CLOSE_CODES } from '@naervaer/shared'
import { COMMANDS, run } from '../../../server/src/cli/run.ts'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { Browser, pairDevice } from '../../helpers/paired-device.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { startServer } from '../../helpers/server-process.ts'
import { makeReport } from '../../helpers/tech-report.ts'
import { WsPerson } from '../../helpers/ws-person.ts'

/** Each command is a process of its own, and these tests start many. */
const PROCESSES_LIMIT_MS = 120_000
/** How soon a session ended elsewhere must have lost its sockets (criterion S-05). */
const LIMIT_MS = 5_000

interface Listed {
  readonly id: string
  readonly personId: string
}

t.test('help names every command, and wrong words do nothing', async (t) => {
  const env = { DATA_DIR: join(makeTempDir(t), 'none') }
  const help = await runCli(env, '--help')
  t.equal(help.code, 0)
  for (const { name, usage, summary } of COMMANDS) {
    t.ok(help.stdout.includes(`${name} ${usage}`.trim()) && help.stdout.includes(summary), name)
  }
  const own = await runCli(env, 'audit', 'verify', '--help')
  t.match(own, { code: 0, stdout: /^naervaer audit verify \[--head/ })
  for (const words of [
    [],
    ['frobnicate'],
    ['admin'],
    ['admin', 'create'],
    ['people', '--nope'],
    ['people', 'too', 'many'],
  ]) {
    const printed = { out: '', err: '' }
    const code = await run(words, {
      out: (text) => (printed.out += text),
      err: (text) => (printed.err += text),
    })
    t.equal(code, 2, words.join(' '))
    t.match(printed, { out: '', err: /^naervaer: [^\n]+\n$/ })
  }
  const citizen = await runCli(
    { DATA_DIR: makeTempDir(t) },
    'admin',
    'create',
    'Bo',
    '--roles',
    'x',
  )
  t.match(citizen, {
    code: 2,
    stdout: '',
    stderr: /^naervaer: --roles must be of worker, [^\n]+\n$/,
  })
  const nowhere = await runCli(env, 'people')
  t.match(nowhere, { code: 1, stderr: 'naervaer: DATA_DIR holds no records.\n' })
  t.notOk(existsSync(env.DATA_DIR), 'looking begins no records')
})

t.test(
  'the first account is made before the first start, with a link that works once',
  async (t) => {
    const env = { DATA_DIR: makeTempDir(t), PUBLIC_URL: 'https://video.example.dk' }
    const made = await runCliJson<{ id: string; url: string }>(env, 'admin', 'create', 'Canary Bo')
    t.match(made.url, /^https:\/\/video\.example\.dk\/invitation#[\w-]{43}$/)
    const secret = made.url.split('#')[1] ?? ''
    const records = readFileSync(join(env.DATA_DIR, 'naervaer.sqlite'))
    const log = join(env.DATA_DIR, 'naervaer.sqlite-wal')
    const kept = existsSync(log) ? Buffer.concat([records, readFileSync(log)]) : records
    t.notOk(kept.includes(secret), 'the secret of the link is kept as a hash')
    t.match(await runCliJson(env, 'admin', 'list'), [
      { id: made.id, name: 'Canary Bo', roles: ['it'], isDisabled: false },
    ])
    await runCliJson(env, 'admin', 'disable', made.id)
    t.match(await runCliJson(env, 'admin', 'list'), [{ id: made.id, isDisabled: true }])
    t.match(await runCli(env, 'admin', 'disable', made.id), {
      code: 1,
      stderr: /^naervaer: refused: PERSON_NOT_FOUND\. There is no open account of staff [^\n]+\n$/,
    })
  },
)

t.test('an account there is gets another link, and namesakes are pointed out', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const env = { DATA_DIR: makeTempDir(t), PUBLIC_URL: 'https://video.example.dk' }
  const made = await runCliJson<{ id: string; url: string }>(env, 'admin', 'create', 'Nina Nord')
  const again = await runCli(env, 'admin', 'invite', made.id)
  t.match(again, { code: 0, stdout: /leads to PUBLIC_URL, https:\/\/video\.example\.dk\.\n/ })
  t.match(again.stdout, /https:\/\/video\.example\.dk\/invitation#[\w-]{43}\n$/)
  t.notOk(again.stdout.includes(made.url), 'a new link')
  const invited = await runCliJson<{ id: string }>(env, 'admin', 'invite', made.id)
  t.match(invited, { id: made.id, url: /^https:/, expiresAt: Number })
  t.match(await runCli(env, 'admin', 'invite', 'zzz'), {
    code: 1,
    stderr: /^naervaer: refused: PERSON_NOT_FOUND\. There is no open account/,
  })
  t.match(await runCli(env, 'admin', 'invite', '--help'), { code: 0, stdout: /admin invite <id>/ })
  const records = new SqliteFile(join(env.DATA_DIR, 'naervaer.sqlite'))
  t.teardown(() => records.close())
  const lines = records
    .prepare("select subject_id from audit_events where action = 'invitation.created'")
    .all()
  t.same(lines, Array(3).fill({ subject_id: made.id }))

  const namesake = await runCli({ DATA_DIR: env.DATA_DIR }, 'admin', 'create', ' nina nord')
  t.match(namesake, { code: 0 })
  t.match(namesake.stdout, `Warning: account ${made.id} has the same name.`)
  t.match(namesake.stdout, /Warning: PUBLIC_URL is not set, .*http:\/\/localhost:8080/)
})

t.test('words say what is missing', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const env = { DATA_DIR: makeTempDir(t) }
  const { id } = await runCliJson<{ id: string }>(env, 'admin', 'create', 'Nina Nord')
  const revoke = (person: string) => runCli(env, 'sessions', 'revoke', '--person', person)
  t.match(await revoke('zzz'), { code: 1, stdout: /^There is no such person;/ })
  t.match(await revoke(id), { code: 1, stdout: 'This person is signed in nowhere.\n' })
  t.match(await runCli(env, 'admin'), {
    code: 2,
    stderr: /^naervaer: after admin comes one of create, invite, list, disable;/,
  })
  const help = await runCli(env, 'admin', '--help')
  t.match(help, { code: 0, stdout: /admin invite <id>/ })
  t.notMatch(help.stdout, 'sessions list')
})

t.test('S-08 no command makes a key for records whose own is gone', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const env = { DATA_DIR: makeTempDir(t) }
  await runCliJson(env, 'admin', 'create', 'Nina Nord')
  const secrets = join(env.DATA_DIR, 'secrets')
  const file = join(secrets, 'master.key')
  const key = readFileSync(file, 'utf8')
  rmSync(secrets, { recursive: true })
  for (const words of [
    ['audit', 'verify'],
    ['admin', 'list'],
    ['admin', 'create', 'Bo'],
  ]) {
    t.match(await runCli(env, ...words), {
      code: 1,
      stdout: '',
      stderr:
        /^naervaer: MASTER_KEY_MISSING: .*DATA_DIR\/secrets\/master\.key is not there[^\n]+\n$/,
    })
    t.notOk(existsSync(secrets), words.join(' '))
  }
  mkdirSync(secrets, { mode: 0o700 })
  writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
  t.match(await runCli(env, 'audit', 'verify'), {
    code: 1,
    stderr: /^naervaer: MASTER_KEY_WRONG: DATA_DIR\/secrets\/master\.key is not the key/,
  })
  writeFileSync(file, key)
  t.match(await runCli(env, 'audit', 'verify'), { code: 0 })
})

t.test('S-05 the running server closes the sockets of whoever the CLI signs out', async (t) => {
  const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'silent' }
  const server = await startServer(t, env)
  const [mette, ole, anna] = [
    await WsPerson.connect(server, 'mette'),
    await WsPerson.connect(server, 'ole'),
    await WsPerson.connect(server, 'anna'),
  ]
  const sessions = await runCliJson<Listed[]>(env, 'sessions', 'list')
  t.equal(sessions.length, 3)
  const own = sessions.find(({ personId }) => personId === PEOPLE.mette)?.id ?? ''
  t.same(await runCliJson(env, 'sessions', 'revoke', own), { ended: 1 })
  await within(LIMIT_MS, mette.closed, CLOSE_CODES.SESSION_ENDED)
  t.same(await runCliJson(env, 'sessions', 'revoke', '--person', PEOPLE.anna), { ended: 1 })
  await within(LIMIT_MS, anna.closed, CLOSE_CODES.SESSION_ENDED)
  await ole.request({ type: 'ping' })
  await runCliJson(env, 'admin', 'disable', PEOPLE.ole)
  await within(LIMIT_MS, ole.closed, CLOSE_CODES.SESSION_ENDED)
  t.match(await runCli(env, 'sessions', 'revoke', own), { code: 1 })
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/session`, {
    headers: { cookie: mette.cookies },
  })
  t.match(await answer.json(), { you: null }, 'the cookie is worth nothing')

  async function within(limitMs: number, closed: Promise<number>, code: number): Promise<void> {
    const startedAt = Date.now()
    t.equal(await closed, code)
    t.ok(Date.now() - startedAt < limitMs, `${Date.now() - startedAt} ms`)
  }
})

t.test('IT sees citizens under pseudonyms, the same at every time', async (t) => {
  const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'silent' }
  await startServer(t, env)
  const first = await runCli(env, 'people')
  t.match(first.stdout, 'Mette Holm')
  t.match(first.stdout, /citizen +Borger [0-9A-F]{4}/)
  for (const name of ['Anna', 'Jens', 'Max', 'Liz']) t.notMatch(first.stdout, name)
  t.equal((await runCli(env, 'people')).stdout, first.stdout)
})

t.test('S-28 each command leaves its line beside the server’s, in one whole chain', async (t) => {
  const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'silent' }
  const server = await startServer(t, env)
  await WsPerson.connect(server, 'mette')
  // At once, so that they and the server meet at the log.
  const commands = ['sessions list', 'people', 'devices list', 'admin list', 'audit head']
  await Promise.all([
    ...commands.map((command) => runCliJson(env, ...command.split(' '))),
    ...(['anna', 'ole', 'jens'] as const).map((name) => WsPerson.connect(server, name)),
  ])
  const { stdout, code } = await runCli(env, 'audit', 'verify')
  t.equal(code, 0)
  t.match(stdout, /^The audit log is whole: \d+ lines\.\n$/)
  const records = new SqliteFile(join(env.DATA_DIR, 'naervaer.sqlite'))
  t.teardown(() => records.close())
  const rows = records.prepare('select action, actor_kind, subject_id from audit_events').all()
  for (const action of ['sessions.listed', 'people.listed', 'devices.listed', 'staff.listed']) {
    t.match(rows, new Set([{ action, actor_kind: 'cli' }]), action)
  }
  const text = JSON.stringify(rows)
  t.ok(text.includes('audit.headRead') && text.includes('audit.verified'))
  t.ok(text.includes(PEOPLE.anna) && !text.includes('Anna'), 'ids, and no names')

  records.exec('drop trigger audit_events_keep_each; update audit_events set at = 1 where seq = 2')
  const broken = await runCli(env, 'audit', 'verify')
  t.match(broken, { code: 1, stdout: 'Line 2 is not as it was written.\n' })
  t.match(JSON.parse((await runCli(env, 'audit', 'verify', '--json')).stdout), { badSeq: 2 })
})

/** The heads that a server has written to its log. */
const listHeads = (stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line.includes('"AUDIT_HEAD"'))
    .map((line) => JSON.parse(line) as { code: string; level: string; head: string })

t.test('S-28 the log outside proves the log inside', async (t) => {
  // Also where only errors are logged.
  const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'error' }
  const file = join(env.DATA_DIR, 'naervaer.sqlite')
  await runCliJson(env, 'admin', 'create', 'Nina Nord')
  const before = readFileSync(file)
  await runCliJson(env, 'admin', 'list')
  const server = await startServer(t, env)
  server.child.kill('SIGTERM')
  t.equal(await server.exited, 0)
  const [line, ...more] = listHeads(server.stdout())
  t.match(line, { code: 'AUDIT_HEAD', level: 'info', head: /^\d+(:[\w-]{43}){2}$/ })
  t.same(more, [])
  const head = line?.head ?? ''
  t.match(await runCli(env, 'audit', 'verify', '--head', head), { code: 0 })
  const unsealed = head.split(':').slice(0, 2).join(':')
  t.match(await runCli(env, 'audit', 'verify', '--head', unsealed), { code: 0 })
  const printed = (await runCli(env, 'audit', 'head')).stdout.trim()
  t.match(await runCli(env, 'audit', 'verify', '--head', printed), { code: 0 })

  // Everything is set back, with its sealed note of the last line: whole from the inside.
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
  writeFileSync(file, before)
  t.match(await runCli(env, 'audit', 'verify'), { code: 0 })
  const outside = await runCli(env, 'audit', 'verify', '--head', head)
  t.match(outside, { code: 1, stdout: /^Line \d+ is (missing|not as it was written)\.\n$/ })
  const madeUp = head.replace(/^\d+/, '1')
  t.match(await runCli(env, 'audit', 'verify', '--head', madeUp), {
    code: 1,
    stdout: 'Line 1 was not written by this server.\n',
  })
  t.match(await runCli(env, 'audit', 'verify', '--head', 'x'), { code: 2 })
})

t.test(
  'W-25 a device that the CLI disconnects loses call and sockets within two seconds',
  async (t) => {
    const DATA_DIR = makeTempDir(t)
    const env = { DATA_DIR }
    const databaseFile = join(DATA_DIR, 'naervaer.sqlite')
    // Its clock is the machine's, as that of the other process is.
    const server = await listen(t, { env, databaseFile, clock: new FakeClock(Date.now()) })
    const worker = await Browser.signedIn(server.app, 'mette')
    const phone = await pairDevice(server.app, () => server.clock.now(), worker)
    const mette = await server.connect('mette', worker.cookies)
    const anna = await server.connect('anna', phone.cookies)
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.must({ type: 'call.accept', call: id })
    const devices = await runCliJson<Listed[]>(env, 'devices', 'list')
    t.match(devices, [{ id: phone.id, personId: PEOPLE.anna, kind: 'iphone' }])
    await runCliJson(env, 'devices', 'revoke', phone.id ?? '')
    server.clock.advance(1_000)
    t.equal(await anna.closed, CLOSE_CODES.SESSION_ENDED)
    t.match(await mette.waitForState(id, 'ended'), { endReason: 'revoked' })
    t.equal((await phone.signIn()).statusCode, 401, 'its key is worth nothing')
    t.strictSame(await runCliJson(env, 'devices', 'list'), [])
    t.match(await runCli(env, 'devices', 'revoke', phone.id ?? ''), { code: 1 })
    t.match(await server.app.audit.verify(), { isWhole: true })
  },
)

t.test('HT71 N8 support opens a report by its code, as it was heard', async (t) => {
  const dataDir = makeTempDir(t)
  const server = await listen(t, {
    clock: new FakeClock(Date.now()),
    databaseFile: join(dataDir, 'naervaer.sqlite'),
    env: { DATA_DIR: dataDir },
  })
  const report = makeReport({ camera: { result: 'refused', error: 'NotAllowedError' } })
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/check/reports',
    headers: { origin: server.origin },
    payload: report,
  })
  const { code } = answer.json<{ code: string }>()
  const env = { DATA_DIR: dataDir }
  const asHeard = code.toLowerCase().split('').join(' ').split(' ')
  const opened = await runCli(env, 'support', ...asHeard)
  t.equal(opened.code, 0, opened.stderr)
  t.match(opened.stdout, /^K1: .*camera/m)
  t.match(opened.stdout, /Who acts: the citizen\./)
  t.match(opened.stdout, /^relay\.udp\.ms +40$/m)
  t.match(await runCliJson(env, 'support', code), { code, findings: ['K1'], report })
  t.match(await runCli(env, 'support', 'ACDE'), { code: 1, stderr: /refused: REPORT_NOT_FOUND/ })
  t.match(await runCli(env, 'support', 'AC0E'), { code: 2, stderr: /four letters and digits/ })
})

t.test('TR3 rates are listed, added and removed, and wrong ones are refused', async (t) => {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const env = { DATA_DIR: makeTempDir(t) }
  await runCliJson(env, 'admin', 'create', 'Bo')
  const list = () =>
    runCliJson<{ validFrom: string; orePerKm: number; isCurrent: boolean }[]>(env, 'rates', 'list')
  t.match((await list())[0], { validFrom: '2024-01-01', orePerKm: 379 })
  t.equal((await list()).filter(({ isCurrent }) => isCurrent).length, 1, 'one holds today')
  t.match(await runCli(env, 'rates', 'add', '2099-01-01', '512'), { code: 0 })
  t.match((await list()).at(-1), { validFrom: '2099-01-01', orePerKm: 512, isCurrent: false })
  t.match(await runCli(env, 'rates', 'add', '2099-01-01', '513'), {
    code: 1,
    stdout: /already/,
  })
  for (const [day, ore] of [
    ['2099-02-29', '400'],
    ['2099-06-01', '3.94'],
    ['2099-06-01', '2001'],
  ] as const) {
    const refused = await runCli(env, 'rates', 'add', day, ore)
    t.match(refused, { code: 2, stdout: '', stderr: /^naervaer: the (day|amount) must be / }, ore)
  }
  t.match((await list()).at(-1), { validFrom: '2099-01-01', orePerKm: 512 }, 'nothing is changed')
  t.match(await runCli(env, 'rates', 'remove', '2099-01-01'), { code: 0 })
  t.match(await runCli(env, 'rates', 'remove', '2099-01-01'), { code: 1 })
  t.equal((await list()).length, 3)
})
