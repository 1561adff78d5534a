import { appendFile, cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
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
    /** A build in which every script has another name, as when all of them have changed. */
    upgrade: () => renameScripts(clientRoot),
    /** As an operator does. */
    naervaer: (...words: string[]) => runCli(env, ...words),
  }
}

async function renameScripts(root: string): Promise<void> {
  const files = await readdir(root, { recursive: true })
  // What a server falls back to where nothing is compressed.
  await Promise.all(
    files.filter((file) => /\.(br|gz)$/.test(file)).map((file) => rm(join(root, file))),
  )
  const scripts = files.flatMap((file) => /^assets\/(.*-[\w-]{8})\.js$/.exec(file)?.[1] ?? [])
  for (const file of files.filter((each) => /\.(js|html)$/.test(each))) {
    const path = join(root, file)
    const text = await readFile(path, 'utf8')
    const renamed = scripts.reduce((all, name) => all.replaceAll(`${name}.js`, `${name}2.js`), text)
    // The page has changed with the names in it, and is kept by the hash of what it holds.
    await writeFile(
      path,
      renamed.replace(/(index\.html.{1,20}?)[0-9a-f]{16}/, `$1${'0'.repeat(16)}`),
    )
  }
  for (const name of scripts)
    await rename(join(root, `assets/${name}.js`), join(root, `assets/${name}2.js`))
}
