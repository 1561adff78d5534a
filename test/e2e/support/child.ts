import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { waitFor } from './wait.ts'

/** Programs start side by side with browsers, and how soon they do is tested elsewhere. */
const START_MS = 60_000

/** A program that a test started, with everything it printed. */
export interface Child {
  readonly pid: number
  /** Standard output and error so far, in the order they came. */
  readonly logs: () => string
  /** Waits for a line that matches; throws with the logs when the program ends or stays silent. */
  readonly line: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Sends a signal and waits for the end; afterwards, and when it has ended before, does nothing. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>
}

/**
 * What a program under test may know of this process; nothing of the test runner or the product. Where Node
 * keeps what it has compiled changes nothing but the time that a start takes.
 */
const KEPT_VARIABLES = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_COMPILE_CACHE']

/** A small environment, so that a test gives the same result in every shell. */
export function plainEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => KEPT_VARIABLES.includes(name))
  return { ...Object.fromEntries(kept), ...extra }
}

/** The command as it is, or inside a network namespace. */
export function inNamespace(
  namespace: string | undefined,
  command: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  return namespace === undefined ? command : ['ip', 'netns', 'exec', namespace, ...command]
}

const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  const lastResort = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(lastResort)
}

/**
 * Starts a program.
 *
 * @throws Error when it cannot be started at all
 */
export function startChild(
  command: readonly [string, ...string[]],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Child {
  const [program, ...args] = command
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let logs = ''
  const keep = (chunk: Buffer) => {
    logs += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', (error) => {
    logs += `${program}: ${error.message}\n`
  })
  if (child.pid === undefined) throw new Error(`${program} could not be started`)
  return {
    pid: child.pid,
    logs: () => logs,
    line: async (pattern) => {
      const find = () => {
        const match = pattern.exec(logs)
        return match ?? (hasEnded(child) ? 'ended' : undefined)
      }
      const what = `a line like ${String(pattern)} of ${program}`
      const found = await waitFor(what, find, START_MS).catch((cause: unknown) => {
        throw new Error(`${program} printed:\n${logs}`, { cause })
      })
      if (found === 'ended') throw new Error(`${program} ended; it printed:\n${logs}`)
      return found
    },
    end: (signal) => endChild(child, signal),
  }
}
