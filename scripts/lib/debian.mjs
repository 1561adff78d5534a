import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Problem } from './problem.mjs'
import { run, tellingLine } from './run.mjs'

/** @typedef {{ programs: readonly string[], debianPackage: string }} Need - any of the programs will do */

/**
 * What the tests need from the machine: a program and the Debian package that brings it.
 *
 * @type {readonly Need[]}
 */
const NEEDED = [
  { programs: ['chromium', 'chromium-browser', 'google-chrome'], debianPackage: 'chromium' },
  { programs: ['turnserver'], debianPackage: 'coturn' },
  { programs: ['ip'], debianPackage: 'iproute2' },
  { programs: ['openssl'], debianPackage: 'openssl' },
]

/**
 * @param {string} program
 * @returns {boolean} whether it can be run
 */
function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/sbin']
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * @param {readonly Need[]} needed
 * @returns {string[]} Debian packages whose programs are missing
 */
function missingPackages(needed) {
  return needed
    .filter(({ programs }) => !programs.some(isInstalled))
    .map(({ debianPackage }) => debianPackage)
}

/** @returns {boolean} whether this process may create network namespaces and install packages */
export function isRoot() {
  return process.getuid?.() === 0
}

/** Sees to it that browser, TURN server and ip are there. */
export const ensureDebianPackages = () => ensurePrograms(NEEDED)

/**
 * Sees to it that programs are there: installs them where it is root on Debian, otherwise names the
 * missing packages.
 *
 * @param {readonly Need[]} needed
 * @returns {Promise<void>}
 */
export async function ensurePrograms(needed) {
  const missing = missingPackages(needed)
  if (missing.length === 0) return
  const names = missing.join(' ')
  if (!isRoot() || !existsSync('/etc/debian_version')) {
    throw new Problem(`missing for the tests: ${names} (Debian: sudo apt-get install ${names}).`)
  }
  console.log(`Nærvær: installing ${names} (apt-get) …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    const { code, output } = await run('apt-get', args, { env, output: 'keep' })
    if (code !== 0) throw new Problem(`apt-get ${args.join(' ')} failed: ${tellingLine(output)}`)
  }
  const left = missingPackages(needed)
  if (left.length > 0) throw new Problem(`still missing after apt-get: ${left.join(' ')}.`)
}
