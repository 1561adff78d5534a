import { execFileSync } from 'node:child_process'
import { copyFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import t, { type Test } from 'tap'
import { diskCheck } from '../../../server/src/doctor/checks/11-disk.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { fillRecords } from '../../helpers/records.ts'
import { makeDoctorWorld } from './doctor-world.ts'

const SIZE = {
  ...{ citizens: 2, workers: 1, days: 1, callsPerDay: 1, auditLinesPerDay: 2 },
  fromAt: Date.UTC(2026, 9, 1),
}
const LIMIT_MS = 60_000

/** Records on a volume of their own. */
async function makeVolume(t: Test) {
  const { context } = await makeDoctorWorld(t)
  const { config } = context
  if (config === null) throw new Error('no configuration')
  const dataDir = makeTempDir(t)
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=800m', 'tmpfs', dataDir])
  t.teardown(() => execFileSync('umount', [dataDir]))
  const databaseFile = await fillRecords(dataDir, SIZE)
  const look = async () => {
    const at = { ...context, config: { ...config, dataDir, databaseFile } }
    return (await diskCheck.run(at)).map(({ level, code }) => `${level} ${code}`)
  }
  return { dataDir, databaseFile, look }
}

t.test('a volume that fills up is told of before it is full, and after', async (t) => {
  t.setTimeout(LIMIT_MS)
  const { dataDir, look } = await makeVolume(t)
  t.strictSame(await look(), ['ok DISK_OK'])
  writeFileSync(join(dataDir, 'much'), Buffer.alloc(730_000_000))
  t.strictSame(await look(), ['warning DISK_FULL'])
  writeFileSync(join(dataDir, 'more'), Buffer.alloc(100_000_000))
  t.strictSame(await look(), ['error DISK_FULL'])
})

t.test(
  'a volume that may only be read is said to be so, and its records are not called broken',
  async (t) => {
    t.setTimeout(LIMIT_MS)
    const { dataDir, databaseFile, look } = await makeVolume(t)
    const protect = () => execFileSync('mount', ['-o', 'remount,ro', dataDir])
    protect()
    t.strictSame(
      await look(),
      ['error DISK_READ_ONLY'],
      'as a server leaves them that has ended in order',
    )
    execFileSync('mount', ['-o', 'remount,rw', dataDir])
    const records = new SqliteFile(databaseFile)
    records.pragma('user_version = 7')
    for (const end of ['-wal', '-shm'])
      copyFileSync(databaseFile + end, `${databaseFile}.kept${end}`)
    records.close()
    for (const end of ['-wal', '-shm']) renameSync(`${databaseFile}.kept${end}`, databaseFile + end)
    protect()
    t.strictSame(await look(), ['error DISK_READ_ONLY'], 'as one leaves them that was killed')
  },
)

t.test('a database that may only be read in a folder that may be written is told of', async (t) => {
  t.setTimeout(LIMIT_MS)
  const { databaseFile, look } = await makeVolume(t)
  // Root writes whatever the owner is, but not here.
  execFileSync('mount', ['--bind', databaseFile, databaseFile])
  t.teardown(() => execFileSync('umount', [databaseFile]))
  execFileSync('mount', ['-o', 'remount,bind,ro', databaseFile])
  t.strictSame(await look(), ['error DISK_READ_ONLY'])
})
