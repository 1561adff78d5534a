import {
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { mkdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import t, { type Test } from 'tap'
import { encryptFile } from '../../../server/src/backup/age-file.ts'
import type { BackupErrorCode } from '../../../server/src/backup/backup-error.ts'
import { makeBackup } from '../../../server/src/backup/make-backup.ts'
import { countRows } from '../../../server/src/backup/manifest.ts'
import { TABLE_FATES } from '../../../server/src/backup/table-fates.ts'
import { readConfig } from '../../../server/src/config.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'
import { CANARY, fillRecords } from '../../helpers/records.ts'
import { startServer } from '../../helpers/server-process.ts'
import { backUp, makeBackupWorld, readAll, restore, type BackupWorld } from './backup-world.ts'

/** Each command is a process of its own, and these tests start many. */
const PROCESSES_LIMIT_MS = 120_000

const SMALL = {
  citizens: 5,
  workers: 2,
  days: 3,
  callsPerDay: 4,
  auditLinesPerDay: 20,
  fromAt: Date.UTC(2026, 9, 1),
}

async function makeFilledWorld(t: Test): Promise<BackupWorld> {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const world = await makeBackupWorld(t)
  await fillRecords(world.dataDir, SMALL)
  return world
}

t.test(
  'a server writes on while its backup is made, and the backup is of one moment',
  async (t) => {
    t.setTimeout(PROCESSES_LIMIT_MS)
    const world = await makeBackupWorld(t)
    const server = await startServer(t, { ...world.env, DEMO: 'on' })
    let [isOver, written] = [false, 0]
    const signIn = async () => {
      const reply = await fetch(`${server.origin}/api/demo/sign-in`, {
        method: 'POST',
        headers: { origin: server.origin, 'content-type': 'application/json' },
        body: JSON.stringify({ personId: '01900000-0000-7000-8000-000000000001' }),
      })
      if (reply.ok) written += 1
      return reply.status
    }
    t.equal(await signIn(), 204)
    const writing = (async () => {
      while (!isOver) await signIn()
    })()
    const before = written
    const first = await backUp(world)
    const second = await runCliJson<{ path: string }>(world.env, 'backup', '--to', makeTempDir(t))
    isOver = true
    await writing
    t.ok(written > before, 'nobody was kept from writing')
    const looked = await runCli(world.env, 'backup', 'verify', first.path, '--key', world.keyFile)
    t.match(looked, { code: 0, stdout: /^The backup is whole/ })
    t.not(second.path, first.path)
    const { sessions = 0, audit_events: lines = 0 } = first.manifest.rows
    t.ok(sessions >= before && sessions <= written)
    const head = Number(first.manifest.auditHead?.split(':')[0])
    t.ok(head > 0 && head <= lines, 'the line that proves it is in it')
    const refused = await restore(world, first.path)
    t.match(
      refused,
      { code: 1, stderr: /^naervaer: RECORDS_IN_USE: / },
      'not under a running server',
    )
    await server.kill()
    t.match(await restore(world, first.path), { code: 0 }, 'a killed server holds nothing')
    t.match(await runCli(world.env, 'audit', 'verify'), { code: 0, stdout: /is whole/ })
    const again = await startServer(t, { ...world.env, DEMO: 'on' })
    t.equal((await fetch(`${again.origin}/health`)).status, 200)
  },
)

t.test('nothing outside of DATA_DIR can be read without the secret key', async (t) => {
  const world = await makeFilledWorld(t)
  t.ok(readFileSync(world.databaseFile).includes(CANARY), 'the canary sings at home')
  const { path, removed } = await backUp(world)
  t.strictSame(removed, [])
  t.strictSame(readdirSync(world.folder), [path.slice(world.folder.length + 1)])
  const bytes = readFileSync(path)
  for (const word of [CANARY, 'SQLite format', 'people', 'worker-1']) {
    t.notOk(bytes.includes(word), word)
  }
  t.equal(statSync(path).mode & 0o777, 0o600)
  const left = readdirSync(world.dataDir).filter((name) => name.startsWith('.work-'))
  t.strictSame(left, [], 'no copy in the clear is left')
})

t.test(
  'a restore brings back what was, keeps what is replaced, and says what is lost',
  async (t) => {
    const world = await makeFilledWorld(t)
    const { path, manifest } = await backUp(world)
    const file = new SqliteFile(world.databaseFile)
    file.prepare(`update people set name = 'Kommet til'  where id = 'citizen-1'`).run()
    file.close()
    const restored = await restore(world, path)
    t.equal(restored.code, 0, restored.stderr)
    const said = JSON.parse(restored.stdout) as { formerFile: string; auditLines: number }
    t.equal(said.auditLines, SMALL.days * SMALL.auditLinesPerDay)
    const [now, former] = [new SqliteFile(world.databaseFile), new SqliteFile(said.formerFile)]
    const name = `select name from people where id = 'citizen-1'`
    t.match(now.prepare(name).pluck().get(), CANARY)
    t.equal(former.prepare(name).pluck().get(), 'Kommet til')
    const calls = now.prepare('select count(*) from calls').pluck().get()
    t.equal(calls, manifest.rows['calls'])
    t.same(
      now.prepare('select action from audit_events order by seq desc').pluck().get(),
      'backup.restored',
    )
    now.close()
    former.close()
    const lines = (await runCli(world.env, 'restore', path, '--key', world.keyFile)).stdout
    t.match(lines, /Lost \(RPO\): \d+ min, from /)
  },
)

t.test('what was ended, protected or refused since the backup stays so', async (t) => {
  const world = await makeFilledWorld(t)
  const file = new SqliteFile(world.databaseFile)
  file.exec(`
    insert into devices values ('d', 'worker-0', 'hash-d', 1);
    insert into sessions (id, token_hash, person_id, device_id, created_at, expires_at)
      values ('s', 'hash-s', 'worker-0', 'd', 1, 9999999999999);
    insert into person_roles values ('worker-1', 'leader');
    insert into passkeys values ('p', 'worker-1', 'c', 'k', 0, '[]', 1, null);
    insert into phones values ('citizen-3', '12 34 56 78');
    insert into people (id, name, is_demo, created_at) values ('kept', 'K', 0, 1), ('lost', 'L', 0, 1);
    insert into assignments (id, worker_id, citizen_id, kind, from_at)
      values ('to-come', 'worker-1', 'citizen-1', 'substitute', 9999999999999);
    insert into teams values ('team', 'Nord', 1);
    insert into team_members values ('team', 'worker-1'), ('team', 'kept');
    insert into passphrases values ('worker-1', 'one', 'hash-old', 'seed-1', 7, 1),
      ('lost', 'two', 'hash-2', 'seed-old', 7, 1), ('kept', 'three', 'hash-3', 'seed-3', 7, 1);
    insert into absences values ('away', 'worker-1', '2026-11-01', '2026-11-30', 1);
    insert into appointments values ('off', 'citizen-1', 'worker-1', 'video', '2026-12-01', '2026-12-01',
      null, null, 600, 30, 0, 1);
    insert into push_subscriptions
      (device_id, endpoint_hash, sealed, level, language, created_at, seen_at, proven_at)
      select device_id, 'of-' || device_id, 'sealed', 1, 'da', 1, 1, null from device_keys;
    insert into push_keys (id, public_key, sealed_private_key, created_at) values (1, 'old', 'x', 1)`)
  const { path } = await backUp(world)
  file.exec(`
    update people set name = '–', disabled_at = 5, deleted_at = 5 where id = 'worker-0';
    delete from person_roles where person_id = 'worker-0';
    delete from person_roles where role = 'leader';
    delete from passkeys;
    update device_keys set revoked_at = 6, revoked_for = 'asked' where device_id = 'device-of-citizen-0';
    update assignments set to_at = from_at + 7 where id = 'assignment-0';
    insert into protected_addresses values ('citizen-2');
    delete from phones;
    delete from assignments where id = 'to-come';
    delete from team_members where person_id = 'worker-1';
    update passphrases set hash = 'hash-new' where person_id = 'worker-1';
    update passphrases set totp_seed = 'seed-new' where person_id = 'lost';
    update passphrases set totp_last_step = 9 where person_id = 'kept';
    delete from absences;
    delete from appointments where id = 'off';
    delete from push_subscriptions where device_id = 'device-of-citizen-4';
    insert into quiet_hours values ('citizen-2', 1200, 480);
    update push_keys set public_key = 'new', sealed_private_key = 'y', created_at = 9;
    insert into choice_steps values ('no', 'citizen-1', 'video', 2, 'withdrawn', 8, null, null, null, null, null, null, 'worker-1')`)
  file.close()
  const said = await restore(world, path)
  t.equal(said.code, 0, said.stderr)
  t.match(JSON.parse(said.stdout), {
    endedAgain: {
      isSequel: true,
      counts: {
        deletedAccounts: 1,
        rolesTaken: 2,
        keysRemoved: 1,
        passphrasesRemoved: 2,
        codesUsed: 1,
        devicesRevoked: 1,
        assignmentsEnded: 2,
        teamMembershipsTaken: 1,
        addressesProtected: 1,
        choicesSaid: 1,
        noticesOff: 2,
        noticesLost: 3,
        noticeKeyChanged: 1,
        quietHoursKept: 1,
        phonesDeleted: 1,
        absencesTakenOut: 1,
        appointmentsOff: 1,
      },
    },
  })
  const now = new SqliteFile(world.databaseFile)
  const ask = (sql: string) => now.prepare(sql).pluck().all()
  t.strictSame(ask(`select name from people where id = 'worker-0'`), ['–'])
  t.strictSame(ask(`select role from person_roles where person_id = 'worker-1'`), ['worker'])
  t.strictSame(ask('select id from sessions'), [], 'everybody signs in anew')
  t.strictSame(ask('select kind from choice_steps where number = 2'), ['withdrawn'])
  t.strictSame(ask('select citizen_id from protected_addresses'), ['citizen-2'])
  t.strictSame(ask('select revoked_for from device_keys where revoked_at is not null'), ['asked'])
  t.strictSame(ask(`select id from assignments where id = 'to-come'`), [], 'cancelled is cancelled')
  t.strictSame(ask('select person_id from team_members'), ['kept'])
  t.strictSame(ask(`select public_key || sealed_private_key from push_keys`), ['newy'])
  t.strictSame(ask('select distinct lost_at from push_subscriptions'), [9])
  t.strictSame(
    ask('select sign_in_name from passphrases'),
    ['three'],
    'what was replaced is not back',
  )
  t.strictSame(ask('select totp_last_step from passphrases'), [9], 'and no code is taken twice')
  now.close()
  // Records that cannot be read: the reason for most restores.
  writeFileSync(world.databaseFile, Buffer.alloc(8_192, 7))
  const blind = await runCli(world.env, 'restore', path, '--key', world.keyFile)
  t.match(blind, { code: 0, stdout: /could not be read: look it up/ })
})

t.test('records that were begun anew say nothing of what is missing in them', async (t) => {
  const world = await makeFilledWorld(t)
  const { path } = await backUp(world)
  const before = new SqliteFile(world.databaseFile)
  const count = (file: SqliteFile.Database) =>
    file.prepare('select count(*) from assignments').pluck().get()
  const assignments = count(before)
  before.close()
  for (const suffix of ['', '-wal', '-shm']) {
    rmSync(`${world.databaseFile}${suffix}`, { force: true })
  }
  await fillRecords(world.dataDir, { ...SMALL, citizens: 1, workers: 1, fromAt: SMALL.fromAt + 1 })
  const said = await runCli(world.env, 'restore', path, '--key', world.keyFile)
  t.match(said, { code: 0, stdout: /do not go on from this backup/ }, said.stderr)
  const now = new SqliteFile(world.databaseFile)
  t.equal(count(now), assignments, 'the installation that was lost is back')
  t.ok(now.prepare('select count(*) from person_roles').pluck().get())
  now.close()
})

t.test('of every table there is it is said what a restore does to it', async (t) => {
  const world = await makeFilledWorld(t)
  const file = new SqliteFile(world.databaseFile, { readonly: true })
  t.teardown(() => file.close())
  t.strictSame(Object.keys(TABLE_FATES).sort(), Object.keys(countRows(file)))
  file.exec(`attach '${world.databaseFile}' as former`)
  for (const [table, fate] of Object.entries(TABLE_FATES)) {
    if (fate === 'door' || 'stays' in fate) continue
    for (const { sql } of fate.again) t.doesNotThrow(() => file.prepare(sql), table)
  }
})

t.test('a backup that is not as it was made changes nothing, and says what it is', async (t) => {
  const world = await makeFilledWorld(t)
  const { path } = await backUp(world)
  const other = join(makeTempDir(t), 'other.key')
  await runCliJson({}, 'backup', 'keygen', '--to', other)
  const whole = readFileSync(path)
  const variant = (bytes: Uint8Array) => {
    const file = join(makeTempDir(t), 'variant.age')
    writeFileSync(file, bytes)
    return file
  }
  const flip = (at: number) => {
    const bytes = Buffer.from(whole)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return variant(bytes)
  }
  // Another letter of the alphabet that the proof of the header is written in.
  const proofAt = whole.indexOf('\n--- ') + 10
  const reworded = Buffer.from(whole)
  reworded.write(whole.toString('latin1', proofAt, proofAt + 1) === 'A' ? 'B' : 'A', proofAt)
  const before = readAll(world.dataDir)
  const cases: [code: BackupErrorCode, file: string, key?: string][] = [
    ['BACKUP_KEY_WRONG', path, other],
    ['BACKUP_KEY_UNREADABLE', path, path],
    ['BACKUP_KEY_UNREADABLE', path, join(world.dataDir, 'none')],
    ['BACKUP_CUT', variant(whole.subarray(0, whole.length - 1))],
    ['BACKUP_CUT', variant(whole.subarray(0, 1_000))],
    ['BACKUP_DAMAGED', flip(whole.length - 1)],
    ['BACKUP_DAMAGED', flip(whole.length >> 1)],
    ['BACKUP_DAMAGED', variant(reworded)],
    ['BACKUP_DAMAGED', variant(Buffer.concat([whole, Buffer.of(0)]))],
    ['BACKUP_UNREADABLE', variant(Buffer.from('hello'))],
    ['BACKUP_UNREADABLE', join(world.folder, 'none.age')],
  ]
  for (const [code, file, key = world.keyFile] of cases) {
    for (const command of [['restore'], ['backup', 'verify']]) {
      const { code: exit, stderr } = await runCli(world.env, ...command, file, '--key', key)
      t.equal(exit, 1)
      t.equal(stderr.split(' ')[1], `${code}:`, stderr)
    }
  }
  const strange = { ...world.env, MASTER_KEY: randomBytes(32).toString('hex') }
  const sealed = await runCli(strange, 'restore', path, '--key', world.keyFile)
  t.match(sealed, { code: 1, stderr: /^naervaer: MASTER_KEY_WRONG: / })
  t.strictSame(readAll(world.dataDir), before, 'the records and all beside them')
})

function addStep(world: BackupWorld, row: string): void {
  const file = new SqliteFile(world.databaseFile)
  file.exec(`insert into migrations (name, applied_at, needs) values ${row}`)
  file.close()
}

t.test(
  'records of a newer version, and a manifest that tells of others, are refused',
  async (t) => {
    const world = await makeFilledWorld(t)
    addStep(world, `('9998-today', 1, null)`)
    const own = await backUp(world)
    t.equal((await restore(world, own.path)).code, 0, 'what this version runs on it restores')
    addStep(world, `('9999-tomorrow', 1, '9997-yesterday')`)
    // No command of this version makes one: it refuses such records.
    const config = readConfig(world.env)
    const loadAuditHead = () => Promise.resolve(null)
    const { path } = await makeBackup({ config, now: Date.now(), loadAuditHead })
    const newer = await restore(world, path)
    t.match(newer, { code: 1, stderr: /BACKUP_SCHEMA_NEWER: .*\(9999-tomorrow\)/ })
    const forged = join(makeTempDir(t), 'forged.age')
    const plain = join(makeTempDir(t), 'plain')
    writeFileSync(plain, 'not packed at all')
    const publicKey = world.env['BACKUP_PUBLIC_KEY'] ?? ''
    await encryptFile(plain, forged, { publicKey, createdAt: 1 })
    const unpacked = await restore(world, forged)
    t.match(unpacked, { code: 1, stderr: /^naervaer: BACKUP_DAMAGED: / })
  },
)

t.test('damaged records are not taken for a backup, and without a key there is none', async (t) => {
  const world = await makeFilledWorld(t)
  const without = { ...world.env, BACKUP_PUBLIC_KEY: '' }
  t.match(await runCli(without, 'backup'), { code: 1, stderr: /BACKUP_KEY_MISSING/ })
  const file = new SqliteFile(world.databaseFile)
  file.pragma('wal_checkpoint(truncate)')
  file.pragma('foreign_keys = OFF')
  file.exec(`delete from people where id = 'citizen-0'`)
  file.close()
  const orphaned = await runCli(world.env, 'backup')
  t.match(orphaned, { code: 1, stderr: /RECORDS_DAMAGED: .*points at nothing/ })
  const bytes = readFileSync(world.databaseFile)
  bytes.fill(0xff, 8_192, 65_536)
  writeFileSync(world.databaseFile, bytes)
  const broken = await runCli(world.env, 'backup')
  t.equal(broken.code, 1)
  t.strictSame(readdirSync(world.folder), [], 'what is there is a whole one')
})

t.test('old backups go when a new one is there, and only those', async (t) => {
  const world = await makeFilledWorld(t)
  const own = (name: string) => join(world.folder, name)
  writeFileSync(own('naervaer-2026-01-01T03-00-00Z.age'), '')
  writeFileSync(own('somebody-elses-2020-01-01T03-00-00Z.age'), '')
  const yesterday = new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 19)
  const young = `naervaer-${yesterday.replaceAll(':', '-')}Z.age`
  writeFileSync(own(young), '')
  const aside = join(world.dataDir, 'naervaer.sqlite.before-restore-2026-01-01T03-00-00Z')
  copyFileSync(world.databaseFile, aside)
  const ofServer = join(world.dataDir, 'backups')
  mkdirSync(ofServer)
  for (const day of ['01', '02']) {
    writeFileSync(join(ofServer, `naervaer-before-migration-2026-01-${day}T03-00-00Z.age`), '')
    writeFileSync(join(ofServer, `naervaer-2026-01-${day}T03-00-00Z.age`), '')
    copyFileSync(
      world.databaseFile,
      join(world.dataDir, `naervaer.sqlite.before-migration-2026-01-${day}T03-00-00Z`),
    )
  }
  const forgotten = join(world.dataDir, '.work-killed')
  mkdirSync(forgotten)
  utimesSync(forgotten, new Date(0), new Date(0))
  const { path, removed } = await backUp(world)
  t.strictSame(removed, ['naervaer-2026-01-01T03-00-00Z.age'])
  t.strictSame(
    readdirSync(world.folder).sort(),
    [young, path.slice(world.folder.length + 1), 'somebody-elses-2020-01-01T03-00-00Z.age'].sort(),
  )
  const left = readdirSync(world.dataDir)
  t.notOk(left.includes('.work-killed'), 'what a killed command left in the clear is gone')
  t.notOk(left.some((name) => name.includes('before-')))
  t.strictSame(readdirSync(ofServer), [], 'nor what the server kept before migrations')
})
