// Everything a clean Debian machine must be able to do; the last line counts checks, build and tests.
import { ensureBuilt } from './lib/build.mjs'
import { runChecks } from './lib/checks.mjs'
import { ensureDebianPackages } from './lib/debian.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { run } from './lib/run.mjs'

const total = { passed: 0, failed: 0 }

/**
 * Counts a step as one; a step that could not be done is a failure, and the others go on.
 *
 * @param {string} name
 * @param {() => Promise<unknown>} step
 */
async function countStep(name, step) {
  const startedAt = Date.now()
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1)
  try {
    await step()
    total.passed += 1
    console.log(`ok     ${name} (${seconds()} s)`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    total.failed += 1
    console.log(`FAILED ${name} (${seconds()} s): ${error.message}`)
  }
}

/**
 * Runs tests by one of npm's scripts, and takes the count from its last line.
 *
 * @param {readonly string[]} args - for npm
 */
async function runTests(args) {
  const { code, output } = await run('npm', args, { output: 'both' })
  const last = /(\d+) passed, (\d+) failed\s*$/.exec(output)
  total.passed += Number(last?.[1] ?? 0)
  total.failed += Number(last?.[2] ?? 0)
  if (code !== 0 && Number(last?.[2] ?? 0) === 0) total.failed += 1
}

await runMain(async () => {
  await countStep('install', ensureInstalled)
  await countStep('Debian packages', ensureDebianPackages)
  const checks = await runChecks()
  total.passed += checks.passed
  total.failed += checks.failed
  await countStep('build', ensureBuilt)
  await runTests(['test'])
  // The machine that this is for has no engine of its own, and what it may have is left alone.
  await runTests(['run', 'test:docker', '--', '--own-engine'])
  console.log(`${String(total.passed)} passed, ${String(total.failed)} failed`)
  return total.failed === 0 ? 0 : 1
})
