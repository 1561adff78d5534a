import { createConnection } from 'node:net'
import { randomBytes } from 'node:crypto'
import t from 'tap'
import {
  CLOSE_CODES,
  MAX_FRAME_BYTES,
  MAX_REFUSED_FRAMES,
  MESSAGE_BURST,
  SERVER_PING_INTERVAL_MS,
  SUBPROTOCOL,
  type ServerMessage,
} from '@naervaer/shared'
import { TokenBucket } from '../../../server/src/signalling/token-bucket.ts'
import { listen } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { startServer } from '../../helpers/server-process.ts'
import { makeTempDir } from '../../helpers/build-app.ts'
import { signIn, WsPerson } from '../../helpers/ws-person.ts'

const PING = JSON.stringify({ type: 'ping', id: 'x' })
const isError = (code: string) => (frame: ServerMessage) =>
  frame.type === 'error' && frame.code === code

t.test('FR8 the bucket: a burst, then a steady rate, and no gift from a clock set back', (t) => {
  const bucket = new TokenBucket(20, 60, 1_000)
  const take = (now: number) => {
    let taken = 0
    while (bucket.tryTake(now)) taken += 1
    return taken
  }
  t.equal(take(1_000), 60)
  t.equal(take(1_049), 0)
  t.equal(take(1_050), 1)
  t.equal(take(2_050), 20)
  t.equal(take(1_000), 0, 'back')
  t.equal(take(100_000), 60, 'never more than the burst')
  t.end()
})

t.test('FR1 an oversized frame and a binary one close the socket', async (t) => {
  const server = await listen(t)
  const [mette, ole] = [await server.connect('mette'), await server.connect('ole')]
  mette.socket.send('x'.repeat(MAX_FRAME_BYTES))
  await mette.waitFor('error', isError('FRAME_INVALID'))
  mette.socket.send('x'.repeat(MAX_FRAME_BYTES + 1))
  t.equal(await mette.closed, 1009)
  ole.socket.send(Buffer.from(PING))
  t.equal(await ole.closed, 1003)
})

t.test('FR2 FR4 FR11 an invalid frame is refused with its id, where it has one', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  const frames: [text: string, replyTo: string | null][] = [
    ['', null],
    ['{', null],
    ['null', null],
    ['[]', null],
    ['"ping"', null],
    ['{"type":"ping"}', null],
    ['{"type":"ping","id":""}', null],
    ['{"type":"ping","id":7}', null],
    ['{"type":"ping","id":"a","more":1}', 'a'],
    ['{"type":"welcome","id":"b"}', 'b'],
    ['{"type":"__proto__","id":"c"}', 'c'],
    ['{"type":"ping","id":"d","__proto__":{}}', 'd'],
    ['{"type":"call.invite","id":"e","citizenId":"1"}', 'e'],
    [`{"type":"ping","id":"${'f'.repeat(37)}"}`, null],
  ]
  for (const [text] of frames) mette.socket.send(text)
  await mette.request({ type: 'ping' })
  const answers = mette.frames.filter((frame) => frame.type === 'error')
  t.strictSame(
    answers,
    frames.map(([, replyTo]) => ({
      type: 'error',
      replyTo,
      code: 'FRAME_INVALID',
      retry: 'never',
    })),
  )
})

t.test('FR9 nonsense at a lawful rate is closed with 4502', async (t) => {
  const server = await listen(t, { isUnlimited: true })
  const mette = await server.connect('mette')
  for (let count = 0; count < MAX_REFUSED_FRAMES; count += 1) mette.socket.send('?')
  await mette.request({ type: 'ping' })
  mette.socket.send('?')
  t.equal(await mette.closed, CLOSE_CODES.FRAMES_REFUSED)
})

t.test('FR8 FR9 a flood is told once and closed with 4001', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  const total = MESSAGE_BURST + MAX_REFUSED_FRAMES
  for (let count = 0; count < total; count += 1) mette.socket.send(PING)
  await mette.waitFor('error', isError('RATE_LIMITED'))
  mette.socket.send(PING)
  t.equal(await mette.closed, CLOSE_CODES.RATE_LIMITED)
  t.equal(mette.frames.filter((frame) => frame.type === 'pong').length, MESSAGE_BURST)
  t.equal(mette.frames.filter(isError('RATE_LIMITED')).length, 1)
})

t.test('FR8 FR9 WebSocket pings count as well: a flood of them is closed with 4001', async (t) => {
  const server = await listen(t)
  const mette = await server.connect('mette')
  const isOver = mette.closed.then(() => true)
  // In portions, each answered before the next: ws itself ends who lets sixty answers wait.
  for (let sent = 0; sent < 2 * (MESSAGE_BURST + MAX_REFUSED_FRAMES); sent += 20) {
    const pongs = new Promise<boolean>((resolve) => mette.socket.once('pong', () => resolve(false)))
    for (let count = 0; count < 20 && mette.socket.readyState === mette.socket.OPEN; count += 1) {
      mette.socket.ping()
    }
    if (await Promise.race([pongs, isOver])) break
  }
  mette.socket.close()
  t.equal(await mette.closed, CLOSE_CODES.RATE_LIMITED)
})

