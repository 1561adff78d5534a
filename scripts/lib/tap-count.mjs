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
 * @returns {Count}
 */
export function countTapFile(file) {
  /** @type {Count} */
  const count = { passed: 0, failed: 0, failures: [] }
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return count
  }
  const Parser = loadParser()
  const parser = new Parser()
  countTests(parser, count, [])
  parser.end(text)
  return count
}
