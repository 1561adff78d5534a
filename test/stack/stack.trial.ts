import t, { type Test } from 'tap'
import { assertBothWays, button, haveConversation } from '../e2e/support/conversation.ts'
import type { Person } from '../e2e/support/browser.ts'
import { readSelectedPath } from '../e2e/support/media-probe.ts'
import { readClock, readLongestGap, watchPicture } from '../e2e/support/picture-gap.ts'
import { makeTurnCredential } from '../e2e/support/turn.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { launchFirstCitizen, launchFirstWorker } from './people.ts'
import { makeStack, trustInBrowsers, type ComposeModel } from './stack.ts'

/** What the stack promises for an orderly end. */
const GRACE_MS = 30_000

/** Criterion O-11: so long after a server is back, both have their seats again. */
const REATTACH_MS = 10_000

/** A frame is due every 67 ms; these machines are busy. */
const LONGEST_GAP_MS = 2_000

/** Small enough to be carried by a line that a town hall has. */
const IMAGE_LIMIT_MB = 400

const SERVICES = ['proxy', 'app', 'turn'] as const

/** The image’s own user of the one service whose volume belongs to it. */
const OTHER_USERS: Readonly<Record<string, string>> = { prometheus: '65534:65534' }

/** What is made by one test and used by the next goes with the last. */
const whole = t
const stack = await makeStack(whole)

t.test('O-05 the guide, step by step', async (t) => {
  for (const folder of ['.', 'ops/proxy']) {
    const checked = await stack.attempt('docker', 'build', '--check', folder)
    t.equal(checked.code, 0, checked.output)
  }
  await stack.run('docker', 'build', '-q', '-t', 'naervaer:local', '.')
  const init = [
    ...['naervaer', 'init', '--host', stack.host, '--tls', 'internal', '--email', 'it@example.dk'],
    ...['--turn-address', stack.address, '--duty-phone', '12 34 56 78'],
    ...['--municipality', 'Nordby Kommune', '--privacy-url', 'https://www.example.dk/privacy'],
    ...['--accessibility-url', 'https://www.was.digst.dk/video-example-dk'],
  ]
  await stack.run(...stack.inFolder('naervaer:local', ...init))
  // So that a call that finds the relay is one that needed it.
  stack.addSetting('MEDIA_POLICY=relay')
  await stack.compose('config', '-q')
  await stack.compose('up', '-d', '--build', '--wait', '--wait-timeout', '120')
  for (const service of SERVICES) {
    const { State } = await stack.inspect(service)
    t.match(State, { Status: 'running', Health: { Status: 'healthy' } }, service)
  }
  await stack.compose('cp', 'proxy:/data/caddy/pki/authorities/local/root.crt', stack.rootFile)
  await trustInBrowsers(whole, stack.rootFile)
})

