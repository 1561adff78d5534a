import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestScope } from './test-scope.ts'

/** Makes an empty folder that goes away with the test. */
export async function makeTempFolder(t: TestScope, name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `naervaer-${name}-`))
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
