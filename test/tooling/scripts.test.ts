import { spawnSync } from 'node:child_process'
import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t from 'tap'
import { plainEnvironment } from '../e2e/support/child.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const TAP = `TAP version 14
# Subtest: first
    ok 1 - x
    ok 2 - y
    1..2
ok 1 - first
# Subtest: second
    # Subtest: inner good
        ok 1 - x
        1..1
    ok 1 - inner good
    # Subtest: inner bad
        not ok 1 - x
        1..1
    not ok 2 - inner bad
    1..2
not ok 2 - second
1..2
`

const GOOD_TAP = `TAP version 14
# Subtest: fine
    ok 1 - x
    1..1
ok 1 - fine
1..1
`

/** A file whose end never came, though all that it tried was good. */
const CUT_TAP = GOOD_TAP.replace(/1\.\.1\n$/, '1..2\n')

t.test('the count takes tests, and a file that fails for itself is one failure', (t) => {
  const module = pathToFileURL(join(ROOT, 'scripts/lib/tap-count.mjs')).href
  const cases = [
    ['a', TAP, false],
    ['b', GOOD_TAP, false],
    ['c', GOOD_TAP, true],
    ['d', CUT_TAP, true],
    ['e', 'TAP version 14\nok 1 - x\n1..1\n', true],
    ['f', '', true],
  ]
  const code = `import('${module}').then((m) => {
    const counts = ${JSON.stringify(cases)}.map((each) => m.countTap(...each))
    console.log(JSON.stringify([...counts, m.sumCounts(counts)]))
  })`
  const { stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' })
  const all = [
    { passed: 2, failed: 1, failures: ['a > second > inner bad'] },
    { passed: 1, failed: 1, failures: ['b'] },
    { passed: 1, failed: 0, failures: [] },
    { passed: 1, failed: 1, failures: ['d'] },
    { passed: 1, failed: 0, failures: [] },
    { passed: 0, failed: 1, failures: ['f'] },
  ]
  const sum = { passed: 6, failed: 4, failures: all.flatMap(({ failures }) => failures) }
  t.same(JSON.parse(stdout), [...all, sum])
  t.end()
})

const GOOD_TEST = `import t from 'tap'
t.test('fine', (t) => {
  t.ok(true)
  t.end()
})
`

/** Each would be taken for good by a runner that looks at less. */
const BAD_TESTS = {
  skipped: `import t from 'tap'\nt.test('later', { skip: true }, (t) => t.end())\n`,
  todo: `import t from 'tap'\nt.test('later', { todo: true }, (t) => t.end())\n`,
  only: GOOD_TEST.replace("t.test('fine', ", "t.test('fine', { only: true }, "),
  broken: `${GOOD_TEST}setImmediate(() => { throw new Error('after all') })\n`,
  unloadable: `import './not-there.ts'\n`,
  ended: `${GOOD_TEST}process.on('exit', () => { process.exitCode = 3 })\n`,
  empty: ``,
  outlived: `import { spawn } from 'node:child_process'
${GOOD_TEST}spawn('sleep', ['8'], { stdio: 'inherit', detached: true }).unref()
`,
  hanging: `${GOOD_TEST}process.on('SIGTERM', () => undefined)
process.on('SIGALRM', () => undefined)
setInterval(() => undefined, 1000)
`,
}

t.test('a file passes only when all that is in it was run and good', async (t) => {
  // Below the checkout, where tap is found.
  const folder = join(ROOT, '.build', `runner-${String(process.pid)}`)
  await mkdir(folder, { recursive: true })
  t.teardown(() => rm(folder, { recursive: true }))
  const module = pathToFileURL(join(ROOT, 'scripts/lib/test-file.mjs')).href
  const run = async (name: string, test: string) => {
    const file = join(folder, `${name}.ts`)
    await writeFile(file, test)
    const code = `import('${module}').then(async (m) => {
      const limits = { fileS: 5, graceS: 1, outlivedMs: 1000 }
      const { count } = await m.runTestFile('${file}', limits)
      console.log('\\n' + JSON.stringify([count.passed, count.failed]))
    })`
    const { stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' })
    const [passed, failed] = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as number[]
    return { passed, failed, stdout }
  }
  t.match(await run('good', GOOD_TEST), { passed: 1, failed: 0 })
  for (const [name, test] of Object.entries(BAD_TESTS)) {
    const { failed, stdout } = await run(name, test)
    t.equal(failed, 1, name)
    t.match(stdout, `FAILED ${join(folder, name)}.ts`)
  }
})

t.test('start without npm says so in one line', async (t) => {
  const folder = await makeTempFolder(t, 'start')
  await cp(join(ROOT, 'scripts'), join(folder, 'scripts'), { recursive: true })
  await cp(join(ROOT, 'package-lock.json'), join(folder, 'package-lock.json'))
  await symlink(process.execPath, join(folder, 'node'))
  const { status, stderr } = spawnSync(join(folder, 'node'), ['scripts/start.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...plainEnvironment(), PATH: folder },
  })
  t.equal(status, 1)
  t.equal(stderr, 'Nærvær: npm was not found: install npm 10 or later beside Node.\n')
})
