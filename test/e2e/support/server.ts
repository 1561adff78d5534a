import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { findFreePort } from '../../helpers/free-port.ts'
import { inNamespace, plainEnvironment, startChild } from './child.ts'
import { makeTempFolder } from './temp-folder.ts'
import type { TestScope } from './test-scope.ts'

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))

/** What a test decides about its server. */
export interface ServerOptions {
  /** Environment variables of the product, over the defaults of this helper. */
  readonly env?: Readonly<Record<string, string>>
  readonly networkNamespace?: string
  /** The folder of an earlier server, to start again on its records; a new one when left out. */
  readonly dataDir?: string
  /** The port of an earlier server; a free one when left out. */
  readonly port?: number
}

/** The real server in a process of its own. */
export interface TestServer {
  /** What it printed, without a slash at its end. */
  readonly url: string
  readonly port: number
  readonly dataDir: string
  readonly pid: number
  readonly logs: () => string
  /** Ends it as a power cut would. */
  readonly kill9: () => Promise<void>
  /** Ends it as an operator would. */
  readonly stop: () => Promise<void>
  /** Reads its SQLite file through a connection of our own that cannot write. */
  readonly rows: (sql: string, ...values: readonly unknown[]) => Record<string, unknown>[]
}

function readRows(dataDir: string, sql: string, values: readonly unknown[]) {
  const database = new Database(join(dataDir, 'naervaer.sqlite'), { readonly: true })
  try {
    return database.prepare<unknown[], Record<string, unknown>>(sql).all(...values)
  } finally {
    database.close()
  }
}

/**
 * Starts the server from its sources with demo people and an empty data folder, and waits until it
 * says where it listens. Ends with the test.
 *
 * @throws Error with everything it printed when it does not come up
 */
export async function startServer(t: TestScope, options: ServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await makeTempFolder(t, 'data'))
  const port = options.port ?? (await findFreePort())
  const child = startChild(inNamespace(options.networkNamespace, [process.execPath, MAIN]), {
    env: plainEnvironment({ DEMO: '1', PORT: String(port), DATA_DIR: dataDir, ...options.env }),
  })
  t.teardown(() => child.end('SIGTERM'))
  const [, url = ''] = await child.line(/Nærvær: (https?:\/\/\S+?)\/?\s/)
  return {
    url,
    port,
    dataDir,
    pid: child.pid,
    logs: child.logs,
    kill9: () => child.end('SIGKILL'),
    stop: () => child.end('SIGTERM'),
    rows: (sql, ...values) => readRows(dataDir, sql, values),
  }
}
