import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ROOT } from './run.mjs'

/**
 * @param {string} path - a file or folder
 * @param {ReadonlySet<string>} leftOut - names of folders that are not looked into
 * @returns {string[]} every file below the path, in a stable order
 */
function filesBelow(path, leftOut) {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !leftOut.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = join(path, entry.name)
      if (entry.isDirectory()) return filesBelow(below, leftOut)
      return entry.isFile() ? [below] : []
    })
}

/**
 * One hash over names and contents of files and folders, to tell whether something made from them is stale.
 *
 * @param {readonly string[]} paths - from the checkout's root
 * @returns {string}
 */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of filesBelow(join(ROOT, path), new Set(['node_modules', 'dist']))) {
      hash
        .update(`${relative(ROOT, file)}\0`)
        .update(readFileSync(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

/**
 * @param {string} path - from the checkout's root
 * @returns {string} the stamp's text, empty when there is none
 */
export function readStamp(path) {
  try {
    return readFileSync(join(ROOT, path), 'utf8').trim()
  } catch {
    return ''
  }
}
