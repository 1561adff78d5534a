import { spawn } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SqliteFile from 'better-sqlite3'
import t from 'tap'
import { findFlaw } from '../../../server/src/backup/manifest.ts'
import { runCli } from '../../helpers/cli.ts'
import { compiledSources } from '../../helpers/compiled-sources.ts'
import { fillRecords } from '../../helpers/records.ts'
import { backUp, makeBackupWorld, restore, type BackupWorld } from './backup-world.ts'

const LIMIT_MS = 180_000
const MAIN = fileURLToPath(new URL('../../../server/src/cli/main.ts', import.meta.url))

/** Not at every event, of which there are some forty: each is two processes. */
const STEP = 3

const SIZE = {
  ...{ citizens: 40, workers: 4, days: 60, callsPerDay: 20, auditLinesPerDay: 40 },
  fromAt: Date.UTC(2026, 8, 1),
}

/**
 * Runs a command and ends it by force at the n-th thing that happens in these folders.
 *
 * @returns whether it was ended before it was done
 */
function killAt(
  { env, dataDir, folder }: BackupWorld,
  count: number,
  ...args: string[]
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let seen = 0
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...compiledSources(), ...env },
      stdio: 'ignore',
    })
    const note = () => {
      seen += 1
      if (seen === count) child.kill('SIGKILL')
    }
    const watchers = [dataDir, folder].map((each) => watch(each, note))
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      for (const watcher of watchers) watcher.close()
      resolve(signal === 'SIGKILL')
    })
  })
}

t.test(
  'whenever a restore is ended by force, the records are whole: the old or the new',
  async (t) => {
    t.setTimeout(LIMIT_MS)
    const world = await makeBackupWorld(t)
    await fillRecords(world.dataDir, SIZE)
    const { path } = await backUp(world)
    const file = new SqliteFile(world.databaseFile)
    file.exec(`update people set name = 'Kommet til' where id = 'citizen-1'`)
    file.close()
    const former = join(world.folder, 'former.sqlite')
    copyFileSync(world.databaseFile, former)
    const seen = { killed: 0, old: 0, new: 0 }
    for (let count = 1; ; count += STEP) {
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(`${world.databaseFile}${suffix}`, { force: true })
      copyFileSync(former, world.databaseFile)
      const isKilled = await killAt(world, count, 'restore', path, '--key', world.keyFile)
      const records = new SqliteFile(world.databaseFile, { fileMustExist: true })
      t.equal(findFlaw(records), null, `at the ${count}th event`)
      const name = records.prepare(`select name from people where id = 'citizen-1'`).pluck().get()
      records.close()
      if (name === 'Kommet til') seen.old += 1
      else seen.new += 1
      if (!isKilled) break
      seen.killed += 1
    }
    t.ok(seen.killed > 2 && seen.old > 0 && seen.new > 0, JSON.stringify(seen))
    t.match(await restore(world, path), { code: 0 }, 'nothing is held by the dead')
    t.match(await runCli(world.env, 'audit', 'verify'), { code: 0 })
  },
)

t.test('whenever a backup is ended by force, what has its name is whole', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeBackupWorld(t)
  await fillRecords(world.dataDir, SIZE)
  let killed = 0
  for (let count = 1; ; count += STEP) {
    const isKilled = await killAt(world, count, 'backup')
    for (const name of readdirSync(world.folder).filter((each) => /^naervaer-/.test(each))) {
      const path = join(world.folder, name)
      const { code } = await runCli(world.env, 'backup', 'verify', path, '--key', world.keyFile)
      t.equal(code, 0, `at the ${count}th event`)
      t.notOk(readFileSync(path).includes('SQLite format'))
      rmSync(path)
    }
    if (!isKilled) break
    killed += 1
  }
  t.ok(killed > 2, `${killed} times`)
})
