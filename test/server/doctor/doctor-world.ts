import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import {
  createServer as createPlain,
  request as ask,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { SecureContextOptions } from 'node:tls'
import type { Test } from 'tap'
import { buildApp } from '../../../server/src/app.ts'
import { makeKeys } from '../../../server/src/backup/age-file.ts'
import { makeBackup } from '../../../server/src/backup/make-backup.ts'
import { readConfig } from '../../../server/src/config.ts'
import type { DoctorContext } from '../../../server/src/doctor/check.ts'
import { findOffset } from '../../../server/src/doctor/context.ts'
import { systemClock } from '../../../server/src/plugins/clock.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { TestAuthority, type Certificate } from '../../helpers/certificates.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { FIXTURE_KEY, fillRecords } from '../../helpers/records.ts'

/** As the kernel tells it of a container that compose has hardened. */
const HARDENED = {
  status: 'Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\n',
  mounts: 'overlay / overlay ro,relatime 0 0\ntmpfs /tmp tmpfs rw 0 0\n',
}

/** An installation in which all is well, and with what each test breaks it. */
export interface DoctorWorld {
  readonly context: DoctorContext
  readonly authority: TestAuthority
  readonly env: Record<string, string>
  readonly dataDir: string
  readonly clientRoot: string
  readonly procRoot: string
  /** A proxy before it, which passes everything on unless told otherwise. */
  readonly proxy: Proxy
}

interface Proxy {
  /** Changes the headers of answers. */
  changeHeaders: (headers: Record<string, unknown>) => void
  /** Changes what is asked. */
  changeRequest: (headers: Record<string, unknown>) => void
  /** Changes the body of answers. */
  changeBody: (body: Buffer) => Buffer
  isUpgrading: boolean
  use(certificate: Certificate & SecureContextOptions): void
}

export async function makeDoctorWorld(
  t: Test,
  extra: Record<string, string> = {},
): Promise<DoctorWorld> {
  const [dataDir, clientRoot, procRoot] = [makeTempDir(t), makeTempDir(t), makeTempDir(t)]
  const authority = new TestAuthority(makeTempDir(t))
  mkdirSync(join(clientRoot, 'assets'))
  writeFileSync(join(clientRoot, 'index.html'), '<!doctype html><title>Nærvær</title>')
  writeFileSync(join(clientRoot, 'assets/main-1.js'), 'console.log(1)')
  writeFileSync(join(clientRoot, 'service-worker.js'), '// one')
  mkdirSync(join(procRoot, 'self'))
  for (const [name, text] of Object.entries(HARDENED))
    writeFileSync(join(procRoot, 'self', name), text)
  await fillRecords(dataDir, {
    ...{ citizens: 3, workers: 1, days: 2, callsPerDay: 2, auditLinesPerDay: 5 },
    // Not so long ago that anything of it should have been removed.
    fromAt: systemClock.now() - 40 * 24 * 3_600_000,
  })
  const port = await findFreePort()
  const pushPort = await openTls(t, authority.issue({ names: ['DNS:push.example.dk'], days: 60 }))
  const { publicKey } = await makeKeys()
  const env = {
    ...{ NODE_ENV: 'production', LOG_LEVEL: 'silent', DATA_DIR: dataDir, MASTER_KEY: FIXTURE_KEY },
    ...{
      PUBLIC_URL: `https://localhost:${port}`,
      DUTY_PHONE: '12 34 56 78',
      MUNICIPALITY_NAME: 'Nordby Kommune',
      PRIVACY_URL: 'https://www.example.dk/privatliv',
      ACCESSIBILITY_STATEMENT_URL: 'https://www.was.digst.dk/video-example-dk',
      TRUST_PROXY: '127.0.0.1',
    },
    ...{ TURN_URLS: 'turn:turn.example.dk:3478', TURN_SECRET: 'ecb1f0a97d3284650918fa' },
    ...{ PUSH_HOSTS: `push.example.dk:${pushPort}`, BACKUP_PUBLIC_KEY: publicKey },
    ...extra,
  }
  const config = readConfig(env)
  const app = await buildApp({ config, clientRoot })
  t.teardown(() => app.close())
  await app.listen({ port: 0, host: '127.0.0.1' })
  const inner = (app.server.address() as AddressInfo).port
  const proxy = await openProxy(t, authority, { inner, port })
  await makeBackup({
    config,
    now: systemClock.now(),
    loadAuditHead: () => app.audit.loadHeadText(),
  })
  return {
    ...{ authority, env, dataDir, clientRoot, procRoot, proxy },
    context: {
      ...{ isOutside: false, config, configProblem: null, publicUrl: new URL(config.publicUrl) },
      ...{ ca: authority.ca, now: () => Date.now(), timeoutMs: 2_000, relayMs: 500 },
      ntpServer: `127.0.0.1:${await openTimeServer(t, 0)}`,
      resolve: (host) => resolveFake(host),
      ...{ clientRoot, procRoot, findOffset },
      versions: { node: '24.13.0', sqlite: '3.50.2' },
      loadTurn: () => Promise.resolve(null),
    },
  }
}

function resolveFake(host: string): Promise<string[]> {
  const known: Record<string, string[]> = {
    localhost: ['203.0.113.5', '2001:db8::5'],
    'turn.example.dk': ['203.0.113.6'],
    'push.example.dk': ['127.0.0.1'],
  }
  const found = known[host]
  if (found !== undefined) return Promise.resolve(found)
  return Promise.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }))
}

