// npm run soak [-- CALLS [SEED]]: installs and builds what is missing, then makes call after call with faults.
import { ensureBuilt } from './lib/build.mjs'
import { ensureDebianPackages } from './lib/debian.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { runMain } from './lib/problem.mjs'
import { NODE_24, ROOT, run } from './lib/run.mjs'

await runMain(async () => {
  process.chdir(ROOT)
  await ensureInstalled()
  await ensureDebianPackages()
  await ensureBuilt()
  const { code } = await run(NODE_24, ['test/soak/main.ts', ...process.argv.slice(2)])
  return code
})
