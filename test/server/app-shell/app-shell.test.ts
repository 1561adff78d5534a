import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { APP_NAMES, type AppNameKey } from '@naervaer/shared'
import { PATHS } from '../../../client/src/app/paths.ts'
import { makeManifest } from '../../../server/src/app-shell/manifest.ts'
import { BrowserJar } from '../../helpers/browser-jar.ts'
import { makeApp, makeTempDir } from '../../helpers/build-app.ts'
import { runCli } from '../../helpers/cli.ts'

const PUBLIC = fileURLToPath(new URL('../../../client/public/', import.meta.url))
const KEYS = Object.keys(APP_NAMES) as AppNameKey[]

/** What must not be read over a shoulder. */
const TELLING = /støtte|kommune|psyk|bosted|support|care|municipal|mental/i

async function readName(jar: BrowserJar): Promise<string> {
  const answer = await jar.send('GET', '/manifest.webmanifest')
  return answer.json<{ name: string }>().name
}

t.test('N14 each device calls the app by the name that was chosen on it', async (t) => {
  const { app } = await makeApp(t)
  const [own, other] = [new BrowserJar(app), new BrowserJar(app)]
  t.equal(await readName(own), 'Nærvær')
  for (const key of KEYS) {
    t.equal(await own.ask('PUT', '/api/app-name', { name: key }), '204')
    t.equal(await readName(own), APP_NAMES[key].name)
  }
  t.equal(await readName(other), 'Nærvær')
  t.equal(await own.ask('PUT', '/api/app-name', { name: 'bostøtte' }), '400 BODY_INVALID')
  own.cookies.set('naervaer-app-name', 'toString')
  t.equal(await readName(own), 'Nærvær', 'a cookie with something else is none')
})

t.test(
  'N14 the manifest says nothing of support, and is the same app under each name',
  async (t) => {
    for (const key of KEYS) {
      const manifest = makeManifest(key)
      t.notMatch(JSON.stringify(manifest), TELLING)
      t.match(manifest, { id: '/', start_url: '/', scope: '/', display: 'standalone' })
    }
    const { app } = await makeApp(t)
    const answer = await app.inject({ url: '/manifest.webmanifest' })
    t.match(answer.headers['content-type'], /^application\/manifest\+json/)
    t.equal(answer.headers['cache-control'], 'no-cache')
  },
)

t.test('every address with a page of the client is given out by the server', async (t) => {
  const clientRoot = makeTempDir(t)
  await writeFile(join(clientRoot, 'index.html'), '<!doctype html><title>Nærvær</title>')
  const { app } = await makeApp(t, { clientRoot })
  for (const url of PATHS) {
    const { statusCode, body } = await app.inject({ url, headers: { accept: 'text/html' } })
    t.match({ statusCode, body }, { statusCode: 200, body: /Nærvær/ }, url)
  }
})

/** Width and height as the PNG itself has them (ISO/IEC 15948 § 11.2.2). */
function readSize(file: string): string {
  const bytes = readFileSync(file)
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`
}

t.test('the icons and pictures are there, of the sizes that are said', (t) => {
  const { icons, screenshots } = makeManifest('naervaer')
  for (const { src, sizes, type } of [...icons, ...screenshots]) {
    t.ok(existsSync(join(PUBLIC, src)), src)
    if (type === 'image/png') t.equal(readSize(join(PUBLIC, src)), sizes, src)
  }
  t.equal(readSize(join(PUBLIC, 'icons/apple-touch-icon.png')), '180x180')
  t.same(new Set(screenshots.map(({ form_factor }) => form_factor)), new Set(['narrow', 'wide']))
  t.end()
})

t.test(
  'S-19 the kill switch changes the worker that is given out, and is in the log',
  async (t) => {
    const [clientRoot, dataDir] = [makeTempDir(t), makeTempDir(t)]
    await mkdir(clientRoot, { recursive: true })
    await writeFile(join(clientRoot, 'index.html'), '')
    const { app } = await makeApp(t, {
      clientRoot,
      databaseFile: join(dataDir, 'naervaer.sqlite'),
      env: { DATA_DIR: dataDir },
    })
    const ask = () => app.inject({ url: '/service-worker.js' })
    t.equal((await ask()).statusCode, 404, 'a client that is not built has none')
    await writeFile(join(clientRoot, 'service-worker.js'), 'keep()')
    await writeFile(join(clientRoot, 'farewell-worker.js'), 'leave()')
    t.match(await ask(), { body: 'keep()', headers: { 'cache-control': 'no-cache' } })

    const env = { DATA_DIR: dataDir }
    t.match(await runCli(env, 'kill-switch', 'on', '--json'), {
      code: 0,
      stdout: '{"isOn":true}\n',
    })
    t.match(await ask(), { body: 'leave()', headers: { 'cache-control': 'no-cache' } })
    t.match(await runCli(env, 'kill-switch', 'off'), { code: 0 })
    t.match(await runCli(env, 'kill-switch', 'off'), { code: 0 }, 'off twice is off')
    t.equal((await ask()).body, 'keep()')
    t.match(await runCli(env, 'kill-switch', 'maybe'), { code: 2 })

    const lines = await app.database
      .selectFrom('audit_events')
      .select('details')
      .where('action', '=', 'killSwitch.set')
      .orderBy('seq')
      .execute()
    t.same(
      lines.map(({ details }) => JSON.parse(details) as unknown),
      [{ kind: 'on' }, { kind: 'off' }, { kind: 'off' }],
    )
  },
)
