import t from 'tap'
import {
  ClientMessageSchema,
  CLOSE_CODES,
  ERROR_TABLE,
  type CallId,
  type ClientMessage,
  type ClientMessageType,
  type ErrorCode,
  type ServerMessage,
} from '@naervaer/shared'
import { listen } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { GOOD_SDP } from '../../helpers/sdp.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

/** One valid message of every type; the compiler asks for the ones that are forgotten. */
function makeMessages(call: CallId): {
  [T in ClientMessageType]: Extract<ClientMessage, { type: T }>
} {
  const at = { call, id: 'x' }
  const signal = { call, generation: 1, seq: 0 }
  return {
    ping: { type: 'ping', id: 'x' },
    'call.invite': { type: 'call.invite', id: 'x', citizenId: PEOPLE.anna },
    'call.ringing': { type: 'call.ringing', ...at },
    'call.accept': { type: 'call.accept', ...at },
    'call.decline': { type: 'call.decline', ...at },
    'call.cancel': { type: 'call.cancel', ...at },
    'call.hangUp': { type: 'call.hangUp', ...at },
    'call.goBack': { type: 'call.goBack', ...at, isWanted: true },
    'call.attach': { type: 'call.attach', ...at, former: null },
    'call.media': { type: 'call.media', ...at, media: { camera: 'on', microphone: 'on' } },
    'call.connected': { type: 'call.connected', ...at, generation: 1, path: 'host' },
    'call.lost': { type: 'call.lost', ...at, generation: 1 },
    'call.leg': {
      type: 'call.leg',
      ...at,
      generation: 1,
      quality: { protocol: 'udp', rttMs: 20, lossPercent: 0, jitterMs: 5, freezes: 0, steps: 0 },
    },
    'signal.description': {
      type: 'signal.description',
      ...signal,
      description: { type: 'offer', sdp: GOOD_SDP },
    },
    'signal.candidate': {
      type: 'signal.candidate',
      ...signal,
      candidate: { candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 },
    },
    'signal.ack': { type: 'signal.ack', ...signal },
    'signal.please': { type: 'signal.please', call, generation: 1 },
    'turn.fetch': { type: 'turn.fetch', ...at },
  }
}

/** Sends one message and a ping behind it. @returns what came before the pong */
async function tryMessage(person: WsPerson, message: ClientMessage): Promise<ServerMessage[]> {
  const before = person.frames.length
  person.send(message)
  await person.request({ type: 'ping' })
  return person.frames.slice(before, -1)
}

t.test('S-10 the table of messages is the schema’s', (t) => {
  const inSchema = ClientMessageSchema.anyOf.map((member) => member.properties.type.const)
  t.strictSame(Object.keys(makeMessages('x' as CallId)).sort(), inSchema.sort())
  t.end()
})

t.test('S-10 S-14 nobody but its two people gets anywhere with a call', async (t) => {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  const rowsBefore = await server.loadCalls()
  for (const name of ['ole', 'jens', 'liz'] as const) {
    const stranger = await server.connect(name)
    for (const message of Object.values(makeMessages(id))) {
      const answers = await tryMessage(stranger, message)
      if (message.type === 'ping') {
        t.match(answers, [{ type: 'pong' }])
        continue
      }
      const invited = name === 'ole' ? 'NOT_ASSIGNED' : 'ROLE_REFUSED'
      const code: ErrorCode = message.type === 'call.invite' ? invited : 'CALL_NOT_FOUND'
      const replyTo = 'id' in message ? 'x' : null
      const { retry } = ERROR_TABLE[code]
      t.strictSame(answers, [{ type: 'error', replyTo, code, retry }], `${name} ${message.type}`)
    }
    // A call that is not there looks exactly the same.
    const none = await stranger.ask({
      type: 'call.hangUp',
      call: '01900000-0000-7000-8000-00000000ffff' as CallId,
    })
    t.equal(none, 'CALL_NOT_FOUND')
  }
  t.strictSame(await server.loadCalls(), rowsBefore)
  await mette.request({ type: 'ping' })
  t.notOk(mette.frames.some((frame) => frame.type.startsWith('signal.')))
})

t.test(
  'S-10 the two people do only what is theirs, from the window that has the seat',
  async (t) => {
    const server = await listen(t)
    const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
    const [otherTab, tablet] = [
      await server.connect('mette', mette.cookies),
      await server.connect('anna'),
    ]
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    t.equal(await anna.ask({ type: 'turn.fetch', call: id }), 'CALL_NOT_ANSWERED')
    t.match(await tryMessage(anna, makeMessages(id)['signal.ack']), [{ code: 'CALL_NOT_ANSWERED' }])
    for (const type of ['call.ringing', 'call.accept', 'call.decline'] as const) {
      t.equal(await mette.ask({ type, call: id }), 'ROLE_REFUSED', type)
    }
    t.equal(await anna.ask({ type: 'call.cancel', call: id }), 'ROLE_REFUSED')
    t.equal(await anna.ask({ type: 'call.invite', citizenId: PEOPLE.jens }), 'ROLE_REFUSED')
    t.equal(await mette.ask({ type: 'call.invite', citizenId: PEOPLE.liz }), 'NOT_ASSIGNED')
    t.equal(await mette.ask({ type: 'call.invite', citizenId: PEOPLE.ole }), 'NOT_ASSIGNED')
    t.equal(await mette.ask({ type: 'call.invite', citizenId: PEOPLE.mette }), 'NOT_ASSIGNED')
    await anna.must({ type: 'call.accept', call: id })

    const messages = makeMessages(id)
    const seatOnly = [
      'call.hangUp',
      'call.media',
      'call.connected',
      'call.lost',
      'signal.description',
      'signal.candidate',
      'signal.ack',
      'signal.please',
      'turn.fetch',
    ] as const
    for (const window of [otherTab, tablet]) {
      for (const type of seatOnly) {
        t.match(await tryMessage(window, messages[type]), [{ code: 'CALL_NOT_A_PARTY' }], type)
      }
    }
    t.match(await server.loadCalls(), [{ state: 'connecting' }])
  },
)

t.test('CO6 a sixth window closes the oldest one that has no seat', async (t) => {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  const windows: WsPerson[] = []
  for (let count = 0; count < 5; count += 1)
    windows.push(await server.connect('anna', anna.cookies))
  t.equal(await windows[0]?.closed, CLOSE_CODES.TOO_MANY_CONNECTIONS)
  t.match(await anna.must({ type: 'call.hangUp', call: id }), { state: 'ended' })
})
