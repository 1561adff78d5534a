import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { waitFor } from '../e2e/support/wait.ts'
import { listen, makeTempDir } from '../helpers/build-app.ts'
import { Browser, pairDevice } from '../helpers/paired-device.ts'
import { PEOPLE } from '../helpers/people.ts'
import { PushedBrowser } from '../helpers/push-service.ts'
import { GOOD_SDP } from '../helpers/sdp.ts'
import { startServer } from '../helpers/server-process.ts'
import { WsPerson } from '../helpers/ws-person.ts'
import { INVITE, subscribe } from './push/push-world.ts'

const LIMIT_MS = 60_000
/** A server starts in two or three seconds here; waiting for the two names that it knows would add four for each. */
const START_LIMIT_MS = 8_000

/** Set where this file runs in the place that it makes. */
const INSIDE = 'NAERVAER_TEST_CUT_OFF'

/**
 * A network that ends at the next machine, which says nothing: what is sent goes out, names are asked for, and nobody
 * answers. That takes longer to be noticed than a route that is not there.
 */
const NOBODY_OUT_THERE = [
  'ip link set lo up',
  'ip link add v0 type veth peer name v1',
  'ip address add 192.0.2.2/24 dev v0',
  'ip link set v0 up && ip link set v1 up',
  'ip neighbour add 192.0.2.1 lladdr 02:00:00:00:00:01 dev v0',
  'ip route add default via 192.0.2.1',
]

interface Ready {
  readonly status: number
  readonly degraded: readonly string[]
}

async function askReady(origin: string): Promise<Ready> {
  const answer = await fetch(`${origin}/ready`)
  const { degraded } = (await answer.json()) as { degraded: string[] }
  return { status: answer.status, degraded }
}

const waitForBroken = (origin: string, part: string) =>
  waitFor(
    `${part} is said not to work`,
    async () => {
      const ready = await askReady(origin)
      return ready.degraded.includes(part) ? ready : undefined
    },
    LIMIT_MS,
  )

if (process.env[INSIDE] === undefined) {
  const names = join(makeTempDir(t), 'resolv.conf')
  writeFileSync(names, 'nameserver 192.0.2.1\n')
  const place = [...NOBODY_OUT_THERE, `mount --bind ${names} /etc/resolv.conf`].join(' && ')
  const self = [process.execPath, import.meta.filename]
  t.spawn(
    'unshare',
    ['--mount', '--net', 'sh', '-c', `${place} && exec "$@"`, 'sh', ...self],
    { env: { ...process.env, [INSIDE]: 'yes', RES_OPTIONS: 'timeout:2 attempts:2' } },
    'where nobody outside answers',
  )
} else {
  t.test(
    'O-06 without the internet people sign in and talk, and the start waits for nobody',
    async (t) => {
      t.setTimeout(LIMIT_MS)
      const from = performance.now()
      const server = await startServer(t, {
        ...{ DATA_DIR: makeTempDir(t), NODE_ENV: 'test' },
        ...{ TURN_URLS: 'turn:turn.naervaer.test:3478', TURN_SECRET: 'f0b3d85c1e6a4729' },
        ...{ OIDC_ISSUER: 'https://idp.naervaer.test', OIDC_CLIENT_ID: 'naervaer' },
        ...{ OIDC_CLIENT_SECRET: 'b7e2c95d10a84f36', OIDC_ROLE_MAP: 'it=it' },
      })
      const tookMs = performance.now() - from
      t.ok(tookMs < START_LIMIT_MS, `${tookMs.toFixed(0)} ms`)
      t.equal((await fetch(`${server.origin}/health`)).status, 200)
      const mette = await WsPerson.connect(server, 'mette')
      const anna = await WsPerson.connect(server, 'anna')
      const { id: call } = await mette.must(INVITE)
      await anna.must({ type: 'call.accept', call })
      const signal = { call, generation: 1, seq: 0 } as const
      const description = { type: 'offer', sdp: GOOD_SDP } as const
      mette.send({ type: 'signal.description', ...signal, description })
      await anna.waitFor('signal.description')
      for (const person of [mette, anna]) {
        await person.must({ type: 'call.connected', call, generation: 1, path: 'host' })
      }
      await mette.waitForState(call, 'connected')
      // Somebody tries their work account meanwhile.
      await fetch(`${server.origin}/api/oidc/start`, { redirect: 'manual' })
      await waitForBroken(server.origin, 'signIn')
      const ready = await waitForBroken(server.origin, 'turn')
      t.equal(ready.status, 200, 'whom it serves it goes on serving')
      await anna.must({ type: 'call.hangUp', call })
      t.match(await mette.waitForState(call, 'ended'), { outcome: 'completed' })
    },
  )

  t.test('O-06 a closed app that cannot be reached is said, and an open one rings', async (t) => {
    t.setTimeout(LIMIT_MS)
    const clientRoot = makeTempDir(t)
    writeFileSync(join(clientRoot, 'index.html'), '<!doctype html><title>Nærvær</title>')
    const server = await listen(t, { clientRoot })
    const origin = `http://127.0.0.1:${String(server.port)}`
    t.match(await (await fetch(`${origin}/`)).text(), /<title>Nærvær/, 'the page')
    const mette = await server.connect('mette')
    const worker = await Browser.signedIn(server.app, 'mette')
    const device = await pairDevice(server.app, () => server.clock.now(), worker)
    await subscribe(device, new PushedBrowser('https://fcm.googleapis.com/fcm/send/nobody'))
    await mette.waitFor('presence.changed', ({ isNotified }) => isNotified)
    const { id } = await mette.must(INVITE)
    const ready = await waitForBroken(origin, 'push')
    t.equal(ready.status, 200)
    await mette.must({ type: 'call.cancel', call: id })
    const jens = await server.connect('jens')
    const again = await mette.must({ type: 'call.invite', citizenId: PEOPLE.jens })
    t.equal((await jens.waitForState(again.id, 'inviting')).id, again.id, 'it rings')
  })
}
