// Static checks: format, lint, Lit templates, types. All run; any failure makes the exit code 1.
import { runChecks } from './lib/checks.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { runMain } from './lib/problem.mjs'

await runMain(async () => {
  await ensureInstalled()
  const { passed, failed } = await runChecks()
  console.log(`${String(passed)} passed, ${String(failed)} failed`)
  return failed === 0 ? 0 : 1
})
