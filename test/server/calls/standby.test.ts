import t, { type Test } from 'tap'
import type { CallView, ClientMessage } from '@naervaer/shared'
import { listen } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { GOOD_SDP } from '../../helpers/sdp.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

const SECRET = 'only-coturn-and-i-know'
const TURN = { TURN_URLS: 'turn:turn.example.dk:3478', TURN_SECRET: SECRET }

/** Mette rings Anna, whose tablet says first that it rings; her phone says so too. */
async function ring(t: Test) {
  const server = await listen(t, { env: TURN })
  const mette = await server.connect('mette')
  const [tablet, phone] = [await server.connect('anna'), await server.connect('anna')]
  const call = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await phone.waitForState(call.id, 'inviting')
  const on = <T extends string>(type: T) => ({ type, call: call.id }) as const
  const first = await tablet.must(on('call.ringing'))
  const second = await phone.must(on('call.ringing'))
  return { server, mette, tablet, phone, call, on, first, second }
}

const offer = ({ id }: CallView): ClientMessage => ({
  type: 'signal.description',
  call: id,
  generation: 1,
  seq: 0,
  description: { type: 'offer', sdp: GOOD_SDP },
})

async function send(from: WsPerson, message: ClientMessage): Promise<string | null> {
  const before = from.frames.length
  from.send(message)
  await from.request({ type: 'ping' })
  const refusal = from.frames.slice(before).find((frame) => frame.type === 'error')
  return refusal?.type === 'error' ? refusal.code : null
}

t.test('CI10 the first window that rings is on standby, and no other', async (t) => {
  const { first, second, server } = await ring(t)
  t.match(first, { state: 'ringing', seat: 'standby' })
  t.match(second, { state: 'ringing', seat: 'none' })
  const tab = await server.connect('anna')
  t.match((await tab.waitFor('welcome')).call, { seat: 'none' })
})

t.test('CI10 S-20 signals and credentials before the answer are for those two alone', async (t) => {
  const { mette, tablet, phone, call, on } = await ring(t)
  t.equal(await send(mette, offer(call)), null)
  t.match(await tablet.waitFor('signal.description'), { generation: 1, seq: 0 })
  await phone.request({ type: 'ping' })
  t.notOk(phone.frames.some((frame) => frame.type === 'signal.description'))
  const ack: ClientMessage = { type: 'signal.ack', call: call.id, generation: 1, seq: 0 }
  t.equal(await send(phone, ack), 'CALL_NOT_ANSWERED')
  t.equal(await send(tablet, ack), null)
  await mette.waitFor('signal.ack')
  for (const person of [mette, tablet]) {
    t.match(await person.request(on('turn.fetch')), { type: 'turn.reply', iceServers: [{}] })
  }
  t.equal(await phone.ask(on('turn.fetch')), 'CALL_NOT_ANSWERED')
})

t.test('CI10 the one on standby who answers goes on in the same generation', async (t) => {
  const { mette, tablet, call, on } = await ring(t)
  t.equal(await send(mette, offer(call)), null)
  t.match(await tablet.must(on('call.accept')), { seat: 'here', generation: 1 })
  const linked = { ...on('call.connected'), generation: 1, path: 'host' } as const
  await mette.must(linked)
  t.match(await tablet.must(linked), { state: 'connected' })
})

t.test('CI10 another window’s answer leaves the one on standby out', async (t) => {
  const { mette, tablet, phone, call, on } = await ring(t)
  t.equal(await send(mette, offer(call)), null)
  t.match(await phone.must(on('call.accept')), { seat: 'here', generation: 1 })
  await tablet.waitForState(call.id, 'connecting')
  const please: ClientMessage = { type: 'signal.please', call: call.id, generation: 1 }
  t.equal(await send(tablet, please), 'CALL_NOT_A_PARTY')
  t.equal(await tablet.ask(on('turn.fetch')), 'CALL_NOT_A_PARTY')
  t.equal(await send(phone, please), null)
  await mette.waitFor('signal.please')
})

t.test('CI10 when the one on standby is gone, the next one takes its place', async (t) => {
  const { mette, tablet, phone, call } = await ring(t)
  await tablet.vanish()
  await phone.waitFor('call.changed', (frame) => frame.call.seat === 'standby')
  t.equal(await send(mette, offer(call)), null)
  await phone.waitFor('signal.description')
})

t.test('SE8 a window takes its seat from its own former connection at once', async (t) => {
  const { mette, tablet, server, on } = await ring(t)
  await tablet.must(on('call.accept'))
  const { connection: former } = await tablet.waitFor('welcome')
  const stranger = await server.connect('mette')
  const other = (await stranger.waitFor('welcome')).connection
  const back = await server.connect('anna', tablet.cookies)
  for (const wrong of [null, other]) {
    t.equal(await back.ask({ ...on('call.attach'), former: wrong }), 'CALL_SEAT_TAKEN')
  }
  const elsewhere = await server.connect('anna')
  t.equal(await elsewhere.ask({ ...on('call.attach'), former }), 'CALL_SEAT_TAKEN')
  t.match(await back.must({ ...on('call.attach'), former }), {
    seat: 'here',
    isCounterpartPresent: true,
  })
  t.equal(await tablet.closed, 4002)
  t.notOk(
    mette.frames.some((frame) => frame.type === 'call.changed' && frame.call.seat === 'vacant'),
  )
})
