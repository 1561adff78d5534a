import { join } from 'node:path'

/** Where backups go unless something else is set. */
export function defaultFolder(dataDir: string): string {
  return join(dataDir, 'backups')
}
