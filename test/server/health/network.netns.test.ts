import { createServer } from 'node:tls'
import t, { type Test } from 'tap'
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

/** Shows a certificate of so many days. @returns the port on localhost */
async function show(t: Test, authority: TestAuthority, days: number): Promise<number> {
  const place = createServer(authority.issue({ names: ['DNS:localhost'], days }))
  await new Promise<void>((resolve) => place.listen(0, '127.0.0.1', resolve))
  t.teardown(() => place.close())
  const address = place.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

t.test('O-07 TURN’s certificate is seen to end as well, and each is a figure', async (t) => {
  const authority = new TestAuthority(makeTempDir(t))
  const [page, turn] = [await show(t, authority, 60), await show(t, authority, 3)]
  const server = await startServer(t, {
    ...{ DATA_DIR: makeTempDir(t), PUBLIC_URL: `https://localhost:${String(page)}` },
    ...{ TURN_URLS: `turns:localhost:${String(turn)}?transport=tcp`, TURN_SECRET: SECRET },
  })
  await waitForLine(server, /"code":"PART_BROKEN","part":"certificate"/)
  const text = await (await fetch(`http://127.0.0.1:${String(server.port)}/metrics`)).text()
  const daysOf = (name: string) => {
    const line = new RegExp(`^naervaer_cert_expiry_seconds\\{name="${name}"\\} (\\S+)$`, 'm')
    return Math.ceil(Number(line.exec(text)?.[1]) / 86_400)
  }
  t.strictSame({ page: daysOf('page'), turn: daysOf('turn') }, { page: 60, turn: 3 })
})

t.test('the certificate in front of the server is seen to end', async (t) => {
  const authority = new TestAuthority(makeTempDir(t))
  const port = await show(t, authority, 3)
  const server = await startServer(t, {
    DATA_DIR: makeTempDir(t),
    PUBLIC_URL: `https://localhost:${String(port)}`,
  })
  await waitForLine(server, /"code":"PART_BROKEN","part":"certificate"/)
  const check = await fetch(`http://127.0.0.1:${String(server.port)}/api/check`)
  const { certificateEndsAt } = (await check.json()) as { certificateEndsAt: number }
  const days = (certificateEndsAt - Date.now()) / 86_400_000
  t.ok(days > 2.9 && days <= 3, `S2 knows it as well: ${days.toFixed(2)} days`)
})
