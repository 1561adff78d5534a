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

/** How often it looks whether the npm that started it is still there. */
const PARENT_CHECK_MS = 250

/**
 * A signal to `npm start` ends npm and the shell between, but on Debian the shell does not pass it on;
 * without this the server would go on alone and keep its port.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const check = () => process.ppid === parent || child.kill('SIGTERM')
  setInterval(check, PARENT_CHECK_MS).unref()
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
    endWithNpm(child)
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
