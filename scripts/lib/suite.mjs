import { existsSync, globSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { Problem } from './problem.mjs'
import { ROOT } from './run.mjs'
import { sumCounts } from './tap-count.mjs'
import { runTestFiles } from './test-file.mjs'

/** Test files that create network namespaces, and so need root, carry this in their name. */
const NAMESPACE_TEST = /\.netns\.test\.ts$/

/** These take minutes, most of which is waiting. */
const LONG_TEST = /\.long\./

/** They hold what people notice to a limit of time, and so are two at most. */
const TIMED_TEST = /\.(timed|long)\./

/** They hold two people's sound and picture to such limits for minutes, and have the machine for themselves. */
const LONE_TEST = /\.alone\./

/** They look at pages without sound and picture, so two at a time do not disturb each other. */
const PAGE_TEST = /^test\/client\/.*\.browser\.test\.ts$/

/** They drive browsers, and elsewhere than in these folders say so in their name. */
const BROWSER_TEST = /^test\/(e2e|tooling)\/|\.browser\.test\.ts$/

/**
 * @param {readonly string[]} chosen - files or folders given on the command line, none for everything
 * @returns {string[]} test files, from the checkout's root
 */
function findTests(chosen) {
  const all = globSync('test/**/*.test.ts', { cwd: ROOT }).sort()
  if (chosen.length === 0) return all
  const found = chosen.map((path) => relative(ROOT, resolve(ROOT, path)))
  for (const path of found) {
    if (!existsSync(join(ROOT, path))) throw new Problem(`there is no test at ${path}.`)
  }
  return all.filter((file) => found.some((path) => file === path || file.startsWith(path + sep)))
}

/** In the order in which they run, with the files that run at the same time. */
const PARTS = /** @type {const} */ ([
  { name: 'pure-and-rooms', jobs: 2 },
  { name: 'pages', jobs: 2 },
  // Two browsers and a server each: with three, all of them starve two cores, and none is sooner.
  { name: 'people', jobs: 2 },
  { name: 'timed', jobs: 2 },
  { name: 'alone', jobs: 1 },
])

/**
 * @param {string} file
 * @returns {typeof PARTS[number]['name']}
 */
function findPart(file) {
  if (!BROWSER_TEST.test(file)) return 'pure-and-rooms'
  if (PAGE_TEST.test(file)) return 'pages'
  if (LONE_TEST.test(file)) return 'alone'
  return TIMED_TEST.test(file) ? 'timed' : 'people'
}

/** What takes longest begins first, so that nothing is left to wait for it alone. */
const longFirst = (/** @type {string} */ a, /** @type {string} */ b) =>
  Number(LONG_TEST.test(b)) - Number(LONG_TEST.test(a))

/** @typedef {import('./tap-count.mjs').Count} Count */

/** @typedef {import('./test-file.mjs').Ran} Ran */

/**
 * @param {string} name - of this part of the suite
 * @param {readonly string[]} files
 * @param {number} jobs - files running at the same time
 * @returns {Promise<readonly Ran[]>}
 */
async function runPart(name, files, jobs) {
  console.log(`\n# ${name}: ${String(files.length)} files`)
  const startedAt = Date.now()
  const ran = await runTestFiles(files, jobs)
  console.log(`# ${name}: ${((Date.now() - startedAt) / 1000).toFixed(0)} s`)
  return ran
}

/**
 * Runs files that are no part of the suite, one after the other.
 *
 * @param {string} name
 * @param {readonly string[]} files
 * @returns {Promise<Count>}
 */
export async function runFiles(name, files) {
  return sumCounts((await runPart(name, files, 1)).map(({ count }) => count))
}

/** As many as are worth to be looked at when the suite has become slow. */
const SLOWEST = 10

/** @param {readonly Ran[]} ran */
function tellSlowest(ran) {
  console.log(`\n# slowest`)
  const slowest = ran.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)
  for (const { file, seconds } of slowest)
    console.log(`${seconds.toFixed(0).padStart(4)} s ${file}`)
}

/**
 * Files that drive browsers and failed run once more, alone: a machine that stood still for a second must not
 * decide, and what is broken fails again. More than a few at once are no accident, and are believed.
 */
const TRIED_AGAIN_AT_MOST = 6

/**
 * @param {Map<string, Count>} counts - by file; of what is tried again, replaced
 * @returns {Promise<readonly string[]>} the files that passed only at the second try
 */
async function tryAgain(counts) {
  const failed = [...counts].filter(([, count]) => count.failed > 0).map(([file]) => file)
  const isWorthIt = failed.length > 0 && failed.length <= TRIED_AGAIN_AT_MOST
  if (!isWorthIt || !failed.every((file) => BROWSER_TEST.test(file))) return []
  for (const { file, count } of await runPart('again', failed, 1)) counts.set(file, count)
  return failed.filter((file) => counts.get(file)?.failed === 0)
}

/**
 * Runs the tests part by part, and what is timed two files at a time or alone, so that real-time media do
 * not starve on a small machine. Of the whole suite, a browser's file that failed is tried again.
 *
 * @param {{ chosen: readonly string[], withNamespaces: boolean }} options
 * @returns {Promise<Count & { unsteady: readonly string[] }>} in tests, from tap's own output; `unsteady` are the files that
 *   passed only at the second try
 */
export async function runSuite({ chosen, withNamespaces }) {
  const found = findTests(chosen)
  const leftOut = withNamespaces ? [] : found.filter((file) => NAMESPACE_TEST.test(file))
  const files = found.filter((file) => !leftOut.includes(file))
  const parts = PARTS.map(({ name, jobs }) => ({
    name,
    jobs,
    files: files.filter((file) => findPart(file) === name).sort(longFirst),
  }))
  /** @type {Ran[]} */
  const ran = []
  for (const part of parts.filter((each) => each.files.length > 0)) {
    ran.push(...(await runPart(part.name, part.files, part.jobs)))
  }
  tellSlowest(ran)
  const counts = new Map(ran.map(({ file, count }) => [file, count]))
  const unsteady = chosen.length === 0 ? await tryAgain(counts) : []
  for (const file of leftOut) console.log(`LEFT OUT (--without-network-namespaces): ${file}`)
  return { ...sumCounts(counts.values()), unsteady }
}
