import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { makeCertificate } from '../e2e/support/certificate.ts'
import { inNamespace, plainEnvironment, startChild } from '../e2e/support/child.ts'
import { makeLoneMachine } from '../e2e/support/network.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'
import type { TestScope } from '../e2e/support/test-scope.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { runCli } from '../helpers/cli.ts'

const execute = promisify(execFile)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SECRET = 'a-secret-of-this-test'
const HOST = 'video.example.dk'

interface Place {
  readonly namespace: string
  readonly publicAddress: string
}

/** Starts coturn as the container does, on a machine of its own. */
async function startStack(t: TestScope, place: Place, env: Readonly<Record<string, string>> = {}) {
  const folder = await makeTempFolder(t, 'turn')
  const certificates = join(folder, 'certificates')
  await writeFile(join(folder, 'secret'), `${SECRET}\n`)
  const child = startChild(
    inNamespace(place.namespace, ['sh', join(ROOT, 'ops', 'turn', 'run.sh')]),
    {
      env: plainEnvironment({
        PUBLIC_HOST: HOST,
        TLS_MODE: 'acme',
        TURN_ADDRESS: place.publicAddress,
        TURN_CONFIGURATION: join(ROOT, 'coturn.conf'),
        TURN_SECRET_FILE: join(folder, 'secret'),
        TURN_CERTIFICATES: certificates,
        TURN_OWN_FILES: join(folder, 'own'),
        TURN_WORK: folder,
        TURN_LOOK_EVERY: '0.3',
        ...env,
      }),
    },
  )
  t.teardown(() => child.end('SIGTERM'))
  return { child, folder, certificates }
}

/** Puts a new certificate where the proxy puts it, and tells its serial number. */
async function putCertificate(t: TestScope, certificates: string, issuer: string): Promise<string> {
  const { certFile, keyFile } = await makeCertificate(t, '203.0.113.10')
  const base = join(certificates, issuer, HOST, HOST)
  await mkdir(dirname(base), { recursive: true })
  // One after the other, as it happens; and later than the one before, by the clock of the files.
  await copyFile(keyFile, `${base}.key`)
  await copyFile(certFile, `${base}.next`)
  await rename(`${base}.next`, `${base}.crt`)
  const at = Date.now() / 1000 + 5 * (putCertificate.count += 1)
  await utimes(`${base}.crt`, at, at)
  return new X509Certificate(await readFile(certFile)).serialNumber
}
putCertificate.count = 0

/** The serial number of what is served on 5349; undefined while nothing is. */
async function readServed({ namespace, publicAddress }: Place): Promise<string | undefined> {
  const ask = `openssl s_client -connect ${publicAddress}:5349 </dev/null 2>/dev/null | openssl x509 -noout -serial`
  const [program, ...args] = inNamespace(namespace, ['sh', '-c', ask])
  const { stdout } = await execute(program, args).catch(() => ({ stdout: '' }))
  return /serial=(\w+)/.exec(stdout)?.[1]
}

const waitForServed = (place: Place, serial: string) =>
  waitFor('the certificate at coturn', async () =>
    (await readServed(place)) === serial ? true : undefined,
  )

/** Relays a packet from one allocation to another. */
async function relays({ namespace }: Place, address: string, secret = SECRET): Promise<boolean> {
  const one = ['-y', '-n', '1', '-m', '1', '-u', 'probe', '-W', secret, address]
  const [program, ...args] = inNamespace(namespace, ['turnutils_uclient', ...one])
  return execute(program, args, { timeout: 10_000 }).then(
    () => true,
    () => false,
  )
}

t.test(
  'O-07 it serves without a certificate, then with the first, then with each new one',
  async (t) => {
    const place = await makeLoneMachine(t)
    const { child, certificates } = await startStack(t, place)
    await waitFor('a relay', async () => (await relays(place, place.publicAddress)) || undefined)
    t.equal(await readServed(place), undefined, 'no TLS yet')
    await waitForServed(place, await putCertificate(t, certificates, 'one.example'))
    t.match(child.logs(), 'coturn starts again, with TLS')
    const renewed = await putCertificate(t, certificates, 'one.example')
    const pids = () => [...child.logs().matchAll(/pid file created/g)].length
    const startsBefore = pids()
    await waitForServed(place, renewed)
    t.match(child.logs(), 'a new certificate is handed to coturn')
    t.equal(pids(), startsBefore, 'without a new start')
    await waitForServed(place, await putCertificate(t, certificates, 'two.example'))
    t.ok(await relays(place, place.publicAddress), 'and relays as before')
  },
)

