import { spawn } from 'node:child_process'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { CHECKS } from '../../../server/src/doctor/checks.ts'
import { examine } from '../../../server/src/doctor/examine.ts'
import type { DoctorContext } from '../../../server/src/doctor/check.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { fillRecords } from '../../helpers/records.ts'
import { makeDoctorWorld } from './doctor-world.ts'

const LIMIT_MS = 60_000

/** Four checks look into the records, and one tries to write: each waits its two seconds at most. */
const DOCTOR_LIMIT_MS = 20_000

/** Those that ask a relay need a coturn and a network of their own. */
const WITHOUT_RELAY = CHECKS.filter(({ number }) => ![6, 7, 8].includes(number))

/** As a program does that copies the file, or hangs in the middle of a change. */
const HOLD = `const file = new (require('better-sqlite3'))(process.argv[1])
if (process.argv[2] === 'alone') file.pragma('locking_mode = exclusive')
file.exec('begin exclusive')
console.log('held')
process.stdin.resume().on('end', () => file.exec('rollback'))`

/** @returns what lets go of them */
async function hold(
  t: Test,
  databaseFile: string,
  how: 'writing' | 'alone',
): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--no-warnings', '-e', HOLD, databaseFile, how], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  t.teardown(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return async () => {
    child.stdin.end()
    await exited
  }
}

/** What is not well, by check, and how long it took to find out. */
async function look(context: DoctorContext) {
  const at = performance.now()
  const examined = await examine(WITHOUT_RELAY, context)
  const lines = examined.flatMap(({ check: { number }, findings }) =>
    findings
      .filter(({ level }) => level !== 'ok')
      .map(({ level, code }) => `${number} ${level} ${code}`),
  )
  return {
    lines,
    findings: examined.flatMap(({ findings }) => findings),
    tookMs: performance.now() - at,
  }
}

t.test(
  'O-14 records that somebody holds are said to be held, and all else as before',
  async (t) => {
    t.setTimeout(LIMIT_MS)
    const { context } = await makeDoctorWorld(t)
    const before = await look(context)
    const letGo = await hold(t, context.config?.databaseFile ?? '', 'writing')
    const { lines, findings, tookMs } = await look(context)
    t.strictSame(
      lines.filter((line) => !before.lines.includes(line)),
      ['11 error RECORDS_BUSY'],
    )
    t.ok(tookMs < DOCTOR_LIMIT_MS, `${tookMs.toFixed(0)} ms`)
    const busy = findings.find(({ code }) => code === 'RECORDS_BUSY')
    t.match(busy?.text.da, /ventet 2 s.*betyder ikke/)
    t.match(busy?.todo?.en, /Restore no backup/)
    await letGo()
    t.strictSame((await look(context)).lines, before.lines, 'all is well again')
  },
)

t.test('records that cannot even be read meanwhile are not called broken', async (t) => {
  t.setTimeout(LIMIT_MS)
  const { context } = await makeDoctorWorld(t)
  const { config } = context
  if (config === null) throw new Error('no configuration')
  const dataDir = makeTempDir(t)
  const size = { citizens: 2, workers: 1, days: 1, callsPerDay: 1, auditLinesPerDay: 2 }
  const databaseFile = await fillRecords(dataDir, { ...size, fromAt: context.now() })
  await hold(t, databaseFile, 'alone')
  const held = { ...context, config: { ...config, dataDir, databaseFile } }
  const { lines, tookMs } = await look(held)
  t.strictSame(
    lines.filter((line) => /^(9|11|15|20) /.test(line)),
    ['11 error RECORDS_BUSY', '15 unseen SCHEMA_UNREADABLE', '20 unseen RETENTION_UNREADABLE'],
  )
  t.ok(tookMs < DOCTOR_LIMIT_MS, `${tookMs.toFixed(0)} ms`)
})
