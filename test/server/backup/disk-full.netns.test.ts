import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCli } from '../../helpers/cli.ts'
import { fillRecords } from '../../helpers/records.ts'
import { backUp, makeBackupWorld, readAll, restore, type BackupWorld } from './backup-world.ts'

/** Each command is a process of its own. */
const PROCESSES_LIMIT_MS = 60_000

/** A volume of so many KiB of its own; needs root. */
function makeVolume(t: Test, kib: number): string {
  const folder = makeTempDir(t)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder])
  // Before the folder goes: what is set up last is taken down first.
  t.teardown(() => execFileSync('umount', [folder]))
  return folder
}

const SIZE = {
  citizens: 40,
  workers: 4,
  days: 30,
  callsPerDay: 10,
  auditLinesPerDay: 20,
  fromAt: Date.UTC(2026, 9, 1),
}

async function makeFilledWorld(t: Test): Promise<BackupWorld> {
  t.setTimeout(PROCESSES_LIMIT_MS)
  const world = await makeBackupWorld(t)
  await fillRecords(world.dataDir, SIZE)
  return world
}

t.test('no room for the backup: it says so, and leaves nothing that looks like one', async (t) => {
  const world = await makeFilledWorld(t)
  const small = makeVolume(t, 32)
  const full = await runCli(world.env, 'backup', '--to', small)
  t.match(full, { code: 1, stderr: /^naervaer: BACKUP_DISK_FULL: [^\n]+\n$/ })
  t.strictSame(readdirSync(small), [])
  t.notOk(readdirSync(world.dataDir).some((name) => name.startsWith('.work-')))
})

t.test('no room to unpack a backup: the records stay what they were', async (t) => {
  const world = await makeFilledWorld(t)
  const { path } = await backUp(world)
  const dataDir = makeVolume(t, 1_024)
  copyFileSync(world.databaseFile, join(dataDir, 'naervaer.sqlite'))
  const at = { ...world, env: { ...world.env, DATA_DIR: dataDir } }
  const before = readAll(dataDir)
  const full = await restore(at, path)
  t.match(full, { code: 1, stderr: /^naervaer: BACKUP_DISK_FULL: [^\n]+\n$/ })
  const lock = join(dataDir, 'in-use.lock')
  t.strictSame(readAll(dataDir), { ...before, [lock]: '' })
})