t.test('files of the municipality’s own', async (t) => {
  const place = await makeLoneMachine(t)
  const { certFile, keyFile } = await makeCertificate(t, place.publicAddress)
  const own = await makeTempFolder(t, 'own')
  await copyFile(certFile, join(own, 'fullchain.pem'))
  await copyFile(keyFile, join(own, 'privkey.pem'))
  await startStack(t, place, { TLS_MODE: 'files', TURN_OWN_FILES: own })
  await waitForServed(place, new X509Certificate(await readFile(certFile)).serialNumber)
})

t.test('behind a NAT it listens on its own address and tells the public one', async (t) => {
  const place = await makeLoneMachine(t)
  const { child, folder } = await startStack(t, place, {
    TURN_ADDRESS: '198.51.100.7',
    TURN_HOST_ADDRESS: place.publicAddress,
    TURN_EXTRA_DENIED: '192.0.3.0-192.0.3.127, 192.0.4.0-192.0.4.255',
  })
  await waitFor('a relay', async () => (await relays(place, place.publicAddress)) || undefined)
  const lines = (await readFile(join(folder, 'turnserver.conf'), 'utf8')).split('\n')
  for (const line of [
    `listening-ip=${place.publicAddress}`,
    `external-ip=198.51.100.7/${place.publicAddress}`,
    'denied-peer-ip=192.0.3.0-192.0.3.127',
    'denied-peer-ip=192.0.4.0-192.0.4.255',
  ]) {
    t.ok(lines.includes(line), line)
  }
  t.notOk(await relays(place, place.publicAddress, 'another secret than that'))
  await child.end('SIGTERM')
  t.notMatch(child.logs(), /^turn: secrets/m)
})

t.test(
  'S-33 while the secret is changed coturn takes both, and afterwards the new one alone',
  async (t) => {
    const place = await makeLoneMachine(t)
    const stack = await makeTempFolder(t, 'rotate')
    const file = join(stack, 'secrets', 'turn_secret')
    await mkdir(dirname(file))
    await writeFile(file, `${SECRET}\n`, { mode: 0o444 })
    const start = () => startStack(t, place, { TURN_SECRET_FILE: file })
    const rotate = async (...args: string[]) => {
      const { code, stderr } = await runCli({}, 'keys', 'rotate', 'turn', '--to', stack, ...args)
      t.equal(code, 0, stderr)
      const [fresh = ''] = (await readFile(file, 'utf8')).split('\n')
      return fresh
    }
    const tries = (secret: string) => relays(place, place.publicAddress, secret)
    const before = await start()
    await waitFor('a relay', async () => (await tries(SECRET)) || undefined)
    const fresh = await rotate()
    t.notOk(await tries(fresh), 'the new one is not known before coturn starts anew')
    await before.child.end('SIGTERM')

    const between = await start()
    await waitFor('a relay with the new one', async () => (await tries(fresh)) || undefined)
    t.ok(await tries(SECRET), 'and with the former one')
    t.notOk(await tries('neither the one nor the other'))
    await rotate('--finish', '--now')
    t.ok(await tries(SECRET), 'until coturn starts anew')
    await between.child.end('SIGTERM')

    await start()
    await waitFor('a relay with the new one', async () => (await tries(fresh)) || undefined)
    t.notOk(await tries(SECRET), 'the former one is refused')
  },
)

t.test('without a secret that is one it does not start', async (t) => {
  const place = await makeLoneMachine(t)
  for (const secret of ['', 'short', `${SECRET}\nshort`, `${SECRET}\n\n${SECRET}`, undefined]) {
    const folder = await makeTempFolder(t, 'secret')
    const file = join(folder, 'secret')
    if (secret !== undefined) await writeFile(file, secret)
    const { child } = await startStack(t, place, { TURN_SECRET_FILE: file })
    await t.rejects(child.line(/listener opened/), /secrets\/turn_secret/)
  }
})

t.test('the container’s signal ends both, with code 0', async (t) => {
  const place = await makeLoneMachine(t)
  const { child } = await startStack(t, place)
  await waitFor('a relay', async () => (await relays(place, place.publicAddress)) || undefined)
  const ended = waitFor('its end', () => (isAlive(child.pid) ? undefined : true))
  process.kill(child.pid, 'SIGTERM')
  await ended
  t.equal(await relays(place, place.publicAddress), false, 'coturn has gone with it')
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
