import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inNamespace, startChild } from './child.ts'
import { makeTempFolder } from './temp-folder.ts'
import type { TestScope } from './test-scope.ts'
import { PATIENCE_MS, waitFor } from './wait.ts'

/** The project's own hardened configuration, without the lines of one installation. */
const CONFIGURATION = fileURLToPath(new URL('../../../coturn.conf', import.meta.url))
const MIN_RELAY_PORT = 49_160
const MAX_RELAY_PORT = 49_459

/** What a test decides about its TURN server. */
export interface TurnOptions {
  readonly networkNamespace: string
  /** Where it listens and relays; must be an address of the namespace. */
  readonly publicAddress: string
  readonly secret: string
  /** 3478 when left out. */
  readonly port?: number
  /** Further lines of coturn's configuration, last and so strongest. */
  readonly extraLines?: readonly string[]
}

/** A running coturn. */
export interface TestTurn {
  readonly urls: readonly string[]
  readonly pid: number
  readonly logs: () => string
  readonly stop: () => Promise<void>
}

/** The lines that differ from one installation to the next. */
function installationLines(options: TurnOptions, folder: string): readonly string[] {
  return [
    `listening-ip=${options.publicAddress}`,
    `relay-ip=${options.publicAddress}`,
    `listening-port=${options.port ?? 3478}`,
    `min-port=${MIN_RELAY_PORT}`,
    `max-port=${MAX_RELAY_PORT}`,
    `static-auth-secret=${options.secret}`,
    `allowed-peer-ip=${options.publicAddress}`,
    'realm=turn.example.dk',
    // The tests' programs share a machine: nothing outside this folder may be touched.
    `pidfile=${join(folder, 'turnserver.pid')}`,
    `userdb=${join(folder, 'turndb')}`,
    'log-file=stdout',
    'verbose',
    ...(options.extraLines ?? []),
  ]
}

const execute = promisify(execFile)

/**
 * coturn listens a moment before it knows its secrets, and answers 401 until then: asked to relay with
 * coturn's own client until it does.
 */
async function waitForRelay(options: TurnOptions): Promise<void> {
  const { networkNamespace, publicAddress, secret, port = 3478 } = options
  const one = ['-y', '-n', '1', '-m', '1', '-u', 'probe', '-W', secret, '-p', String(port)]
  const [program, ...args] = inNamespace(networkNamespace, [
    'turnutils_uclient',
    ...one,
    publicAddress,
  ])
  await waitFor('a relay that accepts credentials', () =>
    execute(program, args, { timeout: PATIENCE_MS }).then(
      () => true,
      () => undefined,
    ),
  )
}

/**
 * Starts the real coturn from the project's own coturn.conf, completed as an operator would, and waits
 * until it listens. Ends with the test.
 *
 * @throws Error with coturn's log when it does not come up
 */
export async function startTurn(t: TestScope, options: TurnOptions): Promise<TestTurn> {
  const folder = await makeTempFolder(t, 'turn')
  const file = join(folder, 'turnserver.conf')
  if (!existsSync(CONFIGURATION)) throw new Error('coturn.conf is missing in the root folder')
  const hardened = await readFile(CONFIGURATION, 'utf8')
  await writeFile(file, [hardened, ...installationLines(options, folder), ''].join('\n'))
  const child = startChild(inNamespace(options.networkNamespace, ['turnserver', '-c', file]))
  t.teardown(() => child.end('SIGTERM'))
  const port = options.port ?? 3478
  const address = `${options.publicAddress}:${port}`.replaceAll('.', '\\.')
  await child.line(new RegExp(`UDP listener opened on\\s*:? *${address}`))
  await child.line(new RegExp(`TCP listener opened on\\s*:? *${address}`))
  await waitForRelay(options)
  const url = `turn:${options.publicAddress}:${port}`
  return {
    urls: [`${url}?transport=udp`, `${url}?transport=tcp`],
    pid: child.pid,
    logs: child.logs,
    stop: () => child.end('SIGTERM'),
  }
}

/**
 * Makes a credential as the REST convention has it, to test coturn beside the product.
 *
 * @param lifetimeSeconds - negative for one that has expired
 * @param name - whose share of the relay it is (`user-quota`)
 */
export function makeTurnCredential(
  secret: string,
  lifetimeSeconds: number,
  name = 'harness',
): { readonly username: string; readonly credential: string } {
  const username = `${Math.floor(Date.now() / 1000) + lifetimeSeconds}:${name}`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}
