// npm run test:docker [-- --own-engine | --existing-engine]: the stack as IT runs it, in a real Docker Engine.
import { ensureDebianPackages } from './lib/debian.mjs'
import { findEngine } from './lib/docker/find-engine.mjs'
import { makeStandIns } from './lib/docker/stand-ins.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { Problem, runMain } from './lib/problem.mjs'
import { NODE_24, ROOT, run } from './lib/run.mjs'

/** One after the other: each has the ports of the stack for itself. The second finds the first one's images built. */
const TRIALS = ['test/stack/stack.trial.ts', 'test/stack/faults.trial.ts']

const UNDER_NODE_24 = '--prepared'
const WISHES = /** @type {const} */ ({ '--own-engine': 'own', '--existing-engine': 'existing' })

/** @param {readonly string[]} args */
function readWish(args) {
  const [first, ...more] = args
  if (first === undefined) return 'any'
  const wish = Object.entries(WISHES).find(([option]) => option === first)?.[1]
  if (wish === undefined || more.length > 0) throw new Problem(`unknown option ${first}.`)
  return wish
}

/** @param {import('./lib/docker/own-engine.mjs').Engine} engine */
async function tryStack(engine) {
  const { runFiles } = await import('./lib/suite.mjs')
  process.env = {
    ...engine.env,
    NAERVAER_TRIAL_ADDRESS: engine.address,
    ...(engine.namespace === null ? {} : { NAERVAER_TRIAL_NAMESPACE: engine.namespace }),
  }
  const { passed, failed, failures } = await runFiles('stack', TRIALS)
  for (const failure of failures) console.log(`FAILED ${failure}`)
  if (passed + failed === 0) console.log('FAILED no test ran')
  return { passed, failed: passed + failed === 0 ? 1 : failed }
}

/** @param {readonly string[]} args */
async function trial(args) {
  const startedAt = Date.now()
  const say = (/** @type {string} */ what) =>
    console.log(`Nærvær: ${what} (${((Date.now() - startedAt) / 1000).toFixed(0)} s)`)
  const engine = await findEngine(readWish(args))
  // A terminal's Ctrl+C reaches everybody at once; what runs ends by it, and then the engine here.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void engine.close())
  try {
    say(engine.isOwn ? 'a Docker Engine of its own runs' : 'the machine’s Docker Engine is used')
    if (engine.isOwn) {
      const images = await makeStandIns(engine)
      say(`made from Debian’s and npm’s packages: ${images.join(', ')}`)
    }
    const { passed, failed } = await tryStack(engine)
    await engine.close()
    say('tried, and cleared away')
    console.log(`${String(passed)} passed, ${String(failed)} failed`)
    return failed === 0 ? 0 : 1
  } finally {
    await engine.close()
  }
}

/** @param {readonly string[]} args */
async function prepare(args) {
  await ensureInstalled()
  await ensureDebianPackages()
  return (await run(NODE_24, ['scripts/docker-test.mjs', UNDER_NODE_24, ...args])).code
}

await runMain(async () => {
  process.chdir(ROOT)
  const [first, ...rest] = process.argv.slice(2)
  try {
    return await (first === UNDER_NODE_24 ? trial(rest) : prepare(process.argv.slice(2)))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // What cannot be tried has not passed.
    console.error(`Nærvær: ${error.message}`)
    console.log('0 passed, 1 failed')
    return 1
  }
})
