import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, readStamp } from './fingerprint.mjs'
import { Problem } from './problem.mjs'
import { ROOT, run, toolEnvironment } from './run.mjs'

const STAMP = join('client', 'dist', '.naervaer-built')
const BUILT_FROM = ['client', 'shared/src', 'package-lock.json']

/**
 * Builds the client when its sources, the shared package or the lock file changed since the last build.
 *
 * @returns {Promise<boolean>} whether it had to be built
 */
export async function ensureBuilt() {
  const wanted = fingerprint(BUILT_FROM)
  if (readStamp(STAMP) === wanted) return false
  console.log('Nærvær: building the client …')
  rmSync(join(ROOT, STAMP), { force: true })
  const env = toolEnvironment({ NODE_ENV: 'production' })
  const { code, output } = await run('npm', ['run', 'build'], { env, output: 'keep' })
  if (code !== 0) {
    console.error(output)
    throw new Problem('the client could not be built; the reason stands above.')
  }
  writeFileSync(join(ROOT, STAMP), `${wanted}\n`)
  return true
}
