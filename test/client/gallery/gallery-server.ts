import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { extname, resolve } from 'node:path'
import { build } from 'vite'
import { listSecurityHeaders } from '../../../server/src/plugins/security-headers.ts'

/** Where the gallery's page is in what is built. */
const PAGE = '/test/client/gallery/index.html'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Serves the built gallery with the server's own security headers. Built, because Vite's server for
 * developers puts styles into the page by script, which the policy refuses.
 */
export class GalleryServer {
  /** Of the gallery's page. */
  readonly address: string
  readonly #server: Server

  private constructor(server: Server, origin: string) {
    this.#server = server
    this.address = origin + PAGE
  }

  static async open(): Promise<GalleryServer> {
    const files = await buildFiles()
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port was given')
    const origin = `http://127.0.0.1:${String(address.port)}`
    const headers = listSecurityHeaders({ origins: [origin], isHttps: false })
    server.on('request', (request, response) => {
      const { pathname } = new URL(request.url ?? '/', origin)
      const file = files.get(pathname)
      const type = TYPES[extname(pathname)] ?? 'application/octet-stream'
      response.writeHead(file === undefined ? 404 : 200, { ...headers, 'content-type': type })
      response.end(file)
    })
    return new GalleryServer(server, origin)
  }

  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }
}

/** @returns what is served, by path; kept in memory, so that tests at one time do not meet on the disk */
async function buildFiles(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const configFile = resolve(import.meta.dirname, 'vite.config.ts')
  const built = await build({ configFile, logLevel: 'error' })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return new Map(
    outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  )
}
