import { readFileSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { inNamespace, plainEnvironment, startChild } from '../../e2e/support/child.ts'
import { ip, makeTestNetwork, PUBLIC_ADDRESS, type TestNetwork } from '../../e2e/support/network.ts'
import { FORBIDDEN } from '../../../server/src/doctor/checks/07-abuse.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { TestAuthority } from '../../helpers/certificates.ts'

const LIMIT_MS = 180_000
const SECRET = 'f0b3d85c1e6a4729'
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const HARDENED = readFileSync(join(ROOT, 'coturn.conf'), 'utf8')
/** A second address of the relay's machine. */
const RELAY_ADDRESS = '203.0.113.11'
const PAGE_PORT = 8443
const TLS_PORT = 5349

interface Found {
  readonly number: number
  readonly findings: readonly {
    readonly level: string
    readonly code: string
    readonly text: string
  }[]
}

interface TurnWorld {
  readonly network: TestNetwork
  readonly authority: TestAuthority
  readonly env: Record<string, string>
  /** Starts coturn with these lines instead of the installation's usual ones. @returns how to stop it */
  startTurn(own?: readonly string[], shared?: string): Promise<() => Promise<void>>
  /** What the relay's checks find, by number, of what is no `ok`. */
  look(namespace: string, ...words: string[]): Promise<Map<number, string[]>>
}

async function makeTurnWorld(t: Test): Promise<TurnWorld> {
  const network = await makeTestNetwork(t)
  await ip('-n', network.server, 'address', 'add', `${RELAY_ADDRESS}/32`, 'dev', 'public0')
  const folder = makeTempDir(t)
  const authority = new TestAuthority(makeTempDir(t))
  const { cert, key } = authority.issue({ names: [`IP:${PUBLIC_ADDRESS}`], days: 60 })
  writeFileSync(join(folder, 'cert.pem'), cert)
  writeFileSync(join(folder, 'key.pem'), key)
  const at = `${PUBLIC_ADDRESS}:3478`
  const env = {
    ...{
      DATA_DIR: join(folder, 'data'),
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      HOST: PUBLIC_ADDRESS,
    },
    ...{ PORT: String(PAGE_PORT), PUBLIC_URL: `https://${PUBLIC_ADDRESS}:${PAGE_PORT}` },
    ...{
      TLS_CERT: join(folder, 'cert.pem'),
      TLS_KEY: join(folder, 'key.pem'),
      PUSH_ENABLED: 'off',
    },
    TURN_URLS: `turn:${at}?transport=udp,turn:${at}?transport=tcp,turns:${PUBLIC_ADDRESS}:${TLS_PORT}`,
    TURN_SECRET: SECRET,
  }
  const usual = [`relay-ip=${PUBLIC_ADDRESS}`, `allowed-peer-ip=${PUBLIC_ADDRESS}`]
  const startTurn = async (own: readonly string[] = usual, shared = HARDENED) => {
    const file = join(folder, 'turnserver.conf')
    const files = { cert: 'cert.pem', pkey: 'key.pem', pidfile: 'turn.pid', userdb: 'turndb' }
    const lines = [
      ...[
        shared,
        `listening-ip=${PUBLIC_ADDRESS}`,
        'realm=turn.example.dk',
        'log-file=stdout',
        'verbose',
      ],
      ...[`static-auth-secret=${SECRET}`, `tls-listening-port=${TLS_PORT}`],
      ...Object.entries(files).map(([name, path]) => `${name}=${join(folder, path)}`),
      ...own,
      '',
    ]
    writeFileSync(file, lines.join('\n'))
    const child = startChild(inNamespace(network.server, ['turnserver', '-c', file]))
    t.teardown(() => child.end('SIGKILL'))
    await child.line(/TLS\/?.*TCP listener opened on|TCP listener opened on/)
    await child.line(/IPv4\. TLS\/SCTP|TLS.* listener opened|Total .*relay threads|listener opened/)
    return () => child.end('SIGKILL')
  }
  const look = async (namespace: string, ...words: string[]) => {
    const args = ['doctor', '--seconds', '1', '--ntp', '127.0.0.1:9', '--json', ...words]
    const main = join(ROOT, 'server/src/cli/main.ts')
    const command: [string, ...string[]] = [
      process.execPath,
      main,
      ...args,
      '--ca',
      authority.caFile,
    ]
    const [program, ...rest] = inNamespace(namespace, command)
    const { stdout } = await promisify(execFile)(program, rest, {
      env: plainEnvironment(env),
    }).catch(
      // It ends with 1 where there is an error, and has printed all the same.
      (error: unknown) => error as { stdout: string },
    )
    const all = JSON.parse(stdout) as Found[]
    return new Map(
      all.map(({ number, findings }) => [
        number,
        findings.map((each) => `${each.level} ${each.code}`),
      ]),
    )
  }
  return { network, authority, env, startTurn, look }
}

/** coturn listens before it knows its secret: looked at until the relay is as expected, or the time is up. */
async function lookUntil(world: TurnWorld, wanted: string): Promise<Map<number, string[]>> {
  const until = Date.now() + 20_000
  for (;;) {
    const found = await world.look(world.network.server)
    if (found.get(6)?.includes(wanted) === true || Date.now() > until) return found
  }
}

const ALL_WAYS = ['ok TURN_OK', 'ok TURN_OK', 'ok TURN_OK']

t.test('the relay that is shipped is well, over UDP, TCP and TLS', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeTurnWorld(t)
  await world.startTurn()
  const found = await lookUntil(world, 'ok RELAY_OK')
  t.strictSame(found.get(6), [...ALL_WAYS, 'ok RELAY_OK'])
  t.strictSame(found.get(7), ['ok ABUSE_REFUSED'])
  t.ok(FORBIDDEN.length >= 27)
  t.strictSame(found.get(8), ['unseen OUTSIDE_ONLY'], 'which is not known from here')
})

