import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { CallId, ClientMessage, ServerMessage } from '@naervaer/shared'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { GOOD_SDP } from '../../helpers/sdp.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'
import type {} from '../../../server/src/plugins/database.ts'

const TURN = {
  TURN_URLS: 'turn:turn.example.dk:3478',
  TURN_SECRET: 'only-coturn-and-i-know',
}
const RELAY = 'candidate:2 1 udp 41885439 203.0.113.10 49200 typ relay'
const HOST = 'candidate:1 1 udp 2113937151 192.168.1.20 50000 typ host'
const REFUSED = { refused: 'SIGNAL_ADDRESS_REFUSED', received: [] }

async function makeWorld(t: Test, env: Record<string, string> = TURN) {
  const server = await listen(t, { env })
  const staff = await HttpPerson.signIn(server.app, 'mette')
  const protect = async (isAddressProtected = true) => {
    const url = `/api/citizens/${PEOPLE.anna}/protection`
    const { status } = await staff.ask('PUT', url, { isAddressProtected })
    if (status !== 204) throw new Error(`protection answered ${status}`)
  }
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  return { server, mette, anna, protect }
}

const ring = (mette: WsPerson) => mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })

const candidate = (call: CallId, text: string, generation = 1) =>
  ({
    type: 'signal.candidate',
    call,
    generation,
    seq: 1,
    candidate: { candidate: text, sdpMid: '0', sdpMLineIndex: 0 },
  }) as const

const offer = (call: CallId, sdp: string, generation = 1) =>
  ({
    type: 'signal.description',
    call,
    generation,
    seq: 0,
    description: { type: 'offer', sdp },
  }) as const

/** Sends a signal. @returns the refusal that came back, if any, and what the other side got */
async function relay(from: WsPerson, to: WsPerson, message: ClientMessage) {
  const [sent, got] = [from.frames.length, to.frames.length]
  from.send(message)
  await from.request({ type: 'ping' })
  await to.request({ type: 'ping' })
  const refusal = from.frames.slice(sent).find((frame) => frame.type === 'error')
  return {
    refused: refusal?.type === 'error' ? refusal.code : null,
    received: to.frames.slice(got).filter(({ type }) => type.startsWith('signal.')),
  }
}

async function readPolicy(person: WsPerson, call: CallId): Promise<string> {
  const reply: ServerMessage = await person.request({ type: 'turn.fetch', call })
  if (reply.type !== 'turn.reply') throw new Error(`got ${reply.type}`)
  return `${reply.policy} by ${reply.iceServers.length}`
}

t.test('PA5 PA6 PA7 S-23 a protected call shows no address, from the ring on', async (t) => {
  const { server, mette, anna, protect } = await makeWorld(t)
  await protect()
  const { id } = await ring(mette)
  await anna.must({ type: 'call.ringing', call: id })
  for (const step of ['while it rings', 'after the answer'] as const) {
    for (const [from, to] of [
      [mette, anna],
      [anna, mette],
    ] as const) {
      t.equal(await readPolicy(from, id), 'relay by 1', step)
      t.strictSame(await relay(from, to, candidate(id, HOST)), REFUSED, step)
      const passed = await relay(from, to, candidate(id, `${RELAY} raddr 192.168.1.20 rport 5`))
      const hidden = candidate(id, `${RELAY} raddr 0.0.0.0 rport 0`)
      t.strictSame(passed, { refused: null, received: [hidden] }, step)
    }
    const embedded = offer(id, `${GOOD_SDP}a=${HOST}\r\n`)
    t.strictSame(await relay(mette, anna, embedded), REFUSED, step)
    const cleaned = await relay(mette, anna, offer(id, `${GOOD_SDP}c=IN IP4 192.168.1.20\r\n`))
    const clean = offer(id, `${GOOD_SDP}c=IN IP4 0.0.0.0\r\n`)
    t.strictSame(cleaned, { refused: null, received: [clean] }, step)
    if (step === 'while it rings') await anna.must({ type: 'call.accept', call: id })
  }
  const kept = JSON.stringify(await server.loadCalls())
  t.notMatch(kept, /192\.168|203\.0/, 'nothing of it is kept')
})

t.test('PA7 what has nothing to hide passes in its own bytes', async (t) => {
  const { mette, anna, protect } = await makeWorld(t)
  await protect()
  const { id } = await ring(mette)
  await anna.must({ type: 'call.accept', call: id })
  const raw: string[] = []
  anna.socket.on('message', (data: Buffer) => raw.push(data.toString()))
  const text = JSON.stringify(candidate(id, `${RELAY} raddr 0.0.0.0 rport 0`), null, 3)
  mette.socket.send(text)
  await anna.waitFor('signal.candidate')
  t.ok(raw.includes(text), 'spaces and all')
})

t.test('S-23 a call of somebody else goes as before, whatever is in it', async (t) => {
  const { server, mette, protect } = await makeWorld(t)
  await protect()
  const jens = await server.connect('jens')
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.jens })
  await jens.must({ type: 'call.accept', call: id })
  t.equal(await readPolicy(mette, id), 'all by 1')
  for (const message of [
    candidate(id, `${HOST} raddr 192.168.1.20 rport 5`),
    offer(id, `${GOOD_SDP}c=IN IP4 192.168.1.20\r\na=${HOST}\r\n`),
  ]) {
    t.strictSame(await relay(mette, jens, message), { refused: null, received: [message] })
  }
})

