import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string) => readFile(new URL(path, ROOT), 'utf8')

const compose = await read('docker-compose.yml')
const dockerfiles = await Promise.all(['Dockerfile', 'ops/proxy/Dockerfile'].map(read))

t.test('O-01 every image is named by an exact version', (t) => {
  const images = [compose, ...dockerfiles].flatMap((text) =>
    [...text.matchAll(/^(?:FROM| +image:) +(\S+)/gm)].map(([, image = '']) => image),
  )
  t.ok(images.length >= 6, images.join(', '))
  for (const image of images) {
    t.match(image, /^(naervaer:local|[a-z/]+:v?\d+\.\d+\.\d+(-[a-z-]+)?)$/, image)
  }
  t.end()
})

t.test('the image’s Node is the one that everything was tried on', async (t) => {
  const { packages } = JSON.parse(await read('package-lock.json')) as {
    packages: Record<string, { version: string }>
  }
  const tried = packages['node_modules/node']?.version
  const used = [...(dockerfiles[0] ?? '').matchAll(/^FROM node:(\S+)-bookworm-slim/gm)]
  t.ok(used.length > 0)
  for (const [, version] of used) t.equal(version, tried)
})

t.test('the image’s label has the version of the project', async (t) => {
  const { version } = JSON.parse(await read('package.json')) as { version: string }
  t.match(dockerfiles[0], `org.opencontainers.image.version="${version}"`)
})

t.test('O-05 .env.example has every variable of the stack and of the server', async (t) => {
  const example = await read('.env.example')
  const known = new Set([...example.matchAll(/^#? ?([A-Z][A-Z_0-9]+)=/gm)].map(([, name]) => name))
  const ofStack = [...compose.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name)
  const config = await read('server/src/config.ts')
  const schema = config.slice(
    config.indexOf('EnvironmentSchema'),
    config.indexOf('type Environment'),
  )
  const ofServer = [...schema.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = '']) => name)
  t.ok(ofStack.length > 10 && ofServer.length > 20)
  // Set by the image.
  const missing = new Set([...ofStack, ...ofServer].filter((name) => !known.has(name)))
  t.strictSame([...missing], ['NODE_ENV'])
  const [stack = ''] = example.split('# --- Without Docker')
  const values = [...stack.matchAll(/^[A-Z_]+=/gm)]
  t.ok(values.length > 0 && values.length < 15, `${values.length} values are to be given`)
})

/** What a guide tells to be typed, in Danish and in English. */
async function listCommands(guide: string): Promise<[danish: string[], english: string[]]> {
  const [danish = [], english = []] = await Promise.all(
    ['da', 'en'].map(async (language) => {
      const page = await read(`docs/guides/${guide}.${language}.md`)
      const blocks = page.replaceAll('kommune.dk', 'example.dk').matchAll(/```sh\n(.*?)```/gs)
      return [...blocks].map(([, block = '']) => block.replace(/^ +/gm, ''))
    }),
  )
  return [danish, english]
}

t.test('both installation guides have the same commands', async (t) => {
  const [danish, english] = await listCommands('install')
  t.ok(english.length >= 5)
  t.strictSame(danish, english)
  const [init = ''] = /^docker run .* naervaer init$/m.exec(english.join('')) ?? []
  t.ok(compose.includes(init) && init !== '', 'and the compose file says it as well')
})

t.test('both upgrading guides have the same commands, and ask the new image', async (t) => {
  const [danish, english] = await listCommands('upgrading')
  t.ok(english.length >= 5)
  t.strictSame(danish, english)
  const all = english.join('')
  const order = [
    'docker tag naervaer:local',
    'docker build -t',
    ' init',
    '--dry-run',
    'up -d --build',
  ]
  const places = order.map((words) => all.indexOf(words))
  t.ok(
    places.every((place, index) => place > (places[index - 1] ?? -1)),
    String(places),
  )
  const asked = /compose exec (?!app naervaer maintenance)/
  t.notMatch(all, asked, 'the container that runs is of the version before')
  const [image = ''] = /image: (naervaer:\w+)/.exec(compose) ?? []
  t.ok(
    all.includes(`docker tag naervaer:before ${image.replace('image: ', '')}`),
    'and the way back',
  )
})

t.test('nothing is told to be run in the image that is not in it', async (t) => {
  t.match(dockerfiles[0], /npx/, 'the image takes it away')
  let told = 0
  for await (const path of glob(['*.md', 'docs/**/*.md'], { cwd: fileURLToPath(ROOT) })) {
    for (const [line] of (await read(path)).matchAll(/docker compose (exec|run) [^\n]*/g)) {
      told += 1
      t.notMatch(line, /\b(npx|npm|yarn)\b/, path)
    }
  }
  t.ok(told >= 5)
})

/** The options of coturn in a text, a line each; of a shell script those that it prints. */
const optionsIn = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/(?:^|echo ["'])([a-z][a-z0-9-]+)(?:=([^"'\n]*))?["']?$/gm)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )

t.test('§ 4.6 coturn is hardened, in the file or in the lines behind it', async (t) => {
  const shipped = optionsIn(await read('coturn.conf'))
  const script = await read('ops/turn/run.sh')
  const appended = optionsIn(/^write_configuration\(\) \{\n(.*?)^\}/ms.exec(script)?.[1] ?? '')
  const all = new Map([...shipped, ...appended])
  for (const name of [
    ...['use-auth-secret', 'fingerprint', 'secure-stun', 'unauthorized-ratelimit', 'realm'],
    ...['no-tcp-relay', 'no-multicast-peers', 'no-dynamic-ip-list', 'no-dynamic-realms'],
    ...['user-quota', 'total-quota', 'max-bps', 'min-port', 'max-port', 'denied-peer-ip'],
    ...['max-allocate-lifetime', 'listening-ip', 'relay-ip', 'external-ip', 'cert', 'pkey'],
  ]) {
    t.ok(all.has(name), name)
  }
  t.match(script, /s\/\^\/static-auth-secret=\//, 'static-auth-secret, from its file')
  t.equal(all.get('stale-nonce'), '600')
  t.equal(all.get('unauthorized-ratelimit-rps'), '10')
  t.equal(all.get('log-min-level'), 'warning')
  t.equal(all.get('log-file'), 'stdout')
  t.match(all.get('cipher-list'), /^ECDHE\+AESGCM:/)
  // What opens a door, enlarges answers, or speaks an old protocol.
  for (const name of [
    ...['cli', 'web-admin', 'server-relay', 'oauth', 'allow-loopback-peers', 'mobility'],
    ...['stun-backward-compatibility', 'rfc3489-compatibility', 'rfc5780', 'dtls', 'no-auth'],
    ...['software-attribute', 'include-reason-string', 'tlsv1', 'tlsv1_1', 'lt-cred-mech'],
    ...['verbose', 'Verbose', 'prometheus-username-labels', 'no-cli', 'no-dtls'],
  ]) {
    t.notOk(all.has(name), `no ${name}`)
  }
  // What 4.6.1 calls a bad line stays out of the file.
  for (const name of ['unauthorized-ratelimit', 'log-min-level']) t.notOk(shipped.has(name), name)
})
