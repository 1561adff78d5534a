import { join } from 'node:path'
import { ROOT, run } from './run.mjs'

/** Every static check. What takes longest begins first, so that nothing is left to wait for it alone. */
const CHECKS = [
  { name: 'lint', program: 'eslint', args: ['--max-warnings', '0', '.'] },
  { name: 'types', program: 'tsc', args: ['-b'] },
  {
    name: 'templates',
    program: 'lit-analyzer',
    args: ['client/src/**/*.ts', '--strict', '--maxWarnings=0'],
    // It also ends well when it found nothing to look at.
    mustPrint: /Analyzing [1-9]\d* files/,
  },
  { name: 'format', program: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'script types', program: 'tsc', args: ['-p', 'scripts'] },
]

/** So many at the same time: each of them uses one core, and with more the memory of a small machine is used up. */
const AT_ONCE = 2

/**
 * @param {typeof CHECKS[number]} check
 * @returns {Promise<boolean>} whether it passed
 */
async function runCheck({ name, program, args, mustPrint = /(?:)/ }) {
  const startedAt = Date.now()
  const { code, output } = await run(join(ROOT, 'node_modules', '.bin', program), args, {
    output: 'keep',
  })
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
  const isPassed = code === 0 && mustPrint.test(output)
  if (!isPassed) console.log(output.trimEnd())
  console.log(`${isPassed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  return isPassed
}

/**
 * Runs all static checks, each whatever the others found, with a line per check.
 *
 * @returns {Promise<{ passed: number, failed: number }>} in checks
 */
export async function runChecks() {
  const waiting = [...CHECKS]
  let passed = 0
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const isPassed = await runCheck(check)
      passed += Number(isPassed)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return { passed, failed: CHECKS.length - passed }
}