t.test('PA3 without a TURN server a protected citizen is not rung', async (t) => {
  const { server, mette, anna, protect } = await makeWorld(t, {})
  await protect()
  const wish = { type: 'call.invite', citizenId: PEOPLE.anna } as const
  t.equal(await mette.ask(wish), 'CALL_RELAY_MISSING')
  const miss = {
    outcome: 'failed',
    end_reason: 'network',
    answered_at: null,
    result: 'relayMissing',
  }
  t.match(await server.loadCalls(), [miss], 'the attempt is a miss in the record')
  t.notOk(
    anna.frames.some(({ type }) => type === 'call.changed'),
    'and nothing has rung',
  )
  await mette.must({ type: 'call.invite', citizenId: PEOPLE.jens })
  await mette.must({ type: 'call.cancel', call: (await server.loadCalls())[1]?.id as CallId })
  await protect(false)
  t.match(await ring(mette), { state: 'inviting' })
})

t.test('PA4 set during a ring or a talk it holds at once, and then to the end', async (t) => {
  const { server, mette, anna, protect } = await makeWorld(t)
  const { id } = await ring(mette)
  await anna.must({ type: 'call.accept', call: id })
  t.equal((await relay(mette, anna, offer(id, GOOD_SDP, 1))).refused, null)
  t.equal((await relay(anna, mette, candidate(id, HOST, 1))).refused, null, 'not protected yet')
  await protect()
  for (const isCleared of [false, true]) {
    if (isCleared) await protect(false)
    for (const [from, to] of [
      [mette, anna],
      [anna, mette],
    ] as const) {
      t.equal(await readPolicy(from, id), 'relay by 1')
      for (const generation of [1, 2]) {
        t.strictSame(await relay(from, to, candidate(id, HOST, generation)), REFUSED)
      }
      const passed = await relay(from, to, candidate(id, `${RELAY} raddr 192.168.1.20 rport 5`))
      t.strictSame(passed.received, [candidate(id, `${RELAY} raddr 0.0.0.0 rport 0`)])
    }
  }
  t.equal((await relay(mette, anna, offer(id, GOOD_SDP, 2))).refused, null)
  await mette.must({ type: 'call.hangUp', call: id })
  t.match(await server.loadCalls(), [{ is_relayed: 0 }], 'and is forgotten with its end')
  const next = await ring(mette)
  await anna.must({ type: 'call.accept', call: next.id })
  t.equal(await readPolicy(mette, next.id), 'all by 1', 'the next call is as it now is')
})

for (const [when, isLate] of [
  ['from its beginning', false],
  ['in the middle of it', true],
] as const) {
  t.test(`PA4 a call protected ${when} stays so over a restart, also when cleared`, async (t) => {
    const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
    const env = { ...TURN, MASTER_KEY: randomBytes(32).toString('hex') }
    const clock = new FakeClock()
    const first = await listen(t, { env, clock, databaseFile })
    const staff = await HttpPerson.signIn(first.app, 'mette')
    const protect = (isAddressProtected: boolean) =>
      staff.ask('PUT', `/api/citizens/${PEOPLE.anna}/protection`, { isAddressProtected })
    const [mette, anna] = [await first.connect('mette'), await first.connect('anna')]
    if (!isLate) await protect(true)
    const { id } = await ring(mette)
    await anna.must({ type: 'call.accept', call: id })
    if (isLate) await protect(true)
    await protect(false)
    await first.app.close()

    const second = await listen(t, { env, clock, databaseFile })
    const back = await second.connect('mette', mette.cookies)
    const annaBack = await second.connect('anna', anna.cookies)
    for (const window of [back, annaBack]) {
      await window.must({ type: 'call.attach', call: id, former: null })
      t.equal(await readPolicy(window, id), 'relay by 1')
    }
    t.strictSame(await relay(annaBack, back, candidate(id, HOST)), REFUSED)
  })
}

t.test('PA4 a server that starts again holds a protected call to it', async (t) => {
  const databaseFile = join(makeTempDir(t), 'naervaer.sqlite')
  const env = { ...TURN, MASTER_KEY: randomBytes(32).toString('hex') }
  const clock = new FakeClock()
  const first = await listen(t, { env, clock, databaseFile })
  const staff = await HttpPerson.signIn(first.app, 'mette')
  await staff.ask('PUT', `/api/citizens/${PEOPLE.anna}/protection`, { isAddressProtected: true })
  const [mette, anna] = [await first.connect('mette'), await first.connect('anna')]
  const { id } = await ring(mette)
  await anna.must({ type: 'call.accept', call: id })
  t.equal((await relay(mette, anna, offer(id, GOOD_SDP, 3))).refused, null)
  await first.app.close()

  const second = await listen(t, { env, clock, databaseFile })
  const back = await second.connect('mette', mette.cookies)
  const annaBack = await second.connect('anna', anna.cookies)
  for (const window of [back, annaBack]) {
    await window.must({ type: 'call.attach', call: id, former: null })
    t.equal(await readPolicy(window, id), 'relay by 1')
  }
  t.strictSame(await relay(annaBack, back, candidate(id, HOST, 3)), REFUSED)
})
