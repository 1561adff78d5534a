import { readFileSync, writeFileSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { FORBIDDEN } from '../../../server/src/doctor/checks/07-abuse.ts'
import {
  TurnClient,
  TurnRefusal,
  type TurnUser,
  type Wish,
} from '../../../server/src/turn-client/turn-client.ts'
import { parseTurnUrl } from '../../../server/src/turn-client/wire.ts'
import { startChild } from '../../e2e/support/child.ts'
import { makeTurnCredential } from '../../e2e/support/turn.ts'
import { waitFor } from '../../e2e/support/wait.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { findFreePort } from '../../helpers/free-port.ts'

const SECRET = '5d0e92b7c4a1386f'
const OTHER_SECRET = '8b3f61d02c9e57a4'
const HARDENED = readFileSync(
  fileURLToPath(new URL('../../../coturn.conf', import.meta.url)),
  'utf8',
)

interface Relay {
  /** A way to it for the holder of a credential, closed with the test. */
  connect(user?: TurnUser): Promise<TurnClient>
}

/** The coturn.conf that is shipped, with both families of addresses, on loopback. */
async function startRelay(
  t: Test,
  secrets: readonly string[] = [SECRET],
  extraLines: readonly string[] = [],
): Promise<Relay> {
  const folder = makeTempDir(t)
  const port = await findFreePort()
  const lines = [
    HARDENED,
    ...[`listening-port=${port}`, 'listening-ip=127.0.0.1', 'relay-ip=127.0.0.1', 'relay-ip=::1'],
    ...secrets.map((secret) => `static-auth-secret=${secret}`),
    ...['realm=turn.example.dk', 'log-file=stdout', 'verbose'],
    ...extraLines,
    ...[`pidfile=${join(folder, 'pid')}`, `userdb=${join(folder, 'db')}`, ''],
  ]
  writeFileSync(join(folder, 'turnserver.conf'), lines.join('\n'))
  const child = startChild(['turnserver', '-c', join(folder, 'turnserver.conf')])
  t.teardown(() => child.end('SIGKILL'))
  await child.line(/UDP listener opened on/)
  const place = parseTurnUrl(`turn:127.0.0.1:${port}?transport=udp`)
  if (place === null) throw new Error('no place')
  const open = (user = makeTurnCredential(SECRET, 600)) =>
    TurnClient.connect(place, user, { timeoutMs: 10_000 })
  const connect = async (user?: TurnUser) => {
    const client = await open(user)
    t.teardown(() => client.close())
    return client
  }
  // It listens a moment before it knows its secrets.
  await waitFor('a relay that knows its secret', async () => {
    const client = await open()
    const isWell = await client.allocate().then(
      () => true,
      () => undefined,
    )
    await client.close()
    return isWell
  })
  return { connect }
}

/** Of a request that must be refused. @returns the number of the answer, or `granted` */
async function refusal(request: Promise<unknown>): Promise<number | 'granted'> {
  try {
    await request
    return 'granted'
  } catch (error) {
    if (error instanceof TurnRefusal) return error.status
    throw error
  }
}

t.test('S-21 every forbidden target is refused with 403, in its own family', async (t) => {
  const relay = await startRelay(t)
  const places = {
    ipv4: await relay.connect(),
    ipv6: await relay.connect(),
  }
  for (const [family, client] of Object.entries(places)) {
    await client.allocate({ family: family as keyof typeof places })
  }
  t.ok(FORBIDDEN.length >= 27)
  for (const target of FORBIDDEN) {
    const client = isIPv6(target) ? places.ipv6 : places.ipv4
    t.equal(await refusal(client.permit(target)), 403, target)
  }
  await places.ipv4.permit('1.1.1.1')
  await places.ipv6.permit('2606:4700:4700::1111')
  t.pass('public addresses of both families are permitted')
})

t.test('who is no user, or is none any more, gets nothing', async (t) => {
  const relay = await startRelay(t)
  const tries: Readonly<Record<string, TurnUser>> = {
    'a wrong secret': makeTurnCredential(OTHER_SECRET, 600),
    'an expired name': makeTurnCredential(SECRET, -1),
    'a name that was made longer': {
      ...makeTurnCredential(SECRET, -1),
      username: '9999999999:harness',
    },
    'an empty credential': { ...makeTurnCredential(SECRET, 600), credential: '' },
  }
  for (const [what, user] of Object.entries(tries)) {
    const client = await relay.connect(user)
    t.equal(await refusal(client.allocate()), 401, what)
  }
})

t.test('both secrets of a rotation are accepted, and no third', async (t) => {
  const relay = await startRelay(t, [SECRET, OTHER_SECRET])
  for (const secret of [SECRET, OTHER_SECRET]) {
    const client = await relay.connect(makeTurnCredential(secret, 600))
    await client.allocate()
  }
  const stranger = await relay.connect(makeTurnCredential('0f3c96d27b4ea158', 600))
  t.equal(await refusal(stranger.allocate()), 401)
})

/** @returns what each of so many who ask for a place one after the other is answered */
async function askForPlaces(
  relay: Relay,
  count: number,
  nameOf: (index: number) => string,
): Promise<(number | 'granted')[]> {
  const answers: (number | 'granted')[] = []
  for (let index = 0; index < count; index += 1) {
    const client = await relay.connect(makeTurnCredential(SECRET, 600, nameOf(index)))
    answers.push(await refusal(client.allocate()))
  }
  return answers
}

t.test('S-22 of 100 places for one credential the share is granted', async (t) => {
  const relay = await startRelay(t)
  const share = Number(/^user-quota=([0-9]+)$/m.exec(HARDENED)?.[1])
  const user = makeTurnCredential(SECRET, 600, 'greedy')
  const answers: (number | 'granted')[] = []
  for (let place = 0; place < 100; place += 1) {
    answers.push(await refusal((await relay.connect(user)).allocate()))
  }
  t.equal(answers.filter((answer) => answer === 'granted').length, share)
  t.equal(answers.filter((answer) => answer === 486).length, 100 - share)
  t.strictSame(await askForPlaces(relay, 3, (i) => `other-${String(i)}`), [
    ...['granted', 'granted', 'granted'],
  ])
})

t.test('S-22 all together get no more places than there are', async (t) => {
  const total = 6
  // As shipped there are 300: one more relay would be as many sockets for the same answer.
  const relay = await startRelay(t, [SECRET], [`total-quota=${String(total)}`])
  // Each has a share of its own that is far from full.
  const answers = await askForPlaces(relay, total + 2, (i) => `name-${String(i)}`)
  const granted = answers.filter((answer) => answer === 'granted').length
  // coturn may still count the one that was tried at its start, and given back.
  t.ok(granted === total || granted === total - 1, `${String(granted)} of ${String(total)}`)
  t.strictSame(answers.slice(granted), Array<number>(answers.length - granted).fill(486))
})

t.test('no TCP to others, and no more places for one name than its share', async (t) => {
  const relay = await startRelay(t)
  const tcp: Wish = { transport: 'tcp' }
  const client = await relay.connect()
  t.equal(await refusal(client.allocate(tcp)), 442)
  const share = Number(/^user-quota=([0-9]+)$/m.exec(HARDENED)?.[1])
  t.ok(share > 0)
  // coturn counts by the name behind the time, however many credentials are made for it.
  const granted: number[] = []
  let answer: number | 'granted' = 'granted'
  while (answer === 'granted' && granted.length <= share) {
    const place = granted.length
    const one = await relay.connect(makeTurnCredential(SECRET, 600 + place, 'side'))
    answer = await refusal(one.allocate())
    if (answer === 'granted') granted.push(place)
  }
  t.equal(answer, 486)
  t.equal(granted.length, share)
  const other = await relay.connect(makeTurnCredential(SECRET, 600, 'other'))
  await other.allocate()
  t.pass('another name has its own share')
})
