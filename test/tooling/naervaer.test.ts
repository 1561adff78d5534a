import { spawnSync } from 'node:child_process'
import { lstat, mkdir, readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { plainEnvironment } from '../e2e/support/child.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BIN = 'server/bin/naervaer.mjs'
const LIMIT_MS = 60_000

/** Where the machine's own programs are: the path of this run, without the project's. */
const SYSTEM_PATH = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter)

/** Runs a program at the root as somebody does who has only what the machine brings. */
function run(program: string, args: readonly string[], dataDir: string, path = SYSTEM_PATH) {
  return spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: LIMIT_MS,
    env: {
      ...plainEnvironment(),
      PATH: path,
      DATA_DIR: dataDir,
      npm_config_update_notifier: 'false',
    },
  })
}

t.test('npx naervaer works at the root, whatever Node the machine has', async (t) => {
  t.setTimeout(2 * LIMIT_MS)
  const dataDir = await makeTempFolder(t, 'naervaer')
  // Without leave to fetch anything: it is this checkout's own that runs.
  const made = run('npx', ['--no', 'naervaer', 'admin', 'create', 'Bo', '--json'], dataDir)
  t.equal(made.status, 0, made.stderr)
  const account = JSON.parse(made.stdout) as { id: string; url: string }
  t.match(account.url, /\/invitation#/)
  const listed = run('npx', ['--no', 'naervaer', 'admin', 'list', '--json'], dataDir)
  t.match(JSON.parse(listed.stdout), [{ id: account.id, name: 'Bo', roles: ['it'] }])
  const unknown = run('npx', ['--no', 'naervaer', 'nonsense'], dataDir)
  t.equal(unknown.status, 2, 'the exit code comes through')
  t.match(unknown.stderr, /there is no such command/)
})

t.test('what npm links is there, may be run, and runs without npm', async (t) => {
  const link = join(ROOT, 'node_modules/.bin/naervaer')
  const target = resolve(dirname(link), await readlink(link))
  t.ok((await lstat(link)).isSymbolicLink())
  const content = await readFile(target, 'utf8')
  t.ok(content.startsWith('#!/usr/bin/env node\n'))
  t.equal((await stat(join(ROOT, BIN))).mode & 0o111, 0o111)
  const listed = spawnSync('git', ['ls-files', '-s', BIN], { cwd: ROOT, encoding: 'utf8' })
  t.match(listed.stdout, /^100755 /, 'in a clone as well')
  t.equal(run(link, ['--help'], await makeTempFolder(t, 'naervaer')).status, 0)
})

t.test('an old Node without ours beside it says what to do', async (t) => {
  const folder = await makeTempFolder(t, 'checkout')
  await mkdir(join(folder, 'server/bin'), { recursive: true })
  // Says of itself that it is old, as the file asks it.
  const source = await readFile(join(ROOT, BIN), 'utf8')
  await writeFile(join(folder, BIN), source.replaceAll('process.versions.node', "'20.20.2'"))
  const { status, stderr } = spawnSync(process.execPath, [join(folder, BIN), 'people'], {
    encoding: 'utf8',
  })
  t.equal(status, 1)
  t.match(stderr, /^naervaer: Node 20\.20\.2 is too old, .*npm rebuild node/)
})

t.test('the image has it by the same name', async (t) => {
  const lines = (await readFile(join(ROOT, 'Dockerfile'), 'utf8')).split('\n')
  const ofServer = lines.slice(lines.findIndex((line) => line.endsWith(' AS server')))
  const isLinked = ofServer.indexOf('COPY server/bin server/bin')
  const isInstalled = ofServer.findIndex((line) => line.startsWith('RUN npm ci'))
  t.ok(isLinked !== -1 && isLinked < isInstalled, 'npm links only what is there when it installs')
})