t.test('through the proxy, with its certificate checked', async (t) => {
  const curl = (...args: string[]) =>
    stack.fromOutside('curl', '-sS', '-i', '--max-time', '10', '--noproxy', '*', ...where, ...args)
  const where = [443, 80].flatMap((port) => ['--resolve', `${stack.host}:${port}:${stack.address}`])
  const trusted = (path: string) => curl('--cacert', stack.rootFile, `${stack.url}${path}`)
  const health = await trusted('/health')
  t.match(health.output, /^HTTP\/2 200/)
  t.match(health.output, /strict-transport-security: max-age=31536000\r/)
  t.notMatch(health.output, /^(server|via|alt-svc):/im, 'nothing of what it is, and no HTTP/3')
  t.equal([...health.output.matchAll(/strict-transport-security/gi)].length, 1, 'said once')
  for (const path of ['/', '/service-worker.js'])
    t.match((await trusted(path)).output, /^HTTP\/2 200/)
  for (const path of ['/metrics', '/ready']) {
    t.match((await trusted(path)).output, /^HTTP\/2 404/, `${path} is for operators`)
  }
  const stranger = await curl(`${stack.url}/health`)
  t.equal(stranger.code, 60, 'an authority that is not trusted is told')
  const plain = await curl(`http://${stack.host}/start`)
  t.match(plain.output, /^HTTP\/1\.1 308/)
  t.match(plain.output, `Location: ${stack.url}/start\r\n`)
  const upgrade = await curl(
    ...['--cacert', stack.rootFile, '--http1.1', '-H', 'Connection: Upgrade'],
    ...['-H', 'Upgrade: websocket', '-H', 'Sec-WebSocket-Version: 13'],
    ...['-H', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', '-H', `Origin: ${stack.url}`],
    ...['-H', 'Sec-WebSocket-Protocol: naervaer.v1', `${stack.url}/ws`],
  )
  t.match(upgrade.output, /^HTTP\/1\.1 401/, 'a socket without a session is the server’s to refuse')
})

/** Criterion O-02, of a container that runs. */
async function assertHardened(t: Test, service: string): Promise<void> {
  const { Config, HostConfig } = await stack.inspect(service)
  t.match(HostConfig, {
    ReadonlyRootfs: true,
    Privileged: false,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    Init: true,
    RestartPolicy: { Name: 'unless-stopped' },
    LogConfig: { Config: { 'max-size': '10m', 'max-file': '3' } },
  })
  t.strictSame(HostConfig.CapAdd, service === 'turn' ? ['CAP_NET_BIND_SERVICE'] : null, service)
  t.ok(HostConfig.Memory > 0 && HostConfig.Memory <= 512 * 2 ** 20, `${service}: memory`)
  t.ok((HostConfig.PidsLimit ?? 0) > 0, `${service}: processes`)
  // What stutters at people's ears when it is held back goes before the others instead.
  if (service === 'turn') t.ok(HostConfig.CpuShares > 1024, 'turn: goes before the others')
  else t.ok(HostConfig.NanoCpus > 0 && HostConfig.NanoCpus <= 1.5e9, `${service}: processor`)
  const user = OTHER_USERS[service] ?? '1000:1000'
  t.equal(Config.User, user, service)
  t.ok((Config.StopTimeout ?? 0) >= GRACE_MS / 1000, `${service}: time to end`)
  const inside = (command: string) =>
    stack.attempt('docker', 'compose', 'exec', '-T', service, 'sh', '-c', command)
  const status = await inside('cat /proc/[0-9]*/status')
  const effective = [...status.output.matchAll(/^CapEff:\t(\w+)$/gm)].map(([, set]) => set)
  t.ok(effective.length >= 2, 'processes were seen')
  t.strictSame([...new Set(effective)], ['0000000000000000'], `${service}: no capability`)
  const users = [...status.output.matchAll(/^Uid:\t(\d+)\t(\d+)/gm)].flatMap(([, a, b]) => [a, b])
  t.strictSame([...new Set(users)], [user.split(':')[0]], `${service}: nobody is root`)
  const written = await inside('touch /any || touch /etc/any || touch /usr/any')
  t.match(written, { code: 1, output: /Read-only file system/ })
}

t.test('O-02 what each container may do', async (t) => {
  for (const service of SERVICES) await assertHardened(t, service)
  const app = await stack.inspect('app')
  t.strictSame(Object.keys(app.HostConfig.PortBindings ?? {}), [], 'only the proxy is reached')
})

t.test('coturn sees the certificates, and not what they come from', async (t) => {
  const inTurn = (command: string) => stack.compose('exec', '-T', 'turn', 'sh', '-c', command)
  const files = (await inTurn('find /certificates -type f')).trim().split('\n')
  t.match(files.join('\n'), `${stack.host}.key`, 'what it needs is there')
  for (const file of files) t.match(file, new RegExp(`/${stack.host}\\.(crt|key|json)$`))
  // Of the authority that made them, the proxy has the key.
  const key = 'caddy/pki/authorities/local/root.key'
  const made = await stack.compose('exec', '-T', 'proxy', 'grep', '-c', 'PRIVATE', `/data/${key}`)
  t.equal(made.trim(), '2', 'begin and end')
  const seen = await inTurn(`find / -xdev -name root.key 2>/dev/null; cat /proc/self/mountinfo`)
  t.notMatch(seen, 'root.key')
  const mounted = seen.split('\n').filter((line) => line.includes('_proxy/_data'))
  t.equal(mounted.length, 1)
  t.match(mounted[0], /_proxy\/_data\/caddy\/certificates \/certificates ro/)
})

t.test(
  'S-21 coturn 4.17 or later takes every line of its file, and relays to no forbidden target',
  async (t) => {
    const version = await stack.compose('exec', '-T', 'turn', 'turnserver', '--version')
    const [major = 0, minor = 0] = (/(\d+)\.(\d+)\.\d+/.exec(version) ?? []).slice(1).map(Number)
    t.ok(major > 4 || (major === 4 && minor >= 17), version.trim())
    t.comment(`coturn ${version.trim()}`)
    const log = await stack.compose('logs', '--no-log-prefix', 'turn')
    t.notMatch(log, /unknown|unrecognized|deprecated|bad config|wrong|invalid/i)
    const doctor = ['exec', '-T', 'app', 'naervaer', 'doctor', '--json', '--seconds', '1'] as const
    const { output } = await stack.attempt('docker', 'compose', ...doctor)
    const checks = JSON.parse(output.slice(output.indexOf('['))) as {
      number: number
      findings: { level: string; code: string }[]
    }[]
    const abuse = checks.find(({ number }) => number === 7)
    t.match(abuse?.findings, [{ level: 'ok', code: 'ABUSE_REFUSED' }])
  },
)

t.test('the image has what it needs and nothing else', async (t) => {
  const sh = (command: string) =>
    stack.run('docker', 'run', '--rm', '--entrypoint', 'sh', 'naervaer:local', '-c', command)
  const programs = 'gcc cc g++ c++ make python3 python npm npx corepack yarn git curl'
  t.equal(await sh(`for p in ${programs}; do command -v $p; done; :`), '')
  const packages = (await sh('cd node_modules && ls -d * @*/*')).trim().split('\n')
  t.ok(packages.includes('fastify'))
  const development = ['typescript', 'vite', 'tap', 'playwright-core', 'eslint', 'prettier', 'node']
  t.strictSame(
    packages.filter((name) => development.includes(name)),
    [],
  )
  const files = await sh('find / -xdev -type f 2>/dev/null | grep -v ^/proc')
  t.match(files, '/app/client/dist/index.html')
  t.strictSame(
    files
      .split('\n')
      .filter((path) => /\/\.env|\/\.git\/|^\/app\/(secrets|data|test|docs|scripts)\//.test(path)),
    [],
  )
  const history = await stack.run('docker', 'history', '--no-trunc', 'naervaer:local')
  const { Config } = await stack.inspect('app')
  for (const name of ['master_key', 'turn_secret', 'metrics_token']) {
    const secret = stack.readSecret(name)
    t.match(secret, /^[0-9a-f]{64}$/)
    t.notOk(`${history}${Config.Env.join('\n')}`.includes(secret), `${name} comes as a file`)
    t.equal((await sh(`grep -rl ${secret} /app /etc /home /root 2>/dev/null; :`)).trim(), '')
  }
  const labels = await stack.run(
    ...(['docker', 'image', 'inspect', '--format', '{{json .Config.Labels}}'] as const),
    'naervaer:local',
  )
  t.match(JSON.parse(labels), { 'org.opencontainers.image.licenses': 'EUPL-1.2' })
  const bytes = await stack.run('docker', 'image', 'inspect', '-f', '{{.Size}}', 'naervaer:local')
  const megabytes = Number(bytes) / 1e6
  t.ok(megabytes > 0 && megabytes < IMAGE_LIMIT_MB, `${megabytes.toFixed(0)} MB`)
  t.comment(`the image has ${megabytes.toFixed(0)} MB`)
})

t.test('a whole call, and the server goes in the middle of it', async (t) => {
  const worker = await launchFirstWorker(t, stack)
  const citizen = await launchFirstCitizen(t, stack, worker)
  const people = [worker, citizen]

  await t.test('S-20 TURN over TLS gives a relay, by the proxy’s certificate', async (t) => {
    const credential = makeTurnCredential(stack.readSecret('turn_secret'), 600)
    const server = { urls: [`turns:${stack.host}:5349?transport=tcp`], ...credential }
    t.ok(await findRelay(worker, server), 'with the secret of the stack')
    const wrong = makeTurnCredential('another secret than that', 600)
    t.notOk(await findRelay(worker, { ...server, ...wrong }), 'and with no other')
  })

  await haveConversation(worker, citizen)
  for (const { page } of people) {
    t.match(await readSelectedPath(page), { local: 'relay', remote: 'relay' })
  }
  const [call] = await stack.rows('select id from calls')
  for (const { page } of people) await watchPicture(page)
  const since = await Promise.all(people.map(({ page }) => readClock(page)))

  /** @returns how long both needed to have their seats again */
  const waitForSeats = async () => {
    const backAt = performance.now()
    await waitFor(
      'both seats',
      async () =>
        (await stack.rows("select 1 from calls where state = 'connected'")).length === 1 ||
        undefined,
      REATTACH_MS + 5_000,
    )
    return performance.now() - backAt
  }
  const assertUnbroken = async () => {
    await assertBothWays(worker, citizen)
    const gaps = await Promise.all(people.map(({ page }, n) => readLongestGap(page, since[n] ?? 0)))
    t.ok(Math.max(...gaps) < LONGEST_GAP_MS, `${Math.max(...gaps).toFixed(0)} ms without a picture`)
  }

  await t.test('O-11 killed: the call goes on, and is taken up again', async (t) => {
    await stack.compose('kill', 'app')
    await assertBothWays(worker, citizen)
    await stack.compose('up', '-d', '--wait')
    const tookMs = await waitForSeats()
    t.ok(tookMs < REATTACH_MS, `${tookMs.toFixed(0)} ms`)
    await assertUnbroken()
  })

  await t.test('O-02 SIGTERM: an end in order, within the grace period', async (t) => {
    const stoppedAt = performance.now()
    await stack.compose('stop', 'app')
    const tookMs = performance.now() - stoppedAt
    t.ok(tookMs < GRACE_MS, `${tookMs.toFixed(0)} ms`)
    t.match((await stack.inspect('app')).State, { Status: 'exited', ExitCode: 0 })
    await assertBothWays(worker, citizen)
    await stack.compose('up', '-d', '--wait')
    t.ok((await waitForSeats()) < REATTACH_MS)
    await assertUnbroken()
  })

  // As an upgrade brings it: another file under the same name.
  await stack.run(
    'sh',
    '-c',
    'sed "1i # another" coturn.conf > new.conf && mv new.conf coturn.conf',
  )
  await stack.compose('kill', '-s', 'SIGUSR1', 'turn')
  const drained = stack.compose('wait', 'turn')
  await t.test('§ 4.6 coturn runs empty: who talks through it goes on', async (t) => {
    const credential = makeTurnCredential(stack.readSecret('turn_secret'), 600)
    const server = { urls: [`turn:${stack.host}:3478?transport=udp`], ...credential }
    t.notOk(await findRelay(worker, server), 'nobody else gets a place')
    await assertUnbroken()
    t.match((await stack.inspect('turn')).State, { Status: 'running' })
  })

  await button(worker.page, 'Læg på').click()
  await citizen.page.getByRole('heading', { name: /slut/ }).waitFor()
  const rows = await waitFor('the end in the records', async () => {
    const found = await stack.rows('select id, outcome, path from calls where ended_at is not null')
    return found.length > 0 ? found : undefined
  })
  t.match(rows, [{ ...call, outcome: 'completed', path: 'relay' }])
  t.equal(rows.length, 1, 'one call is one row')

  await t.test('and ends with the last one; started again it reads its file anew', async (t) => {
    await drained
    t.match((await stack.inspect('turn')).State, { Status: 'exited', ExitCode: 0 })
    const again = await stack.attempt('docker', 'compose', 'wait', 'turn')
    t.match(again, { code: 1, output: /no containers/ }, 'as the guide says where nobody talked')
    await stack.compose('up', '-d', '--force-recreate', '--wait', '--wait-timeout', '120')
    const inTurn = ['exec', '-T', 'turn', 'head', '-1', '/etc/naervaer/coturn.conf']
    t.equal((await stack.compose(...inTurn)).trim(), '# another')
  })

  await t.test('down and up again: the records are kept, and people stay signed in', async (t) => {
    await stack.compose('down')
    await stack.compose('up', '-d', '--wait', '--wait-timeout', '120')
    t.match(await stack.rows('select id from calls'), [call])
    await worker.page.goto(stack.url)
    await worker.page.getByRole('heading', { name: 'Mine borgere' }).waitFor()
    await citizen.page.goto(stack.url)
    await citizen.page.getByRole('heading', { name: 'Hej Anna' }).waitFor()
  })
})

t.test('O-08 a backup is made by itself, and is restored by the manual', async (t) => {
  const keygen = ['naervaer', 'backup', 'keygen', '--to', 'naervaer-backup.key']
  const printed = await stack.run(...stack.inFolder('naervaer:local', ...keygen))
  const [setting = ''] = /BACKUP_PUBLIC_KEY=age1\w+/.exec(printed) ?? []
  t.match(setting, /^BACKUP/)
  for (const line of [setting, 'COMPOSE_PROFILES=backup']) stack.addSetting(line)
  await stack.run('install', '-d', '-o', '1000', '-g', '1000', '-m', '750', 'backups')
  await stack.compose('up', '-d', '--wait', '--wait-timeout', '120')
  await assertHardened(t, 'backup')
  const [file = ''] = (await stack.run('ls', 'backups')).split('\n')
  t.match(file, /^naervaer-.*\.age$/)
  const before = await stack.rows('select id from calls')
  t.equal(before.length, 1)
  await stack.compose('stop', 'app', 'backup')
  t.match((await stack.inspect('backup')).State, { Status: 'exited', ExitCode: 0 })
  const asServer = ['-o', '1000', '-g', '1000', '-m', '400'] as const
  await stack.run('install', ...asServer, 'naervaer-backup.key', 'backups/')
  await stack.compose(
    ...['run', '--rm', '--no-deps', 'app', 'naervaer'],
    ...['restore', `/backups/${file}`, '--key', '/backups/naervaer-backup.key'],
  )
  await stack.compose('up', '-d', '--wait')
  t.strictSame(await stack.rows('select id from calls'), before)
})

t.test('O-13 Prometheus keeps figures of the server, and alerts when it is gone', async (t) => {
  const configured = stack.read('ops/metrics/prometheus.yml')
  // As it is shipped, but for the time that somebody here would wait.
  t.equal([...configured.matchAll(/_interval: 30s/g)].length, 2)
  stack.write(
    'ops/metrics/prometheus.yml',
    configured.replaceAll('_interval: 30s', '_interval: 1s'),
  )
  const compose = (...args: string[]) => stack.compose('--profile', 'metrics', ...args)
  await compose('up', '-d', '--wait', '--wait-timeout', '120', 'prometheus')
  await assertHardened(t, 'prometheus')
  const { HostConfig, NetworkSettings } = await stack.inspect('prometheus')
  t.strictSame(Object.keys(HostConfig.PortBindings ?? {}), [], 'nobody outside reaches it')
  const routes = await compose('exec', '-T', 'prometheus', 'cat', '/proc/net/route')
  t.ok(routes.trim().split('\n').length > 1, 'it has a network')
  t.notMatch(routes, /^\w+\t00000000\t/m, 'which leads nowhere else')

  const [network] = Object.values(NetworkSettings.Networks)
  const ask = async <T>(path: string, query = ''): Promise<T> => {
    const url = `http://${network?.IPAddress ?? ''}:9090/api/v1/${path}`
    const form = query === '' ? [] : ['--data-urlencode', `query=${query}`]
    const { output } = await stack.fromOutside('curl', '-sS', '-G', ...form, url)
    const answer = JSON.parse(output) as { status: string; data: T; error?: string }
    if (answer.status !== 'success') throw new Error(`${path} ${query}: ${answer.error ?? ''}`)
    return answer.data
  }
  const value = async (query: string) => {
    const { result } = await ask<{ result: { value: [number, string] }[] }>('query', query)
    return result[0]?.value[1]
  }
  await waitFor('the first figures', async () => (await value('up')) === '1' || undefined)
  const { activeTargets } = await ask<{ activeTargets: object[] }>('targets')
  t.match(activeTargets, [{ health: 'up', labels: { job: 'naervaer' }, lastError: '' }])
  t.equal(await value('naervaer_ready'), '1')
  t.equal(await value('naervaer_degraded{part="database"}'), '0')
  type Rules = { groups: { rules: { name: string; state: string; health: string }[] }[] }
  const loadRules = async () => (await ask<Rules>('rules')).groups.flatMap(({ rules }) => rules)
  const shipped = [...stack.read('ops/metrics/alerts.yml').matchAll(/- alert: (\w+)/g)]
  const rules = await waitFor('a look at each rule', async () => {
    const found = await loadRules()
    return found.every(({ health }) => health === 'ok') ? found : undefined
  })
  t.strictSame(
    rules.map(({ name }) => name),
    shipped.map(([, name]) => name),
  )
  const stateOf = async (wanted: string) =>
    (await loadRules()).find(({ name }) => name === wanted)?.state
  t.equal(await stateOf('NaervaerDown'), 'inactive')
  // What Grafana would ask on behalf of its panels is understood.
  const { panels } = JSON.parse(stack.read('ops/metrics/grafana/dashboards/naervaer.json')) as {
    panels: { targets: { expr: string }[] }[]
  }
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))
  t.ok(queries.length > 10)
  for (const query of queries) {
    const asked = query.replace(/\$__(rate_interval|interval|range)\b/g, '5m')
    t.ok((await ask<{ result: unknown }>('query', asked)).result, asked)
  }

  await stack.compose('stop', 'app')
  await waitFor('the alert', async () => (await stateOf('NaervaerDown')) === 'pending' || undefined)
  t.equal(await value('up'), '0')
  await stack.compose('up', '-d', '--wait')
  await waitFor('its end', async () => (await stateOf('NaervaerDown')) === 'inactive' || undefined)
  await compose('stop', 'prometheus')
  t.match((await stack.inspect('prometheus')).State, { Status: 'exited', ExitCode: 0 })
})

