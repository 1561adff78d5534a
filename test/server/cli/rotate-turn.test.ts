import { chmod, mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { readConfig } from '../../../server/src/config.ts'
import { makeTempFolder } from '../../e2e/support/temp-folder.ts'
import type { TestScope } from '../../e2e/support/test-scope.ts'
import { runCli, runCliJson } from '../../helpers/cli.ts'

const FORMER = '5f0c1b7e93a84d26'
const HOUR_MS = 3_600_000

async function makeStack(t: TestScope, text = `${FORMER}\n`) {
  const folder = await makeTempFolder(t, 'rotate')
  await mkdir(join(folder, 'secrets'))
  const file = join(folder, 'secrets', 'turn_secret')
  await writeFile(file, text)
  await chmod(file, 0o444)
  const rotate = (...args: string[]) =>
    runCli({}, 'keys', 'rotate', 'turn', '--to', folder, ...args)
  const lines = async () => (await readFile(file, 'utf8')).trim().split('\n')
  /** As if the first step had been so long ago. */
  const age = async (ms: number) => {
    const at = (Date.now() - ms) / 1000
    await utimes(file, at, at)
  }
  return { folder, file, rotate, lines, age }
}

t.test('S-33 the new secret stands in front of the former, and alone after the end', async (t) => {
  const { folder, file, rotate, lines, age } = await makeStack(t)
  const begun = await rotate()
  t.equal(begun.code, 0, begun.stderr)
  const [fresh = '', former] = await lines()
  t.match(fresh, /^[0-9a-f]{64}$/)
  t.equal(former, FORMER)
  t.notMatch(begun.stdout, fresh, 'it is printed nowhere')
  t.ok(begun.stdout.indexOf('--wait turn') < begun.stdout.indexOf('--wait app'), 'coturn first')
  t.equal(((await stat(file)).mode & 0o777).toString(8), '444')
  t.strictSame(await readdir(join(folder, 'secrets')), ['turn_secret'], 'no draft is left')
  const env = { TURN_URLS: 'turn:turn.example.dk', TURN_SECRET_FILE: file }
  t.equal(readConfig(env).turn.secret, fresh, 'the server signs with it')

  const early = await rotate('--finish')
  t.equal(early.code, 1)
  t.match(early.stderr, /up to 120 minutes more/)
  t.equal((await lines()).length, 2)

  await age(2 * HOUR_MS + 1_000)
  const again = await rotate()
  t.equal(again.code, 0, again.stderr)
  t.match(again.stdout, 'under way since')
  t.strictSame(await lines(), [fresh, FORMER], 'said again it changes nothing')

  const ended = await rotate('--finish')
  t.equal(ended.code, 0, ended.stderr)
  t.strictSame(await lines(), [fresh])
  t.equal(((await stat(file)).mode & 0o777).toString(8), '444')
  const nothing = await rotate('--finish')
  t.equal(nothing.code, 1)
  t.match(nothing.stderr, 'nothing to finish')
})

t.test('a secret that has leaked is dropped without waiting', async (t) => {
  const { rotate, lines } = await makeStack(t)
  await rotate()
  t.equal((await rotate('--finish', '--now')).code, 0)
  t.equal((await lines()).length, 1)
  t.equal((await rotate('--now')).code, 2, 'only at the end')
})

t.test('the lifetime of credentials is waited for, as TURN_TTL has it', async (t) => {
  const { folder, rotate, age } = await makeStack(t)
  await rotate()
  await age(HOUR_MS)
  const finish = ['keys', 'rotate', 'turn', '--to', folder, '--finish']
  t.equal((await runCli({ TURN_TTL: '86400' }, ...finish)).code, 1)
  const ended = await runCliJson<{ since: null }>({ TURN_TTL: '600' }, ...finish)
  t.equal(ended.since, null)
})

t.test('where no good secret is, nothing is written', async (t) => {
  for (const text of ['short', `${FORMER}\n\n${FORMER}`, `${FORMER}\nshort`, '']) {
    const { rotate, file } = await makeStack(t, text)
    const refused = await rotate()
    t.equal(refused.code, 1)
    t.match(refused.stderr, 'secrets/turn_secret must hold')
    t.equal(await readFile(file, 'utf8'), text)
  }
  const nowhere = await makeTempFolder(t, 'nowhere')
  const refused = await runCli({}, 'keys', 'rotate', 'turn', '--to', nowhere)
  t.match(refused.stderr, 'secrets/turn_secret cannot be read')
  t.strictSame(await readdir(nowhere), [])
})
