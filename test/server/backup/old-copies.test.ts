import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { toStamp } from '../../../server/src/backup/folders.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeApp, makeTempDir } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const DAY_MS = 24 * 3_600_000

t.test('copies in the clear go by their age also where nobody makes backups', async (t) => {
  const dataDir = makeTempDir(t)
  const clock = new FakeClock()
  const backups = join(dataDir, 'backups')
  const start = clock.now()
  const name = (prefix: string, days: number) => `${prefix}${toStamp(start - days * DAY_MS)}`
  const [restored, migrated] = [
    'naervaer.sqlite.before-restore-',
    'naervaer.sqlite.before-migration-',
  ]
  const sealed = (days: number) => `${name('naervaer-before-migration-', days)}.age`
  mkdirSync(backups)
  const write = (folder: string, names: string[]) => {
    for (const each of names) writeFileSync(join(folder, each), '')
  }
  const isOurs = (each: string) => each.includes('before-') || each.startsWith('naervaer-')
  const left = (folder: string) => readdirSync(folder).filter(isOurs).sort()
  const former = name(restored, 4)
  write(dataDir, [former, `${former}-wal`, name(restored, 1), name(migrated, 9), name(migrated, 4)])
  const nightly = `${name('naervaer-', 300)}.age`
  write(backups, [sealed(9), sealed(4), nightly])
  const env = { DATA_DIR: dataDir, BACKUP_KEEP_DAYS: '3' }
  await makeApp(t, { env, clock, databaseFile: join(dataDir, 'naervaer.sqlite') })
  clock.advance(3_600_000)
  await waitFor(
    'the sweep',
    () => (left(dataDir).length <= 2 && left(backups).length <= 2) || undefined,
  )
  t.strictSame(left(dataDir), [name(migrated, 4), name(restored, 1)], 'the newest has its week')
  t.strictSame(left(backups), [nightly, sealed(4)].sort(), 'backups go with backups only')
  clock.advance(4 * DAY_MS)
  await waitFor('nothing but the backup', () => {
    // A sweep that is under way is waited for, and so misses a turn.
    if (left(dataDir).length > 0 || left(backups).length > 1) clock.advance(3_600_000)
    else return true
    return undefined
  })
  t.strictSame(left(backups), [nightly])
})
