import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { compiledSources } from './compiled-sources.ts'

const MAIN = fileURLToPath(new URL('../../server/src/cli/main.ts', import.meta.url))

export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `naervaer` in a process of its own with this environment and nothing else. */
export function runCli(env: Record<string, string>, ...args: string[]): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...compiledSources(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** Runs it with `--json`. @returns what it printed; throws unless it ended with 0 */
export async function runCliJson<T>(env: Record<string, string>, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await runCli(env, ...args, '--json')
  if (code !== 0) throw new Error(`naervaer ${args.join(' ')} ended with ${code}: ${stderr}`)
  // The test says what the command prints, and looks at it.
  return JSON.parse(stdout) as T
}
