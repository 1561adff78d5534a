// Starts Nærvær from a fresh clone: installs, builds and serves. Runs on Node 20 without node_modules.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ensureBuilt } from './lib/build.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { runMain } from './lib/problem.mjs'
import { NODE_24, ROOT, toolEnvironment } from './lib/run.mjs'

/**
 * Demo people are the default on a developer's machine and never in production.
 *
 * @returns {NodeJS.ProcessEnv}
 */
function serverEnvironment() {
  const isChosen = process.env.DEMO !== undefined || process.env.NODE_ENV === 'production'
  return toolEnvironment(isChosen ? {} : { DEMO: '1' })
}

/**
 * Runs the server until it ends; signals to this process reach it.
 *
 * @returns {Promise<number>} the server's exit code, 128 + n when signal n ended it
 */
function serve() {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE_24, ['server/src/main.ts'], {
      cwd: ROOT,
      env: serverEnvironment(),
      stdio: 'inherit',
    })
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    // A terminal sends Ctrl+C to the whole group: passing it on would reach the server twice.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

await runMain(async () => {
  await ensureInstalled()
  await ensureBuilt()
  return serve()
})
