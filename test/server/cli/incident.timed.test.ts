import { performance } from 'node:perf_hooks'
import t from 'tap'
import { loadIncident, type Touched } from '../../../server/src/audit/touched.ts'
import { openDatabase } from '../../../server/src/database/open.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'
import { FIXTURE_KEY, fillRecords } from '../../helpers/records.ts'

/** Criterion L-12. */
const LIMIT_MS = 10_000

const DAY_MS = 24 * 3_600_000

/** Days of 200 lines, each in its order: `worker-(n % 34)` does something with `citizen-(n % 150)`. */
const A_YEAR = {
  ...{ citizens: 150, workers: 34, days: 365, callsPerDay: 1, auditLinesPerDay: 200 },
  fromAt: Date.UTC(2025, 10, 1),
}

interface Listed {
  readonly people: readonly (Touched & { readonly pseudonym: string | null })[]
  readonly knownFrom: number
}

t.test('L-12 who was touched in a year, and by whom, is known within ten seconds', async (t) => {
  const dataDir = makeTempDir(t)
  const database = openDatabase(await fillRecords(dataDir, A_YEAR))
  t.teardown(() => database.destroy())
  const env = { DATA_DIR: dataDir, MASTER_KEY: FIXTURE_KEY }
  // The question alone: how long a process takes to start says more of the machine.
  const beganAt = performance.now()
  await loadIncident(database, { from: 0, to: A_YEAR.fromAt + 400 * DAY_MS })
  const tookMs = performance.now() - beganAt
  const year = ['--from', '2025-10-31', '--to', '2026-11-02']
  const all = await runCliJson<Listed>(env, 'incident', ...year)
  t.comment(`${A_YEAR.days * A_YEAR.auditLinesPerDay} lines in ${Math.round(tookMs)} ms`)
  t.ok(tookMs < LIMIT_MS, `${tookMs} ms`)
  const citizens = all.people.filter(({ subjectId }) => subjectId?.startsWith('citizen-'))
  t.equal(citizens.length, 150)
  const sum = (of: 'reads' | 'writes') => citizens.reduce((count, each) => count + each[of], 0)
  t.equal(sum('reads') + sum('writes'), 73_000)
  t.equal(sum('reads'), 24_334, 'every third line is a look-up')
  t.ok(citizens.every(({ pseudonym }) => /^Borger [0-9A-F]{4,}$/.test(pseudonym ?? '')))

  // The 400 lines of two days: number n is at n / 200 days.
  const from = new Date(A_YEAR.fromAt + 100 * DAY_MS).toISOString().slice(0, 16) + 'Z'
  const to = new Date(A_YEAR.fromAt + 102 * DAY_MS).toISOString().slice(0, 16) + 'Z'
  const span = ['--from', from, '--to', to]
  const two = await runCliJson<Listed>(env, 'incident', ...span)
  const count = ({ people }: Listed) =>
    people.reduce((all, { reads, writes }) => all + reads + writes, 0)
  t.equal(count(two), 400)
  const byOne = await runCliJson<Listed>(env, 'incident', ...span, '--actor', 'worker-5')
  const numbers = Array.from({ length: 400 }, (_, index) => 20_000 + index)
  const expected = numbers.filter((number) => number % 34 === 5)
  t.equal(count(byOne), expected.length)
  t.strictSame(
    byOne.people.map(({ subjectId }) => subjectId).sort(),
    [...new Set(expected.map((number) => `citizen-${number % 150}`))].sort(),
  )
  const none = await runCliJson<Listed>(env, 'incident', ...span, '--actor', 'citizen-1')
  t.strictSame(none.people, [])
  const slip = await runCli(env, 'incident', ...span, '--actor', 'worker-5x')
  t.match(slip, { code: 2, stderr: /nobody has this id/ })
})

t.test('L-12 the log says of what time it knows nothing, and a span must be one', async (t) => {
  const dataDir = makeTempDir(t)
  const size = { ...{ citizens: 2, workers: 1, days: 1, callsPerDay: 1, auditLinesPerDay: 4 } }
  await fillRecords(dataDir, { ...size, fromAt: Date.UTC(2026, 0, 5) })
  const env = { DATA_DIR: dataDir, MASTER_KEY: FIXTURE_KEY }
  const { stdout, code } = await runCli(
    env,
    'incident',
    '--from',
    '2026-01-01',
    '--to',
    '2026-01-06',
  )
  t.equal(code, 0)
  t.match(stdout, /^ID +WHO +READS +WRITES +FIRST +LAST\n/)
  t.match(stdout, /citizen-1 +Borger [0-9A-F]{4} +\d+ +\d+ +2026-01-05T/)
  t.match(stdout, /Before 2026-01-05T06:00:00Z the log says nothing/)
  t.notMatch(stdout, 'Kanariefugl')
  for (const span of [
    ['--from', '2026-01-05'],
    ['--from', '2026-02-30', '--to', '2026-03-02'],
    ['--from', '2026-01-05', '--to', '2026-01-04'],
    ['--from', 'yesterday', '--to', '2026-01-04'],
  ]) {
    t.match(await runCli(env, 'incident', ...span), { code: 2 }, span.join(' '))
  }
  const { stdout: verified } = await runCli(env, 'audit', 'verify')
  t.match(verified, 'is whole: 5 lines')
})
