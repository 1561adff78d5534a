import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { plainEnvironment } from '../e2e/support/child.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Begins the trial of the stack as somebody who has nothing but this checkout. */
function begin(...args: string[]) {
  const isRoot = process.getuid?.() === 0
  // Root without its rights, in whatever folder only root may read.
  const program = isRoot ? ['unshare', '--user', process.execPath] : [process.execPath]
  const [first = '', ...more] = [...program, 'scripts/docker-test.mjs', '--prepared', ...args]
  return spawnSync(first, more, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
    // Where no Docker Engine answers.
    env: plainEnvironment({ DOCKER_HOST: 'unix:///nowhere/docker.sock' }),
  })
}

t.test('where a machine lacks the rights for it, the trial of the stack says so and fails', (t) => {
  for (const args of [['--own-engine'], []]) {
    const { status, stdout, stderr } = begin(...args)
    t.equal(status, 1)
    t.match(stderr, /^Nærvær: (a Docker Engine of its own needs root|missing for the tests)/)
    t.match(stdout, /^0 passed, 1 failed\n$/)
  }
  t.end()
})

t.test('it does not make an engine where the machine’s own was asked for', (t) => {
  const { status, stderr } = begin('--existing-engine')
  t.equal(status, 1)
  t.match(stderr, /no Docker Engine 26 or later answers here|missing for the tests/)
  t.end()
})

t.test('an option that it does not know is no reason to try something else', (t) => {
  const { status, stdout, stderr } = begin('--fast')
  t.equal(status, 1)
  t.match(stderr, 'unknown option --fast')
  t.match(stdout, '0 passed, 1 failed')
  t.end()
})
