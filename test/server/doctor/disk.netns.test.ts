import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { diskCheck } from '../../../server/src/doctor/checks/11-disk.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { fillRecords } from '../../helpers/records.ts'
import { makeDoctorWorld } from './doctor-world.ts'

const SIZE = {
  ...{ citizens: 2, workers: 1, days: 1, callsPerDay: 1, auditLinesPerDay: 2 },
  fromAt: Date.UTC(2026, 9, 1),
}
const LIMIT_MS = 60_000

t.test('a volume that fills up is told of before it is full, and after', async (t) => {
  t.setTimeout(LIMIT_MS)
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
  t.strictSame(await look(), ['ok DISK_OK'])
  writeFileSync(join(dataDir, 'much'), Buffer.alloc(730_000_000))
  t.strictSame(await look(), ['warning DISK_FULL'])
  writeFileSync(join(dataDir, 'more'), Buffer.alloc(100_000_000))
  t.strictSame(await look(), ['error DISK_FULL'])
})
