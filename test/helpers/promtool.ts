import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Beside the packages: what is here was fetched once, and goes with them. */
const FOLDER = join(import.meta.dirname, '../../node_modules/.cache/promtool')

/**
 * Runs Prometheus' checker of configuration and rules: the machine's own, otherwise Debian's, unpacked and not
 * installed, since the package would start a server.
 *
 * @throws Error with what it found, or where there is no such program to be had
 */
export async function promtool(...args: string[]): Promise<string> {
  const program = await findPromtool()
  try {
    const { stdout } = await execute(program, args)
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`promtool ${args.join(' ')}: ${stdout}${stderr}`)
  }
}

async function findPromtool(): Promise<string> {
  const own = await execute('sh', ['-c', 'command -v promtool']).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  )
  if (own !== null) return own
  const unpacked = join(FOLDER, 'usr/bin/promtool')
  if (existsSync(unpacked)) return unpacked
  mkdirSync(FOLDER, { recursive: true })
  try {
    await execute('apt-get', ['download', '-qq', 'prometheus'], { cwd: FOLDER })
  } catch {
    throw new Error(
      'promtool is missing: install Debian’s package prometheus, or run apt-get update',
    )
  }
  const [archive = ''] = readdirSync(FOLDER).filter((name) => name.endsWith('.deb'))
  await execute('dpkg-deb', ['-x', archive, '.'], { cwd: FOLDER })
  return unpacked
}
