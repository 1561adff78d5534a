import { appendFile, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { buildApp } from '../../../server/src/app.ts'
import { readConfig } from '../../../server/src/config.ts'
import { CLIENT_DIST } from '../../../server/src/plugins/client-files.ts'
import { runCli } from '../../helpers/cli.ts'
import { findFreePort } from '../../helpers/free-port.ts'
import { makeTempFolder } from './temp-folder.ts'
import type { TestScope } from './test-scope.ts'

/**
 * The real server in this process, with a client of its own that a test may bring a new version of.
 *
 * @param protocolVersion - the server's, where it is to be another
 */
export async function startOwnClient(t: TestScope, protocolVersion?: number) {
  const clientRoot = await makeTempFolder(t, 'client')
  await cp(CLIENT_DIST, clientRoot, { recursive: true })
  const env = {
    DEMO: 'on',
    LOG_LEVEL: 'silent',
    PORT: String(await findFreePort()),
    DATA_DIR: await makeTempFolder(t, 'data'),
  }
  const config = readConfig(env)
  const app = await buildApp({
    config,
    clientRoot,
    ...(protocolVersion === undefined ? {} : { protocolVersion }),
  })
  const asked: string[] = []
  app.addHook('onRequest', (request, _reply, done) => {
    asked.push(request.url)
    done()
  })
  t.teardown(() => app.close())
  await app.listen({ port: config.port, host: config.host })
  return {
    url: `http://localhost:${env.PORT}`,
    /** Every address that was asked for, in order. */
    asked: asked as readonly string[],
    /** A browser looks byte by byte whether there is a new one (W3C, Service Workers, "Update"). */
    deploy: () => appendFile(join(clientRoot, 'service-worker.js'), '\n// a new version\n'),
    /** As an operator does. */
    naervaer: (...words: string[]) => runCli(env, ...words),
  }
}
