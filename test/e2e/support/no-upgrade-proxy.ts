import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { TestScope } from './test-scope.ts'

/** A proxy between a person and the server. */
export interface TestProxy {
  readonly port: number
  readonly url: string
  /** Where it sends requests from now on; null while there is nothing behind it. */
  pointTo(port: number | null): void
}

/** Opens an HTTP proxy that has never heard of WebSockets: it answers an upgrade as any other request. */
export async function openProxy(t: TestScope): Promise<TestProxy> {
  let target: number | null = null
  const pass = (from: IncomingMessage, to: ServerResponse) => {
    if (target === null) {
      to.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>')
      return
    }
    const { method = 'GET', url: path = '/' } = from
    // As it must say of itself (RFC 9110 § 7.6.3).
    const headers = { ...from.headers, via: '1.1 proxy.example.dk' }
    const onward = request(
      { ...{ host: '127.0.0.1', port: target, method, path, headers }, agent: false },
      (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(to)
      },
    )
    onward.on('error', () => to.destroy())
    from.pipe(onward)
  }
  const proxy = createServer(pass)
  proxy.on('upgrade', (_request, socket) => {
    const answer = 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'
    socket.end(answer, () => socket.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  t.teardown(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  const { port } = address
  return {
    port,
    url: `http://localhost:${String(port)}`,
    pointTo: (next) => {
      target = next
    },
  }
}
