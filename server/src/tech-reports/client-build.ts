import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBuild } from '@naervaer/shared'

/** Which client lies ready to be served; null where none has been built. */
export function readClientBuild(root: string): string | null {
  try {
    return findBuild(readFileSync(join(root, 'index.html'), 'utf8'))
  } catch {
    return null
  }
}