t.test('each fault of a relay is its own line', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeTurnWorld(t)
  const none = await world.look(world.network.server)
  t.strictSame(none.get(6), Array<string>(3).fill('error TURN_UNREACHED'))
  t.strictSame(none.get(7), ['unseen ABUSE_UNTRIED'], 'said once')

  const open = HARDENED.split('\n').filter((line) => !line.startsWith('denied-peer-ip'))
  const stopOpen = await world.startTurn([`relay-ip=${PUBLIC_ADDRESS}`], open.join('\n'))
  t.strictSame((await lookUntil(world, 'ok RELAY_OK')).get(7), ['error TURN_OPEN'])
  await stopOpen()

  // 203.0.113.0/24 is for documentation, and refused as such: as behind NAT without the pair form.
  const stopShort = await world.startTurn([`relay-ip=${PUBLIC_ADDRESS}`])
  const short = await lookUntil(world, 'error RELAY_NO_HAIRPIN')
  t.strictSame(short.get(6), [...ALL_WAYS, 'error RELAY_NO_HAIRPIN'])
  t.strictSame(short.get(7), ['ok ABUSE_REFUSED'])
  await stopShort()

  const stopShut = await world.startTurn([`relay-ip=${PUBLIC_ADDRESS}`, 'denied-peer-ip=::'])
  t.strictSame((await lookUntil(world, 'error RELAY_NO_HAIRPIN')).get(7), ['error TURN_SHUT'])
  await stopShut()
})

t.test('a secret that differs is told from a server that is not there', async (t) => {
  t.setTimeout(LIMIT_MS)
  const world = await makeTurnWorld(t)
  await world.startTurn()
  await lookUntil(world, 'ok RELAY_OK')
  world.env['TURN_SECRET'] = '9c41e0d7b26f583a'
  const found = await world.look(world.network.server)
  t.strictSame(found.get(6), Array<string>(3).fill('error TURN_REFUSED'))
})

t.test(
  'from outside: with what a stranger is given, and ports that a firewall closes',
  async (t) => {
    t.setTimeout(LIMIT_MS)
    const world = await makeTurnWorld(t)
    const { server, worker } = world.network
    await world.startTurn([
      `relay-ip=${RELAY_ADDRESS}`,
      `allowed-peer-ip=${RELAY_ADDRESS}`,
      'allowed-peer-ip=10.83.1.2',
    ])
    await lookUntil(world, 'ok RELAY_OK')
    const page = startChild(
      inNamespace(server, [process.execPath, join(ROOT, 'server/src/main.ts')]),
      {
        env: plainEnvironment(world.env),
      },
    )
    t.teardown(() => page.end('SIGKILL'))
    await page.line(/Nærvær: https/)
    const address = world.env['PUBLIC_URL'] ?? ''
    const well = await world.look(worker, '--outside', address)
    t.strictSame([...well.keys()], [2, 3, 4, 5, 6, 7, 8, 10])
    t.strictSame(well.get(3), ['ok TLS_OK'])
    t.strictSame(well.get(4), ['ok SOCKET_OK'])
    t.strictSame(well.get(6), [...ALL_WAYS, 'ok RELAY_OK'])
    t.strictSame(well.get(8), ['ok RANGE_OK'])
    // The firewall lets TURN itself through, and nothing to the ports of the relay.
    await ip('-n', worker, 'route', 'add', 'blackhole', `${RELAY_ADDRESS}/32`)
    const closed = await world.look(worker, '--outside', address)
    t.strictSame(closed.get(8), ['error RANGE_CLOSED'])
    t.strictSame(
      closed.get(6),
      [...ALL_WAYS, 'ok RELAY_OK'],
      'which calls would still not get through',
    )
  },
)