t.test('Grafana, of which there is no image here: as it is set up', async (t) => {
  const printed = await stack.compose('--profile', 'metrics', 'config', '--format', 'json')
  const { services, secrets } = JSON.parse(printed) as ComposeModel
  const { grafana } = services
  t.match(grafana, {
    user: '1000:1000',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    ports: [{ host_ip: '127.0.0.1', published: '3000' }],
    environment: { GF_SECURITY_ADMIN_PASSWORD__FILE: '/run/secrets/grafana_password' },
    secrets: [{ source: 'grafana_password' }],
  })
  t.equal(grafana?.ports?.length, 1)
  t.match(stack.readSecret('grafana_password'), /^[0-9a-f]{64}$/)
  t.match(secrets['grafana_password']?.file, /secrets\/grafana_password$/)
  const inside = (target: string) => grafana?.volumes.find((each) => each.target === target)?.source
  const dashboards = stack.read('ops/metrics/grafana/provisioning/dashboards/naervaer.yml')
  t.match(dashboards, 'path: /etc/grafana/dashboards }')
  t.equal(inside('/etc/grafana/dashboards'), `${stack.folder}/ops/metrics/grafana/dashboards`)
  t.equal(inside('/etc/grafana/provisioning'), `${stack.folder}/ops/metrics/grafana/provisioning`)
  const source = stack.read('ops/metrics/grafana/provisioning/datasources/prometheus.yml')
  t.match(source, 'url: http://prometheus:9090')
  const [, uid = 'none'] = /uid: (\w+)/.exec(source) ?? []
  const dashboard = stack.read('ops/metrics/grafana/dashboards/naervaer.json')
  const asked = [...dashboard.matchAll(/"type": "prometheus",\s*"uid": "(\w+)"/g)]
  t.ok(asked.length > 0)
  for (const [, each] of asked) t.equal(each, uid)
})

