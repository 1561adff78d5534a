import { spawnSync } from 'node:child_process'
import { cp, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t from 'tap'
import { plainEnvironment } from '../e2e/support/child.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const TAP = `TAP version 14
# Subtest: test/a.test.ts
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
not ok 1 - test/a.test.ts
# Subtest: test/b.test.ts
    # Subtest: fine
        ok 1 - x
        1..1
    ok 1 - fine
    1..1
not ok 2 - test/b.test.ts
1..2
`

t.test('the count takes tests, and a file that fails for itself is one failure', async (t) => {
  const file = join(await makeTempFolder(t, 'tap'), 'x.tap')
  await writeFile(file, TAP)
  const module = pathToFileURL(join(ROOT, 'scripts/lib/tap-count.mjs')).href
  const code = `import('${module}').then((m) => {
    const counts = m.countTapFile('${file}')
    console.log(JSON.stringify([m.sumCounts(counts.values()), [...counts]]))
  })`
  const { stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' })
  const a = { passed: 2, failed: 1, failures: ['test/a.test.ts > second > inner bad'] }
  const b = { passed: 1, failed: 1, failures: ['test/b.test.ts'] }
  t.same(JSON.parse(stdout), [
    { passed: 3, failed: 2, failures: [...a.failures, ...b.failures] },
    [
      ['test/a.test.ts', a],
      ['test/b.test.ts', b],
    ],
  ])
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
