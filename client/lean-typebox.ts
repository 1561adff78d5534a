import { join } from 'node:path'
import type { AliasOptions } from 'vite'

const instead = (find: RegExp, file: string): { find: RegExp; replacement: string } => ({
  find,
  replacement: join(import.meta.dirname, 'src/services/socket', file),
})

/**
 * Leaves out more of typebox than our schemas make use of, for page and service worker alike. The paths
 * are as typebox asks for its own parts, and nobody else does.
 */
export const leanTypebox: AliasOptions = [
  instead(/^\.\.\/\.\.\/format\/index\.mjs$/, 'no-formats.ts'),
  instead(/^\.\.\/\.\.\/system\/hashing\/index\.mjs$/, 'small-hashing.ts'),
  instead(/^\.\.\/resolve\/index\.mjs$/, 'no-references.ts'),
]
