import { createHmac } from 'node:crypto'
import t, { type Test } from 'tap'
import type { CallId, ClientMessage, ServerMessage } from '@naervaer/shared'
import { listen, type TestServerOptions } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { BAD_SDPS, GOOD_SDP } from '../../helpers/sdp.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

async function connectCall(t: Test, options?: TestServerOptions) {
  const server = await listen(t, options)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  return { server, mette, anna, id }
}

const description = (call: CallId, type: 'offer' | 'answer', sdp = GOOD_SDP, generation = 1) =>
  ({ type: 'signal.description', call, generation, seq: 0, description: { type, sdp } }) as const

const candidate = (call: CallId, generation: number, seq = 1) =>
  ({
    type: 'signal.candidate',
    call,
    generation,
    seq,
    candidate: { candidate: 'candidate:1 1 udp', sdpMid: '0', sdpMLineIndex: 0 },
  }) as const

/** Sends a signal. @returns the refusal that came back, if any, and what the other side got */
async function relay(from: WsPerson, to: WsPerson, message: ClientMessage) {
  const [sent, got] = [from.frames.length, to.frames.length]
  from.send(message)
  await from.request({ type: 'ping' })
  await to.request({ type: 'ping' })
  const isSignal = (frame: ServerMessage) => frame.type.startsWith('signal.')
  const refusal = from.frames.slice(sent).find((frame) => frame.type === 'error')
  return {
    refused: refusal?.type === 'error' ? refusal.code : null,
    received: to.frames.slice(got).filter(isSignal),
  }
}

t.test('SI1 offers go one way and answers the other, as they came in', async (t) => {
  const { mette, anna, id } = await connectCall(t)
  const offer = description(id, 'offer')
  t.strictSame(await relay(mette, anna, offer), { refused: null, received: [offer] })
  const answer = description(id, 'answer')
  t.strictSame(await relay(anna, mette, answer), { refused: null, received: [answer] })
  for (const [from, to, wrong] of [
    [mette, anna, description(id, 'answer')],
    [anna, mette, description(id, 'offer')],
  ] as const) {
    const { refused, received } = await relay(from, to, wrong)
    t.equal(refused, 'SIGNAL_DESCRIPTION_REFUSED')
    t.strictSame(received, [])
  }
  const please = { type: 'signal.please', call: id, generation: 1 } as const
  t.strictSame(await relay(anna, mette, please), { refused: null, received: [please] })
  t.equal((await relay(mette, anna, please)).refused, 'ROLE_REFUSED')
  const higher = { ...please, generation: 9_000 }
  t.strictSame(await relay(anna, mette, higher), { refused: null, received: [higher] })
  t.strictSame(await relay(anna, mette, please), { refused: null, received: [please] })
})

t.test('the bytes of a signal are passed on untouched', async (t) => {
  const { mette, anna, id } = await connectCall(t)
  const raw: string[] = []
  anna.socket.on('message', (data: Buffer) => raw.push(data.toString()))
  const text = JSON.stringify({ ...candidate(id, 1), seq: 7 }, null, 3)
  mette.socket.send(text)
  await anna.waitFor('signal.candidate')
  t.ok(raw.includes(text), 'spaces and all')
})

t.test('SI8 S-24 a description that is not plain DTLS-SRTP is not relayed', async (t) => {
  const { mette, anna, id } = await connectCall(t)
  for (const [fault, sdp] of Object.entries(BAD_SDPS)) {
    const { refused, received } = await relay(mette, anna, description(id, 'offer', sdp))
    t.equal(refused, 'SIGNAL_DESCRIPTION_REFUSED', fault)
    t.strictSame(received, [], fault)
  }
})

t.test(
  'SI2 SI10 a generation that has been replaced is stale, and the count is kept',
  async (t) => {
    const { server, mette, anna, id } = await connectCall(t)
    t.equal((await relay(mette, anna, description(id, 'offer', GOOD_SDP, 3))).refused, null)
    for (const [from, to] of [
      [mette, anna],
      [anna, mette],
    ] as const) {
      const stale = await relay(from, to, candidate(id, 2))
      t.strictSame(stale, { refused: 'SIGNAL_STALE', received: [] })
      t.equal((await relay(from, to, candidate(id, 3))).refused, null)
    }
    const back = await server.connect('anna', anna.cookies)
    t.equal((await back.waitFor('welcome')).call?.generation, 3)
    t.match(await server.loadCalls(), [{ generation: 3 }])
  },
)

t.test('SI10 an empty seat swallows signals, and after the end they are refused', async (t) => {
  const { mette, anna, id } = await connectCall(t)
  await anna.vanish()
  await mette.waitFor(
    'call.changed',
    ({ call }) => call.state === 'connecting' && !call.isCounterpartPresent,
  )
  const before = mette.frames.length
  mette.send(candidate(id, 1))
  await mette.request({ type: 'ping' })
  t.strictSame(
    mette.frames.slice(before).map((frame) => frame.type),
    ['pong'],
  )
  await mette.must({ type: 'call.hangUp', call: id })
  mette.send(candidate(id, 1))
  await mette.waitFor('error', (frame) => frame.code === 'CALL_ENDED' && frame.replyTo === null)
})

t.test('TU1 TU2 S-20 credentials for the two seats, and for nobody after the end', async (t) => {
  const secret = 'only-coturn-and-i-know'
  const urls = 'turn:turn.example.dk:3478?transport=udp,turns:turn.example.dk:5349'
  const env = { TURN_URLS: urls, TURN_SECRET: secret, TURN_TTL: '600', MEDIA_POLICY: 'relay' }
  const { server, mette, anna, id } = await connectCall(t, { env })
  const names: string[] = []
  for (const person of [mette, anna]) {
    const reply = await person.request({ type: 'turn.fetch', call: id })
    if (reply.type !== 'turn.reply') throw new Error(`got ${reply.type}`)
    t.equal(reply.policy, 'relay')
    const [server1] = reply.iceServers
    t.strictSame(server1?.urls, urls.split(','))
    const username = server1?.username ?? ''
    const [expiry, opaque] = username.split(':')
    t.equal(Number(expiry), Math.floor(server.clock.now() / 1000) + 600)
    t.match(opaque, /^[\w-]{22}$/)
    for (const known of [id, PEOPLE.mette, PEOPLE.anna]) t.notOk(username.includes(known))
    t.equal(server1?.credential, createHmac('sha1', secret).update(username).digest('base64'))
    names.push(username)
  }
  t.not(names[0], names[1])
  await mette.must({ type: 'call.hangUp', call: id })
  t.equal(await mette.ask({ type: 'turn.fetch', call: id }), 'CALL_ENDED')
})

t.test('TU4 without a TURN server there is none', async (t) => {
  const { mette, id } = await connectCall(t)
  const reply = await mette.request({ type: 'turn.fetch', call: id })
  t.match(reply, { type: 'turn.reply', iceServers: [], policy: 'all' })
})
