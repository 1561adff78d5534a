import { join } from 'node:path'
import { ROOT, run } from './run.mjs'

/** Every static check, in the order in which their answers help most. */
const CHECKS = [
  { name: 'format', program: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', program: 'eslint', args: ['--max-warnings', '0', '.'] },
  {
    name: 'templates',
    program: 'lit-analyzer',
    args: ['client/src/**/*.ts', '--strict', '--maxWarnings=0'],
    // It also ends well when it found nothing to look at.
    mustPrint: /Analyzing [1-9]\d* files/,
  },
  { name: 'types', program: 'tsc', args: ['-b'] },
  { name: 'script types', program: 'tsc', args: ['-p', 'scripts'] },
]

/**
 * Runs all static checks, each whatever the others found, with a line per check.
 *
 * @returns {Promise<{ passed: number, failed: number }>} in checks
 */
export async function runChecks() {
  let failed = 0
  for (const { name, program, args, mustPrint = /(?:)/ } of CHECKS) {
    const startedAt = Date.now()
    const { code, output } = await run(join(ROOT, 'node_modules', '.bin', program), args, {
      output: 'keep',
    })
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    const isPassed = code === 0 && mustPrint.test(output)
    if (!isPassed) {
      failed += 1
      console.log(output.trimEnd())
    }
    console.log(`${isPassed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  }
  return { passed: CHECKS.length - failed, failed }
}