async function openProxy(
  t: Test,
  authority: TestAuthority,
  { inner, port }: { readonly inner: number; readonly port: number },
): Promise<Proxy> {
  const proxy: Proxy = {
    changeHeaders: () => undefined,
    changeRequest: () => undefined,
    changeBody: (body) => body,
    isUpgrading: true,
    use: (certificate) => server.setSecureContext(certificate),
  }
  const server = createServer(
    authority.issue({ names: ['DNS:localhost'], days: 60 }),
    (asked, answer) => {
      const headers = { ...asked.headers }
      proxy.changeRequest(headers)
      const passed = ask(
        { port: inner, path: asked.url, method: asked.method, headers },
        (reply) => {
          const pieces: Buffer[] = []
          reply.on('data', (piece: Buffer) => pieces.push(piece))
          reply.on('end', () => {
            const body = proxy.changeBody(Buffer.concat(pieces))
            const rest: Record<string, unknown> = { ...reply.headers }
            delete rest['content-length']
            proxy.changeHeaders(rest)
            answer.writeHead(reply.statusCode ?? 0, rest as OutgoingHttpHeaders).end(body)
          })
        },
      )
      asked.pipe(passed)
    },
  )
  server.on('upgrade', (asked, socket) => {
    if (!proxy.isUpgrading) {
      socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')
      return
    }
    const headers = { ...asked.headers }
    proxy.changeRequest(headers)
    const passed = ask({ port: inner, path: asked.url, headers })
    passed.on('upgrade', (reply, behind) => {
      const lines = reply.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ''}`] : [],
      )
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      behind.pipe(socket).pipe(behind)
      behind.on('error', () => socket.destroy())
      socket.on('error', () => behind.destroy())
    })
    passed.on('response', (reply) => {
      socket.end(`HTTP/1.1 ${reply.statusCode ?? 0} No\r\nconnection: close\r\n\r\n`)
    })
    passed.on('error', () => socket.destroy())
    passed.end()
  })
  await listen(t, server, port)
  return proxy
}

async function listen(t: Test, server: Server | ReturnType<typeof createServer>, port = 0) {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function openTls(t: Test, certificate: Certificate): Promise<number> {
  return listen(
    t,
    createServer(certificate, (_asked, answer) => answer.writeHead(404).end()),
  )
}

/** A small HTTP server of a test's own. @returns its port */
export function openHttp(t: Test, answer: RequestListener): Promise<number> {
  return listen(t, createPlain(answer))
}

/** A time server that is wrong by so much. @returns its port */
export async function openTimeServer(t: Test, aheadMs: number): Promise<number> {
  const socket = createSocket('udp4')
  socket.on('message', (_asked, from) => {
    const at = Date.now() + aheadMs
    const reply = Buffer.alloc(48)
    reply[0] = 0x24
    reply.writeUInt32BE(Math.floor(at / 1_000) + 2_208_988_800, 40)
    reply.writeUInt32BE(Math.floor(((at % 1_000) / 1_000) * 2 ** 32), 44)
    socket.send(reply, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.teardown(() => socket.close())
  return socket.address().port
}