t.test('S-12 a thousand messages a second from one leave another pair undisturbed', async (t) => {
  const server = await startServer(t, { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'silent' })
  const [mette, anna] = [
    await WsPerson.connect(server, 'mette'),
    await WsPerson.connect(server, 'anna'),
  ]
  const cookies = await signIn(server, 'ole')
  const isOver = new AbortController()
  let floods = 0
  const calmMs = await measureDelays(mette)
  const flood = (async () => {
    while (!isOver.signal.aborted) {
      const ole = await WsPerson.connect(server, 'ole', cookies)
      // In portions, so that this process can also measure.
      for (let count = 0; count < 1_000; count += 1) {
        ole.socket.send(PING)
        if (count % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      t.ok([CLOSE_CODES.RATE_LIMITED, 1006].includes(await ole.closed))
      floods += 1
    }
  })()
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  const floodedMs = await measureDelays(mette)
  isOver.abort()
  await flood
  t.match(await mette.must({ type: 'call.hangUp', call: id }), { state: 'ended' })
  const said = `p95 ${floodedMs.toFixed(1)} ms beside ${floods} floods, ${calmMs.toFixed(1)} ms without`
  t.comment(said)
  t.ok(floods > 2, 'it was flooded all the time')
  // The criterion's 100 ms, or more where the machine is so busy that even the calm is not.
  t.ok(floodedMs < Math.max(100, 20 * calmMs), said)
})

/** @returns the 95th percentile of what a person waits for an answer, in ms */
async function measureDelays(person: WsPerson): Promise<number> {
  const delaysMs: number[] = []
  while (delaysMs.length < 40) {
    const sentAt = performance.now()
    await person.request({ type: 'ping' })
    delaysMs.push(performance.now() - sentAt)
    // Fifteen a second: what is lawful, and so never refused itself.
    await new Promise((resolve) => setTimeout(resolve, 66))
  }
  delaysMs.sort((a, b) => a - b)
  return delaysMs[Math.floor(delaysMs.length * 0.95)] ?? Number.NaN
}

t.test('FR10 a receiver that does not read is cut off', async (t) => {
  const server = await listen(t, { isUnlimited: true })
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  anna.socket.pause()
  const sdp = { candidate: 'x'.repeat(1_024), sdpMid: null, sdpMLineIndex: null }
  const frame = JSON.stringify({
    type: 'signal.candidate',
    call: id,
    generation: 1,
    seq: 0,
    candidate: sdp,
  })
  const isGone = mette.waitFor(
    'call.changed',
    ({ call }) => call.state === 'connecting' && !call.isCounterpartPresent,
  )
  const cutOff = new AbortController()
  void isGone.then(() => cutOff.abort())
  // Loopback takes some megabytes before anything waits in the server.
  for (let sent = 0; sent < 40_000 && !cutOff.signal.aborted; sent += 200) {
    for (let count = 0; count < 200; count += 1) mette.socket.send(frame)
    await mette.request({ type: 'ping' })
  }
  t.match((await isGone).call, { isCounterpartPresent: false, state: 'connecting' })
  anna.socket.terminate()
})

t.test('HB1 who does not answer pings is cut off, and others are not', async (t) => {
  const server = await listen(t)
  const cookies = await signIn(server, 'anna')
  const mette = await server.connect('mette')
  const anna = await WsPerson.connect(server, 'anna', cookies, { autoPong: false })
  await mette.waitFor('presence.changed', (frame) => frame.availability === 'open')
  for (let beat = 0; beat < 2; beat += 1) {
    server.clock.advance(SERVER_PING_INTERVAL_MS)
    await mette.request({ type: 'ping' })
  }
  t.ok([CLOSE_CODES.HEARTBEAT_LOST, 1006].includes(await anna.closed))
  await mette.waitFor('presence.changed', (frame) => frame.availability === 'unreachable')
})

t.test(
  'a peer that breaks the framing, or asks other addresses for a socket, harms nobody',
  async (t) => {
    const server = await listen(t)
    const cookie = await signIn(server, 'mette')
    const talk = (path: string, after = Buffer.of(), method = 'GET', origin = server.origin) =>
      new Promise<string>((resolve, reject) => {
        const socket = createConnection(server.port, '127.0.0.1')
        let received = ''
        socket.setEncoding('latin1').on('data', (chunk: string) => (received += chunk))
        socket.on('close', () => resolve(received.split('\r\n')[0] ?? ''))
        socket.on('error', reject)
        socket.write(
          `${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
            `origin: ${origin}\r\ncookie: ${cookie}\r\nsec-websocket-version: 13\r\n` +
            `sec-websocket-key: ${randomBytes(16).toString('base64')}\r\n` +
            `sec-websocket-protocol: ${SUBPROTOCOL}\r\n\r\n`,
        )
        socket.write(after)
      })
    t.match(await talk('/ws', randomBytes(2_000)), 'HTTP/1.1 101')
    for (const path of ['/nothing', '/health', '/']) {
      t.match(await talk(path), 'HTTP/1.1 404')
    }
    // Refused before it is known that it asks for a socket; none of them may stay open.
    t.match(await talk('/%zz'), 'HTTP/1.1 404')
    t.match(await talk('/ws', Buffer.of(), 'POST', 'https://elsewhere.example'), 'HTTP/1.1 403')
    await (await server.connect('mette')).request({ type: 'ping' })
  },
)
