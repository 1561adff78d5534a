import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import { inNamespace, startChild, type Child } from '../e2e/support/child.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'
import { TestAuthority } from '../helpers/certificates.ts'
import { makeStack, trustInBrowsers, type Stack } from './stack.ts'

const execute = promisify(execFile)
const NEIGHBOURS = fileURLToPath(new URL('neighbours.ts', import.meta.url))

const TIME_PORT = 1123
const PUSH_PORT = 8443
const PUSH_HOST = 'push.naervaer.test'

/** As much as the doctor wants to see free, and about as much again. */
const DISK_MB = 256

/** Writes no more, and keeps everybody else from writing, until its input ends. */
const HOLD = `const file = new (require('better-sqlite3'))('/data/naervaer.sqlite')
file.exec('begin exclusive'); console.log('held')
process.stdin.resume().on('end', () => file.exec('rollback'))`

/** What somebody who may know is told of it, from inside. */
const ASK_READY = `const token = require('fs').readFileSync('/run/secrets/metrics_token', 'utf8').trim()
fetch('http://127.0.0.1:8080/ready', { headers: { authorization: 'Bearer ' + token } })
  .then(async (r) => console.log(JSON.stringify({ ...(await r.json()), status: r.status })))`

interface Ready {
  readonly status: number
  readonly degraded: readonly string[]
}

/** The codes that the doctor has for a check, by its number. */
export type Diagnosis = ReadonlyMap<number, string>

