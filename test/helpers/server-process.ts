import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { compiledSources } from './compiled-sources.ts'
import { findFreePort } from './free-port.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const START_LIMIT_MS = 20_000

export interface ServerProcess {
  readonly child: ChildProcess
  readonly port: number
  readonly origin: string
  /** Everything printed so far. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** The exit code, or the signal's name. */
  readonly exited: Promise<number | string | null>
  /** Ends it at once and waits until it is gone. */
  kill(): Promise<void>
}

/**
 * Starts `server/src/main.ts` in a process of its own with this environment and nothing else.
 *
 * @param through - a program that becomes the server, such as `unshare --mount`; it needs `PATH`
 */
export function spawnServer(
  t: Pick<Test, 'teardown'>,
  env: Record<string, string>,
  port: number,
  through: readonly string[] = [],
): ServerProcess {
  const [program, ...words] = [...through, process.execPath, 'server/src/main.ts']
  const child = spawn(program, words, {
    cwd: ROOT,
    env: { PORT: String(port), ...compiledSources(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const exited = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal))
  })
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  t.teardown(kill)
  const origin = `http://localhost:${port}`
  return { child, port, origin, stdout: () => stdout, stderr: () => stderr, exited, kill }
}

/** Starts it and waits until it says that it listens. */
export async function startServer(
  t: Pick<Test, 'teardown'>,
  env: Record<string, string>,
  port?: number,
  through: readonly string[] = [],
): Promise<ServerProcess> {
  const server = spawnServer(t, { DEMO: 'on', ...env }, port ?? (await findFreePort()), through)
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server did not start')), START_LIMIT_MS)
    const look = () => {
      if (!server.stdout().includes('Nærvær: http')) return
      clearTimeout(timer)
      resolve()
    }
    server.child.stdout?.on('data', look)
    void server.exited.then(() => {
      clearTimeout(timer)
      reject(new Error(`the server ended: ${server.stderr()}`))
    })
  })
  return server
}

/** Resident memory of a process in bytes, as Linux tells it. */
export function readResidentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024
}
