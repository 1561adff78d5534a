import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import t from 'tap'
import { WebSocket } from 'ws'
import { CLOSE_CODES } from '@naervaer/shared'
import { startServer, type ServerProcess } from '../helpers/server-process.ts'
import { waitFor } from '../e2e/support/wait.ts'
import { makeTempDir } from '../helpers/build-app.ts'
import { PEOPLE } from '../helpers/people.ts'

/** Well within the 30 s that the stack gives. */
const LIMIT_MS = 10_000

/** Ends the server as the stack does, and tells how it ended and after how long. */
async function stop({ child, exited }: ServerProcess) {
  const at = performance.now()
  child.kill('SIGTERM')
  const code = await exited
  return { code, tookMs: performance.now() - at }
}

async function openSocket({ origin }: ServerProcess): Promise<WebSocket> {
  const answer = await fetch(`${origin}/api/demo/sign-in`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ personId: PEOPLE.mette }),
  })
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, ['naervaer.v1'], {
    headers: { origin, cookie: cookie.join('; ') },
  })
  await once(socket, 'message')
  return socket
}

/** Begins a request and never ends it, as a telephone does that has lost its network. */
async function beginRequest({ port, origin }: ServerProcess): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const head = [
    'POST /api/demo/sign-in HTTP/1.1',
    `Host: localhost:${port}`,
    `Origin: ${origin}`,
    'Content-Type: application/json',
    'Content-Length: 100',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n{`)
  return socket
}

t.test('O-02 sockets are told that the server starts again, and it ends with 0', async (t) => {
  const server = await startServer(t, { DATA_DIR: makeTempDir(t) })
  const socket = await openSocket(server)
  const closed = once(socket, 'close')
  const { code, tookMs } = await stop(server)
  t.equal((await closed)[0], CLOSE_CODES.SERVICE_RESTART)
  t.equal(code, 0)
  t.ok(tookMs < LIMIT_MS, `${tookMs.toFixed(0)} ms`)
})

t.test('a socket that says nothing and a request that never ends hold nothing up', async (t) => {
  const server = await startServer(t, { DATA_DIR: makeTempDir(t) })
  const silent = await openSocket(server)
  // Its browser has been put to sleep: what is sent to it is read by nobody.
  silent.pause()
  const half = await beginRequest(server)
  half.on('error', () => undefined)
  const idle = connect(server.port, '127.0.0.1')
  idle.on('error', () => undefined)
  await once(idle, 'connect')
  t.teardown(() => {
    silent.terminate()
    half.destroy()
    idle.destroy()
  })
  const { code, tookMs } = await stop(server)
  t.equal(code, 0)
  t.ok(tookMs < LIMIT_MS, `${tookMs.toFixed(0)} ms`)
})

t.test(
  'O-12 a server that stops is not ready for anybody new, while it says goodbye',
  async (t) => {
    const server = await startServer(t, { DATA_DIR: makeTempDir(t) })
    const ready = `http://127.0.0.1:${server.port}/ready`
    t.equal((await fetch(ready)).status, 200)
    // Its goodbye is answered by nobody, so that it is waited for.
    const silent = await openSocket(server)
    silent.pause()
    t.teardown(() => silent.terminate())
    const stopped = stop(server)
    const body = await waitFor('the end of being ready', async () => {
      const answer = await fetch(ready)
      return answer.status === 503 ? answer.text() : undefined
    })
    t.match(body, /SERVER_STOPPING/)
    t.equal(server.child.exitCode, null, 'it still waits')
    t.equal((await stopped).code, 0)
  },
)

t.test('a proxy that keeps its connection after a refused upgrade holds nothing up', async (t) => {
  const server = await startServer(t, { DATA_DIR: makeTempDir(t) })
  // Its goodbye is answered by nobody, so that it is waited for.
  const silent = await openSocket(server)
  silent.pause()
  t.teardown(() => silent.terminate())
  const proxy = connect(server.port, '127.0.0.1')
  proxy.on('error', () => undefined)
  t.teardown(() => proxy.destroy())
  await once(proxy, 'connect')
  const stopped = stop(server)
  await waitFor('the end of being ready', async () => {
    const { status } = await fetch(`http://127.0.0.1:${server.port}/ready`)
    return status === 503 || undefined
  })
  const head = [
    'GET /ws HTTP/1.1',
    `Host: localhost:${server.port}`,
    `Origin: ${server.origin}`,
    ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ...['Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol: naervaer.v1'],
  ]
  proxy.write(`${head.join('\r\n')}\r\n\r\n`)
  const [answer] = (await once(proxy, 'data')) as [Buffer]
  t.match(answer.toString(), 'HTTP/1.1 503')
  const { code, tookMs } = await stopped
  t.equal(code, 0)
  t.ok(tookMs < LIMIT_MS, `${tookMs.toFixed(0)} ms`)
})