/** What the stack is told beside its own files, for this trial. */
function toOverride({ host, address }: Stack, { isReadOnly = false } = {}): string {
  const environment = {
    PUSH_HOSTS: `${PUSH_HOST}:${PUSH_PORT}`,
    // Of whom the certificates are.
    NODE_EXTRA_CA_CERTS: '/trial/ca.pem',
    // The container's clock is the machine's; what the server reads of it goes through this.
    LD_PRELOAD: '/trial/libfaketime.so',
    FAKETIME_TIMESTAMP_FILE: '/trial/clock',
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
  const app = {
    environment,
    extra_hosts: [`${host}:${address}`, `${PUSH_HOST}:${address}`],
    volumes: ['./trial:/trial:ro', ...(isReadOnly ? ['data:/data:ro'] : [])],
  }
  const options = { type: 'tmpfs', device: 'tmpfs', o: `size=${DISK_MB}m,uid=1000,mode=700` }
  // JSON is YAML.
  return JSON.stringify({ services: { app }, volumes: { data: { driver_opts: options } } })
}

/** Debian's libfaketime, unpacked. */
async function fetchFaketime(t: Test): Promise<string> {
  const folder = await makeTempFolder(t, 'faketime')
  await execute('apt-get', ['download', '-qq', 'libfaketime'], { cwd: folder })
  await execute('sh', ['-c', 'dpkg-deb -x *.deb .'], { cwd: folder })
  const [file] = globSync(join(folder, 'usr/lib/*/faketime/libfaketimeMT.so.1'))
  if (file === undefined) throw new Error('Debian’s libfaketime has no libfaketimeMT.so.1')
  return file
}

/** Brings up a stack by its guide, with its neighbours, of which one thing after the other can be broken and mended. */
export async function startFaultyStack(t: Test) {
  const stack = await makeStack(t)
  const authority = new TestAuthority(await makeTempFolder(t, 'authority'))
  const names = [`DNS:${stack.host}`, `DNS:${PUSH_HOST}`]
  copyInto(stack, await fetchFaketime(t), 'trial/libfaketime.so')
  stack.write('trial/ca.pem', authority.ca)
  const own = authority.issue({ names, days: 60 })
  stack.write('trial/push.pem', own.cert)
  stack.write('trial/push.key', own.key)
  const setClock = (offset: string) => stack.write('trial/clock', `${offset}\n`)
  setClock('+0')

  /** @param days - negative for one that has run out */
  const putCertificate = (days: number) => {
    const { cert, key } = authority.issue({ names, days })
    stack.write('secrets/certs/fullchain.pem', cert)
    stack.write('secrets/certs/privkey.pem', key)
    for (const name of ['fullchain', 'privkey'])
      chmodSync(join(stack.folder, `secrets/certs/${name}.pem`), 0o444)
  }
  const beside = async (...args: string[]): Promise<Child> => {
    const program: [string, ...string[]] = [process.execPath, '--no-warnings', NEIGHBOURS, ...args]
    const child = startChild(inNamespace(stack.networkNamespace, program))
    t.teardown(() => child.end('SIGTERM'))
    await child.line(/listening/)
    return child
  }
  const startPush = () => {
    const files = ['pem', 'key'].map((end) => join(stack.folder, `trial/push.${end}`))
    return beside('push', stack.address, String(PUSH_PORT), ...files)
  }
  await beside('time', stack.address, String(TIME_PORT))
  let push = await startPush()

  await stack.run('docker', 'build', '-q', '-t', 'naervaer:local', '.')
  const init = ['--host', stack.host, '--tls', 'files', '--email', 'it@example.dk']
  const more = ['--turn-address', stack.address, '--duty-phone', '12 34 56 78']
  await stack.run(...stack.inFolder('naervaer:local', 'naervaer', 'init', ...init, ...more))
  putCertificate(60)
  stack.addSetting('MEDIA_POLICY=relay')
  stack.write('docker-compose.override.yml', toOverride(stack))
  await stack.compose('up', '-d', '--build', '--wait', '--wait-timeout', '120')
  // A volume in memory is there for as long as somebody has it.
  const volume = `${stack.project}_data:/data`
  const holder = ['--user', '1000:1000', '--init', '-v', volume, '--entrypoint', 'sleep']
  const made = await stack.run('docker', 'run', '-d', ...holder, 'naervaer:local', 'infinity')
  t.teardown(() => stack.attempt('docker', 'rm', '-f', made.trim()))
  const onDisk = (command: string) => stack.run('docker', 'exec', made.trim(), 'sh', '-c', command)
  await trustInBrowsers(t, authority.caFile)

  const doctor = ['naervaer', 'doctor', '--json', '--seconds', '1']
  const time = ['--ntp', `${stack.address}:${TIME_PORT}`]
  const parse = (output: string): Diagnosis => {
    type Check = { number: number; findings: { level: string; code: string }[] }
    const checks = JSON.parse(output.slice(output.indexOf('['))) as Check[]
    const told = checks.map(({ number, findings }) => {
      const codes = new Set(findings.map(({ level, code }) => `${level} ${code}`))
      return [number, [...codes].sort().join(', ')] as const
    })
    return new Map(told)
  }
  return {
    ...stack,
    caFile: authority.caFile,
    askReady: async () => {
      const node = ['exec', '-T', 'app', 'node', '--no-warnings', '-e', ASK_READY]
      return JSON.parse(await stack.compose(...node)) as Ready
    },
    readLog: (since: Date) =>
      stack.compose('logs', '--no-log-prefix', '--since', since.toISOString(), 'app'),
    /** The doctor, where the server runs. */
    diagnose: async () => {
      const command = ['exec', '-T', 'app', ...doctor, ...time] as const
      return parse((await stack.attempt('docker', 'compose', ...command)).output)
    },
    /** The doctor in a container of its own, where the server's does not stay. */
    diagnoseBeside: async () => {
      const command = ['run', '--rm', '-T', '--no-deps', 'app', ...doctor, ...time] as const
      return parse((await stack.attempt('docker', 'compose', ...command)).output)
    },
    fillDisk: () => onDisk('cat /dev/zero > /data/filler 2>/dev/null || :'),
    makeRoom: () => onDisk('rm /data/filler'),
    /** @returns what lets go of the records again */
    lockRecords: async () => {
      const args = ['compose', 'exec', '-T', 'app', 'node', '--no-warnings', '-e', HOLD]
      const held = spawn('docker', args, { cwd: stack.folder, stdio: ['pipe', 'pipe', 'inherit'] })
      const ended = once(held, 'exit')
      await once(held.stdout, 'data')
      return async () => {
        held.stdin.end()
        await ended
      }
    },
    startReadOnly: async () => {
      stack.write('docker-compose.override.yml', toOverride(stack, { isReadOnly: true }))
      await stack.compose('up', '-d', '--no-deps', 'app')
    },
    startWritable: async () => {
      stack.write('docker-compose.override.yml', toOverride(stack))
      // Not with those it needs: the proxy is unhealthy for as long as nobody is behind it, and comes back by itself.
      await stack.compose('up', '-d', '--no-deps', '--wait', 'app')
    },
    setClock,
    stopPush: () => push.end('SIGTERM'),
    startPush: async () => {
      push = await startPush()
    },
    showCertificate: async (days: number) => {
      putCertificate(days)
      const config = ['--config', '/etc/caddy/Caddyfile', '--force']
      await stack.compose('exec', '-T', 'proxy', 'caddy', 'reload', ...config)
    },
  }
}

function copyInto({ folder, write }: Stack, from: string, to: string): void {
  write(to, '')
  copyFileSync(from, join(folder, to))
}
