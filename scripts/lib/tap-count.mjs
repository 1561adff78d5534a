import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/**
 * @typedef {{ ok: boolean, name: string }} Point
 * @typedef {{ name: string, ok: boolean, count: number, on(event: 'child', listener: (child: TapParser) => void): void,
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
 * failed although everything inside passed (a timeout, a wrong plan, a crash) counts as one failure. One without
 * assertions is taken as it is: in a browser's tests waiting for what must come is the assertion, and throws.
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
 * Counts the tests of one file: one that has none, but passes, counts as one.
 *
 * @param {string} file - its name, with which its failures begin
 * @param {string} output - the TAP that it printed
 * @param {boolean} hasEndedWell - otherwise it is one failure at least
 * @returns {Count}
 */
export function countTap(file, output, hasEndedWell) {
  const Parser = loadParser()
  const parser = new Parser()
  /** @type {Count} */
  const count = { passed: 0, failed: 0, failures: [] }
  countTests(parser, count, [file])
  parser.end(output)
  // An empty file is not wrong as TAP, but says nothing.
  const isGood = hasEndedWell && parser.ok && parser.count > 0
  if (isGood && count.passed + count.failed === 0) count.passed = 1
  if (!isGood && count.failed === 0) {
    count.failed = 1
    count.failures.push(file)
  }
  return count
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
