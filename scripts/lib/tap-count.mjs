import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/**
 * @typedef {{ ok: boolean, name: string }} Point
 * @typedef {{ name: string, on(event: 'child', listener: (child: TapParser) => void): void,
 *   on(event: 'assert', listener: (point: Point) => void): void, end(text: string): void }} TapParser
 * @typedef {{ passed: number, failed: number, failures: string[] }} Count
 */

/**
 * The parser tap itself uses, found where tap finds it: it is no dependency of ours.
 *
 * @returns {new () => TapParser}
 */
function loadParser() {
  const ours = createRequire(join(ROOT, 'package.json'))
  const core = createRequire(createRequire(ours.resolve('tap')).resolve('@tapjs/core'))
  return core('tap-parser').Parser
}

/**
 * Counts below one test: a test with tests inside counts as those, any other as one. A test that
 * failed although everything inside passed (a timeout, a wrong plan, a crash) counts as one failure.
 *
 * @param {TapParser} parser
 * @param {Count} count
 * @param {readonly string[]} path - names of the tests around
 */
function countTests(parser, count, path) {
  /** @type {{ name: string, before: number, failedBefore: number } | undefined} */
  let child
  parser.on('child', (inner) => {
    child = { name: inner.name, before: count.passed + count.failed, failedBefore: count.failed }
    countTests(inner, count, [...path, inner.name])
  })
  parser.on('assert', (point) => {
    if (child === undefined) return
    const hasTestsInside = count.passed + count.failed > child.before
    const hasFailedInside = count.failed > child.failedBefore
    if (point.ok && !hasTestsInside) count.passed += 1
    if (!point.ok && !hasFailedInside) {
      count.failed += 1
      count.failures.push([...path, child.name].join(' > '))
    }
    child = undefined
  })
}

/**
 * Counts the tests in a TAP file that tap wrote.
 *
 * @param {string} file - absolute path; a missing file has no tests
 * @returns {Map<string, Count>} of each test file, by its path
 */
export function countTapFile(file) {
  /** @type {Map<string, Count>} */
  const counts = new Map()
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return counts
  }
  const Parser = loadParser()
  const parser = new Parser()
  /** @type {{ name: string, count: Count } | undefined} */
  let child
  parser.on('child', (inner) => {
    child = { name: inner.name, count: { passed: 0, failed: 0, failures: [] } }
    counts.set(inner.name, child.count)
    countTests(inner, child.count, [inner.name])
  })
  parser.on('assert', (point) => {
    if (child === undefined) return
    const { name, count } = child
    if (point.ok && count.passed + count.failed === 0) count.passed = 1
    if (!point.ok && count.failed === 0) {
      count.failed = 1
      count.failures.push(name)
    }
    child = undefined
  })
  parser.end(text)
  return counts
}

/**
 * @param {Iterable<Count>} counts
 * @returns {Count}
 */
export function sumCounts(counts) {
  /** @type {Count} */
  const sum = { passed: 0, failed: 0, failures: [] }
  for (const { passed, failed, failures } of counts) {
    sum.passed += passed
    sum.failed += failed
    sum.failures.push(...failures)
  }
  return sum
}
