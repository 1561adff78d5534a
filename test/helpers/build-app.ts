import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { buildApp, type AppOptions } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
// For what these declare of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../server/src/plugins/database.ts'
import type {} from '../../server/src/push/plugin.ts'
import type {} from '@fastify/websocket'
import type { ClientOptions } from 'ws'
import type { CallRow } from '../../server/src/database/schema.ts'
import { FakeClock } from './fake-clock.ts'
import type { PersonName } from './people.ts'
import { WsPerson, type ServerAddress } from './ws-person.ts'

/** Only what is needed of tap's test object. */
type Teardown = Pick<Test, 'teardown'>

export interface TestServer extends ServerAddress {
  readonly app: FastifyInstance
  readonly clock: FakeClock
  connect(name: PersonName, cookies?: string, options?: ClientOptions): Promise<WsPerson>
  loadCalls(): Promise<CallRow[]>
}

export interface TestServerOptions extends Partial<Omit<AppOptions, 'config' | 'clock'>> {
  readonly env?: Record<string, string>
  readonly clock?: FakeClock
}

/** A folder of its own, gone after the test. */
export function makeTempDir(t: Teardown): string {
  const folder = mkdtempSync(join(tmpdir(), 'naervaer-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The real app with its records in memory and a clock that stands still; closed after the test. */
export async function makeApp(
  t: Teardown,
  options: TestServerOptions = {},
): Promise<{ app: FastifyInstance; clock: FakeClock }> {
  const { env, clock = new FakeClock(), ...rest } = options
  const config = readConfig({ NODE_ENV: 'test', DEMO: 'on', LOG_LEVEL: 'silent', ...env })
  const app = await buildApp({ config, clock, databaseFile: ':memory:', ...rest })
  t.teardown(() => app.close())
  return { app, clock }
}

/** The same, listening on a free port of 127.0.0.1. */
export async function listen(t: Teardown, options: TestServerOptions = {}): Promise<TestServer> {
  const { app, clock } = await makeApp(t, options)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const server = { port: address.port, origin: 'http://localhost:8080' }
  return {
    ...server,
    app,
    clock,
    connect: (name, cookies, wish) => WsPerson.connect(server, name, cookies, wish),
    loadCalls: () => app.database.selectFrom('calls').selectAll().orderBy('created_at').execute(),
  }
}
