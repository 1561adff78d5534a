import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { countTap } from './tap-count.mjs'
import { NODE_24, ROOT, toolEnvironment } from './run.mjs'

/** @typedef {{ fileS: number, graceS: number, outlivedMs: number }} Limits */

/** @type {Limits} */
const LIMITS = {
  /** Seconds for one file: a ring timeout and an unreachable network are waited for in real time. */
  fileS: 600,
  /** So much longer a file that does not end itself by its limit is waited for, in seconds. */
  graceS: 20,
  /** What a file has started ends with it. */
  outlivedMs: 5_000,
}

/**
 * Node keeps here what it has compiled, for the next process: the tests start the server and its commands
 * some hundred times, and half of each start is the same sources.
 */
const COMPILED = join(ROOT, '.build', 'compiled')

/** Nothing is silently skipped. */
const TAP_ENVIRONMENT = {
  TAP_FAIL_SKIP: '1',
  TAP_FAIL_TODO: '1',
  TAP_FAIL_ONLY: '1',
  NODE_COMPILE_CACHE: COMPILED,
}

/** @typedef {{ file: string, count: import('./tap-count.mjs').Count, seconds: number }} Ran */

/**
 * Runs one test file by Node alone. tap's own runner would load its hooks into every process that a test
 * starts, the server too, and measure there what no test is held to.
 *
 * @param {string} file - from the checkout's root
 * @param {Limits} limits
 * @returns {Promise<Ran>} when it has ended; of a failed one everything that it printed has been shown
 */
export async function runTestFile(file, limits = LIMITS) {
  const startedAt = Date.now()
  const { ending, output, errors } = await collect(file, limits)
  const seconds = (Date.now() - startedAt) / 1000
  const count = countTap(file, output, ending === 0)
  const isPassed = count.failed === 0
  if (!isPassed) console.log(`${output}${errors}\n${file} ended with ${String(ending)}`)
  const word = isPassed ? 'ok    ' : 'FAILED'
  console.log(`${word} ${file} (${String(count.passed)} passed, ${seconds.toFixed(1)} s)`)
  return { file, count, seconds }
}

/**
 * @param {string} file
 * @param {Limits} limits
 * @returns {Promise<{ ending: number | string, output: string, errors: string }>} the code, the signal, or what is wrong
 */
function collect(file, { fileS, graceS, outlivedMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE_24, [file], {
      cwd: ROOT,
      env: toolEnvironment({ ...TAP_ENVIRONMENT, TAP_TIMEOUT: String(fileS) }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (errors += text))
    const lastResort = setTimeout(() => child.kill('SIGKILL'), (fileS + graceS) * 1000)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearTimeout(lastResort)
      // A process that outlives it holds open what it prints, and would disturb the files that follow.
      const giveUp = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
        resolve({ ending: 'a process of its own still running', output, errors })
      }, outlivedMs)
      child.on('close', () => {
        clearTimeout(giveUp)
        resolve({ ending: code ?? signal ?? 'nothing', output, errors })
      })
    })
  })
}

/**
 * @param {readonly string[]} files
 * @param {number} jobs - files running at the same time
 * @returns {Promise<readonly Ran[]>} in the order in which they ended
 */
export async function runTestFiles(files, jobs) {
  const waiting = [...files]
  /** @type {Ran[]} */
  const ran = []
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      ran.push(await runTestFile(file))
    }
  }
  await Promise.all(Array.from({ length: jobs }, work))
  return ran
}
