import { execFile } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { inNamespace } from '../e2e/support/child.ts'
import { makeTempFolder } from '../e2e/support/temp-folder.ts'
import type { TestScope } from '../e2e/support/test-scope.ts'

const execute = promisify(execFile)
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A name that nobody has (RFC 6761). */
const HOST = 'video.naervaer.test'

/** What is made in a checkout, and is no part of it. */
const MADE = new Set(['node_modules', 'dist', '.build', '.tap'])
const MADE_AT_THE_ROOT = new Set(['.git', '.env', 'data', 'secrets', 'backups'])

/** Whether a file comes along in a clone of the project. */
function isCloned(path: string): boolean {
  const parts = relative(ROOT, path).split(sep)
  return !MADE_AT_THE_ROOT.has(parts[0] ?? '') && !parts.some((part) => MADE.has(part))
}

/** What `npm run test:docker` has prepared. */
function readPlace() {
  const address = process.env['NAERVAER_TRIAL_ADDRESS']
  if (address === undefined) throw new Error('this is run by npm run test:docker')
  return { address, networkNamespace: process.env['NAERVAER_TRIAL_NAMESPACE'] }
}

/** What a program that ended came to. */
export interface Ended {
  readonly code: number
  readonly output: string
}

/** A clone of the project, with a stack that lives from `up` to `down`. */
export type Stack = Awaited<ReturnType<typeof makeStack>>

/** Copies the checkout, as IT clones it. Whatever the stack leaves in the engine goes with the test. */
export async function makeStack(t: TestScope) {
  const { address, networkNamespace } = readPlace()
  const parent = await makeTempFolder(t, 'stack')
  const folder = join(parent, `naervaer${process.pid}`)
  cpSync(ROOT, folder, { recursive: true, filter: isCloned })

  /** Runs a program in the clone. @throws Error with its output unless it ends with 0 */
  const run = async (...[program, ...args]: [string, ...string[]]) => {
    const { stdout } = await execute(program, args, { cwd: folder, maxBuffer: 1 << 26 })
    return stdout
  }
  /** Runs a program in the clone, whatever it comes to. */
  const attempt = (...[program, ...args]: [string, ...string[]]): Promise<Ended> =>
    execute(program, args, { cwd: folder, maxBuffer: 1 << 26 }).then(
      ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
      (error: unknown) => {
        // What execFile rejects with, where the program began and ended.
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
        return { code, output: stdout + stderr }
      },
    )
  const compose = (...args: string[]) => run('docker', 'compose', ...args)
  /** In the network that the host is in, for the stack. */
  const fromOutside = (...command: [string, ...string[]]) =>
    attempt(...(inNamespace(networkNamespace, command) as [string, ...string[]]))
  t.teardown(() => attempt('docker', 'compose', '--profile', '*', 'down', '-v', '--timeout', '1'))
  return {
    folder,
    /** What Compose calls it, and begins the names of its volumes with. */
    project: basename(folder),
    address,
    networkNamespace,
    /** What the citizens would open; the browsers and `curl` here are told where it is. */
    host: HOST,
    url: `https://${HOST}`,
    rootFile: join(parent, 'root.crt'),
    run,
    attempt,
    compose,
    fromOutside,
    /** A secret as `naervaer init` has drawn it. */
    readSecret: (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8').trim(),
    /** As the guide has it: a program of the image on the clone, as whoever types it. */
    inFolder: (image: string, ...command: string[]): [string, ...string[]] => {
      const self = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`
      const place = ['--user', self, '-v', `${folder}:/stack`, '-w', '/stack']
      return ['docker', 'run', '--rm', ...place, image, ...command]
    },
    read: (path: string) => readFileSync(join(folder, path), 'utf8'),
    write: (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
    addSetting: (line: string) => appendFileSync(join(folder, '.env'), `${line}\n`),
    /** Reads the records inside the container, through a connection that cannot write. */
    rows: async (sql: string) => {
      const program = `const D = require('better-sqlite3'); console.log(JSON.stringify(new D('/data/naervaer.sqlite', { readonly: true }).prepare(process.argv[1]).all()))`
      const printed = await compose(
        'exec',
        '-T',
        'app',
        'node',
        '--no-warnings',
        '-e',
        program,
        sql,
      )
      return JSON.parse(printed) as Record<string, unknown>[]
    },
    /** What the engine says of a service's container. */
    inspect: async (service: string) => {
      const id = (await compose('ps', '-aq', service)).trim()
      const [found] = JSON.parse(await run('docker', 'inspect', id)) as Container[]
      if (found === undefined) throw new Error(`${service} has no container`)
      return found
    },
  }
}

/** The parts that are looked at of what `docker inspect` says. */
export interface Container {
  readonly State: {
    readonly Status: string
    readonly ExitCode: number
    readonly Health?: { readonly Status: string }
  }
  readonly Config: {
    readonly User: string
    readonly Image: string
    readonly StopTimeout?: number
    readonly Env: readonly string[]
  }
  readonly HostConfig: {
    readonly ReadonlyRootfs: boolean
    readonly Privileged: boolean
    readonly CapDrop: readonly string[] | null
    readonly CapAdd: readonly string[] | null
    readonly SecurityOpt: readonly string[] | null
    readonly Memory: number
    readonly NanoCpus: number
    readonly CpuShares: number
    readonly PidsLimit: number | null
    readonly Init: boolean | null
    readonly RestartPolicy: { readonly Name: string }
    readonly LogConfig: { readonly Config: Readonly<Record<string, string>> }
    readonly PortBindings: Readonly<Record<string, unknown>> | null
  }
  readonly NetworkSettings: {
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>
  }
}

/** The parts that are looked at of what `docker compose config` says. */
export interface ComposeModel {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly ports?: readonly object[]
        readonly volumes: readonly { readonly source?: string; readonly target: string }[]
      }
    >
  >
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

/**
 * Makes the browsers that are started from here trust one more authority, as a municipality's own machines
 * do: by a home of their own with a list of it.
 */
export async function trustInBrowsers(t: TestScope, rootFile: string): Promise<void> {
  const home = await makeTempFolder(t, 'home')
  const database = join(home, '.pki', 'nssdb')
  mkdirSync(database, { recursive: true })
  const at = ['-d', `sql:${database}`]
  await execute('certutil', [...at, '-N', '--empty-password'])
  await execute('certutil', [...at, '-A', '-t', 'C,,', '-n', 'trial', '-i', rootFile])
  process.env['HOME'] = home
}
