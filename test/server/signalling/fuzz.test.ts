import fc from 'fast-check'
import t from 'tap'
import WebSocket from 'ws'
import { SUBPROTOCOL } from '@naervaer/shared'
import { listen, makeTempDir } from '../../helpers/build-app.ts'
import { makeFrameSource } from '../../helpers/frame-source.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { readResidentBytes, startServer } from '../../helpers/server-process.ts'
import { signIn, WsPerson, type ServerAddress } from '../../helpers/ws-person.ts'

const FRAMES = 100_000
const SEED = 20_261_121

/** What a process may grow by under attack: heap it has not yet had reason to give back. */
const MAX_GROWTH_BYTES = 150 * 1024 * 1024

/** Sends frames through one socket until it is closed. @returns how many were sent */
async function attack(
  { port, origin }: ServerAddress,
  cookie: string,
  next: () => string | Buffer,
  limit: number,
): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, SUBPROTOCOL, {
    headers: { cookie, origin },
  })
  let sent = 0
  await new Promise<void>((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    const sendSome = () => {
      for (let count = 0; count < 40 && sent < limit; count += 1) {
        if (socket.readyState !== WebSocket.OPEN) return
        const frame = next()
        socket.send(frame, { binary: typeof frame !== 'string' })
        sent += 1
      }
      if (sent < limit) setImmediate(sendSome)
      else socket.close()
    }
    socket.on('open', sendSome)
  })
  return sent
}

t.test('S-11 a hundred thousand random and mutated frames from many sockets', async (t) => {
  const server = await startServer(t, { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'error' })
  const [mette, anna] = [
    await WsPerson.connect(server, 'mette'),
    await WsPerson.connect(server, 'anna'),
  ]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  const attackers = await Promise.all(
    (['ole', 'liz', 'jens', 'max'] as const).map((name) => signIn(server, name)),
  )
  const next = makeFrameSource(SEED, id)
  const pid = server.child.pid ?? 0
  // The first sockets make the process grow to its working size.
  await Promise.all(attackers.map((cookie) => attack(server, cookie, next, 200)))
  const before = readResidentBytes(pid)

  let left = FRAMES
  let sockets = 0
  const lines = attackers.map(async (cookie) => {
    while (left > 0) {
      const share = Math.min(left, 160)
      left -= share
      const sent = await attack(server, cookie, next, share)
      left += share - sent
      sockets += 1
    }
  })
  const attackOver = new AbortController()
  const all = Promise.all(lines).then(() => attackOver.abort())
  let beats = 0
  while (!attackOver.signal.aborted) {
    t.match(await mette.request({ type: 'ping' }), { type: 'pong' })
    await anna.must({ type: 'call.media', call: id, media: { camera: 'on', microphone: 'off' } })
    beats += 1
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 200))])
  }
  t.equal(server.child.exitCode, null, 'the process lives')
  const grownBytes = readResidentBytes(pid) - before
  t.comment(
    `${sockets} sockets, ${beats} requests beside them, grown ${(grownBytes / 2 ** 20).toFixed(1)} MiB`,
  )
  t.ok(grownBytes < MAX_GROWTH_BYTES, `grown by ${grownBytes} bytes`)
  t.match(await anna.must({ type: 'call.hangUp', call: id }), { state: 'ended', outcome: 'failed' })
  t.match(await mette.waitForState(id, 'ended'), { endReason: 'hangup_citizen' })
  t.equal(server.stderr(), '')
  t.notMatch(server.stdout(), /"level":"(error|fatal)"/, 'nothing was INTERNAL')
})

t.test('S-11 as many through parsing and dispatch, with the rate limit lifted', async (t) => {
  const server = await listen(t, { isUnlimited: true })
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  const next = makeFrameSource(SEED + 1, id)
  const codes = new Map<string, number>()
  let answered = 0
  let left = FRAMES
  const cookies = await Promise.all((['ole', 'liz'] as const).map((name) => signIn(server, name)))
  const lines = cookies.map(async (cookie, index) => {
    const name = index === 0 ? 'ole' : 'liz'
    while (left > 0) {
      const person = await WsPerson.connect(server, name, cookie)
      // A hundred refusals are allowed to each socket: it is left with a portion of twenty to spare.
      while (person.socket.readyState === WebSocket.OPEN && person.frames.length < 75 && left > 0) {
        for (let count = 0; count < 20; count += 1) {
          const frame = next()
          if (typeof frame !== 'string') continue
          person.socket.send(frame)
          left -= 1
        }
        await person.request({ type: 'ping' })
      }
      for (const frame of person.frames) {
        if (frame.type === 'error') codes.set(frame.code, (codes.get(frame.code) ?? 0) + 1)
      }
      answered += person.frames.length
      person.socket.terminate()
      await person.closed
    }
  })
  await Promise.all(lines)
  t.comment(JSON.stringify({ answered, ...Object.fromEntries(codes) }))
  for (const code of ['FRAME_INVALID', 'CALL_NOT_FOUND', 'NOT_ASSIGNED', 'ROLE_REFUSED']) {
    t.ok((codes.get(code) ?? 0) > 100, `${code} was met often`)
  }
  t.equal(codes.get('INTERNAL') ?? 0, 0)
  t.match(await anna.must({ type: 'call.hangUp', call: id }), { state: 'ended' })
})

t.test('S-11 two parties that send each other anything leave one lawful row', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const server = await listen(t, { isUnlimited: true })
      const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
      const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
      const next = makeFrameSource(seed, id, { isMostlyValid: true })
      for (let round = 0; round < 4; round += 1) {
        for (const person of [mette, anna]) {
          for (let count = 0; count < 10; count += 1) {
            const frame = next()
            if (typeof frame === 'string') person.socket.send(frame)
          }
        }
        await Promise.all([mette.request({ type: 'ping' }), anna.request({ type: 'ping' })])
      }
      await mette.ask({ type: 'call.hangUp', call: id })
      const rows = (await server.loadCalls()).filter((row) => row.id === id)
      await server.app.close()
      const internal = [...mette.frames, ...anna.frames].filter(
        (frame) => frame.type === 'error' && frame.code === 'INTERNAL',
      )
      return rows.length === 1 && rows[0]?.state === 'ended' && internal.length === 0
    }),
    { seed: SEED, numRuns: 15 },
  )
})