t.test('naervaer doctor finds in the stack what there is to find', async (t) => {
  // The name is known to the browsers and to nobody else, so what asks for it by name finds nothing.
  const { output } = await stack.attempt(
    ...(['docker', 'compose', 'exec', '-T', 'app', 'naervaer', 'doctor', '--json'] as const),
  )
  const checks = JSON.parse(output) as { number: number; findings: { level: string }[] }[]
  const levelsOf = (number: number) =>
    checks.find((each) => each.number === number)?.findings.map(({ level }) => level) ?? []
  for (const number of [1, 7, 11, 12, 15, 16, 17, 18, 19, 20]) {
    t.strictSame([...new Set(levelsOf(number))], ['ok'], `check ${number}`)
  }
  const relays = levelsOf(6).filter((level) => level === 'ok')
  t.equal(relays.length, 3, 'by UDP, by TCP, and packets from one to the other')
})

t.test('the whole stack ends in order, and down -v leaves nothing', async (t) => {
  await stack.compose('stop')
  for (const service of SERVICES) {
    t.match((await stack.inspect(service)).State, { Status: 'exited', ExitCode: 0 }, service)
  }
  await stack.compose('--profile', '*', 'down', '-v')
  for (const kind of ['container', 'volume', 'network']) {
    const project = (await stack.run('docker', kind, 'ls', '--format', '{{.Labels}}')).split('\n')
    const left = project.filter((line) => line.includes(`naervaer${process.pid}`))
    t.strictSame(left, [], kind)
  }
})

/** Whether a page finds a way through this TURN server and no other. */
function findRelay({ page }: Person, server: RTCIceServer): Promise<boolean> {
  return page.evaluate(async (iceServer) => {
    const pc = new RTCPeerConnection({ iceServers: [iceServer], iceTransportPolicy: 'relay' })
    pc.createDataChannel('any')
    const found = new Promise<boolean>((resolve) => {
      pc.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) resolve(false)
        else if (candidate.type === 'relay') resolve(true)
      })
    })
    await pc.setLocalDescription()
    const hasRelay = await found
    pc.close()
    return hasRelay
  }, server)
}
