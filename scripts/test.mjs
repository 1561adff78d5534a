// npm test [-- files or folders] [--without-network-namespaces]: everything the tests need, then the tests.
import { ensureBuilt } from './lib/build.mjs'
import { ensureDebianPackages, isRoot } from './lib/debian.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { NODE_24, ROOT, run } from './lib/run.mjs'

const WITHOUT_NAMESPACES = '--without-network-namespaces'
const UNDER_NODE_24 = '--prepared'

/** @param {readonly string[]} args */
async function prepare(args) {
  await ensureInstalled()
  await ensureDebianPackages()
  if (!isRoot() && !args.includes(WITHOUT_NAMESPACES)) {
    throw new Problem(
      `some tests make isolated networks, which needs root; run as root, or leave them out: npm test -- ${WITHOUT_NAMESPACES}`,
    )
  }
  await ensureBuilt()
  const { code } = await run(NODE_24, ['scripts/test.mjs', UNDER_NODE_24, ...args])
  return code
}

/** @param {readonly string[]} args */
async function test(args) {
  const { runSuite } = await import('./lib/suite.mjs')
  const chosen = args.filter((arg) => !arg.startsWith('--'))
  const unknown = args.find((arg) => arg.startsWith('--') && arg !== WITHOUT_NAMESPACES)
  if (unknown !== undefined) throw new Problem(`unknown option ${unknown}.`)
  const withNamespaces = !args.includes(WITHOUT_NAMESPACES)
  const { passed, failed, failures, unsteady } = await runSuite({ chosen, withNamespaces })
  for (const file of unsteady) console.log(`UNSTEADY, passed at the second try only: ${file}`)
  for (const failure of failures) console.log(`FAILED ${failure}`)
  if (passed + failed === 0) console.log('FAILED no test ran')
  console.log(`${String(passed)} passed, ${String(failed)} failed`)
  return failed === 0 && passed > 0 ? 0 : 1
}

await runMain(() => {
  process.chdir(ROOT)
  const [first, ...rest] = process.argv.slice(2)
  return first === UNDER_NODE_24 ? test(rest) : prepare(process.argv.slice(2))
})
