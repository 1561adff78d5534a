import { createServer } from 'node:tls'
import t from 'tap'
import { makeLoneMachine } from '../../e2e/support/network.ts'
import { startTurn } from '../../e2e/support/turn.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { TestAuthority } from '../../helpers/certificates.ts'
import { startServer, type ServerProcess } from '../../helpers/server-process.ts'

const LIMIT_MS = 60_000
const SECRET = 'f0b3d85c1e6a4729'

const waitForLine = (server: ServerProcess, line: RegExp) =>
  waitFor(String(line), () => line.test(server.stdout()) || undefined, LIMIT_MS)

t.test('a TURN server that is down is said at the start, and that it works again', async (t) => {
  t.setTimeout(2 * LIMIT_MS)
  const { namespace, publicAddress } = await makeLoneMachine(t)
  const env = {
    ...{ DATA_DIR: makeTempDir(t), PATH: process.env['PATH'] ?? '' },
    ...{ TURN_URLS: `turn:${publicAddress}:3478?transport=udp`, TURN_SECRET: SECRET },
  }
  const through = ['ip', 'netns', 'exec', namespace]
  const server = await startServer(t, env, undefined, through)
  await waitForLine(server, /"code":"PART_BROKEN","part":"turn"/)
  const turn = await startTurn(t, { networkNamespace: namespace, publicAddress, secret: SECRET })
  await waitForLine(server, /"code":"PART_MENDED","part":"turn"/)
  await turn.stop()
  t.notMatch(server.stdout(), new RegExp(SECRET))
})

t.test('the certificate in front of the server is seen to end', async (t) => {
  const authority = new TestAuthority(makeTempDir(t))
  const proxy = createServer(authority.issue({ names: ['DNS:localhost'], days: 3 }))
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  t.teardown(() => proxy.close())
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const server = await startServer(t, {
    DATA_DIR: makeTempDir(t),
    PUBLIC_URL: `https://localhost:${String(address.port)}`,
  })
  await waitForLine(server, /"code":"PART_BROKEN","part":"certificate"/)
  const check = await fetch(`http://127.0.0.1:${String(server.port)}/api/check`)
  const { certificateEndsAt } = (await check.json()) as { certificateEndsAt: number }
  const days = (certificateEndsAt - Date.now()) / 86_400_000
  t.ok(days > 2.9 && days <= 3, `S2 knows it as well: ${days.toFixed(2)} days`)
})
