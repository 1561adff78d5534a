import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, readStamp } from './fingerprint.mjs'
import { Problem } from './problem.mjs'
import { NODE_24, ROOT, run, tellingLine, toolEnvironment } from './run.mjs'

const STAMP = join('node_modules', '.naervaer-installed')
const OLDEST_NODE = 20

/** Without these npm tries an unreachable registry for more than a minute before it says so. */
const NETWORK_PATIENCE = ['--fetch-retries=1', '--fetch-retry-mintimeout=2000']

/** Ends with a plain sentence when this Node is older than the scripts can use. */
export function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= OLDEST_NODE) return
  throw new Problem(
    `Node ${process.versions.node} is too old: install Node ${String(OLDEST_NODE)} or later (https://nodejs.org).`,
  )
}

/**
 * @param {readonly string[]} args - for npm
 * @param {string} what - names the step in the one line shown when it fails
 */
async function npm(args, what) {
  // With NODE_ENV=production npm would leave out Node 24 and the build tools, which npm start needs.
  const env = toolEnvironment({ NODE_ENV: 'development' })
  const { code, output } = await run('npm', args, { env, output: 'keep' })
  if (code === 127) throw new Problem('npm was not found: install npm 10 or later beside Node.')
  if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH)\b/.test(output)) {
    throw new Problem(`${what} failed: the npm registry cannot be reached; check the network.`)
  }
  if (code !== 0) throw new Problem(`${what} failed: ${tellingLine(output)}`)
}

/**
 * Installs the locked dependencies when they are missing or were installed from another lock file.
 *
 * Install scripts are left out, because npm 10 compiles better-sqlite3 although its package brings
 * prebuilt binaries; only `node` needs its own, which links Node 24 into node_modules/.bin.
 * The same two commands do it on npm 10, 11 and 12.
 *
 * @returns {Promise<boolean>} whether something had to be installed
 */
export async function ensureInstalled() {
  checkNode()
  const wanted = fingerprint(['package-lock.json'])
  if (readStamp(STAMP) === wanted && existsSync(NODE_24)) return false
  console.log('Nærvær: installing dependencies (npm ci) …')
  rmSync(join(ROOT, STAMP), { force: true })
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...NETWORK_PATIENCE], 'npm ci')
  await npm(['rebuild', 'node', '--ignore-scripts=false'], 'npm rebuild node')
  const { code, output } = await run(NODE_24, ['--version'], { output: 'keep' })
  if (code !== 0) throw new Problem(`the installed Node does not run: ${tellingLine(output)}`)
  writeFileSync(join(ROOT, STAMP), `${wanted}\n`)
  return true
}
