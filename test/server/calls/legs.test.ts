import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import {
  CONNECT_TIMEOUT_MS,
  type CallId,
  type LegQuality,
  type MediaState,
  type Side,
} from '@naervaer/shared'
import { listen, type TestServer } from '../../helpers/build-app.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { GOOD_SDP } from '../../helpers/sdp.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

const QUALITY: LegQuality = {
  protocol: 'udp',
  rttMs: 40,
  lossPercent: 1,
  jitterMs: 5,
  freezes: 0,
  steps: 2,
}

/** A worker and a citizen in one call that has been answered. */
class Talk {
  readonly server: TestServer
  readonly people: Readonly<Record<Side, WsPerson>>
  readonly call: CallId

  constructor(server: TestServer, people: Record<Side, WsPerson>, call: CallId) {
    this.server = server
    this.people = people
    this.call = call
  }

  static async begin(t: Test, env: Record<string, string> = {}): Promise<Talk> {
    const server = await listen(t, { env })
    const people = { worker: await server.connect('mette'), citizen: await server.connect('anna') }
    const { id } = await people.worker.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await people.citizen.must({ type: 'call.accept', call: id })
    return new Talk(server, people, id)
  }

  async link(generation: number): Promise<void> {
    for (const side of ['worker', 'citizen'] as const) {
      const { call } = this
      await this.people[side].must({ type: 'call.connected', call, generation, path: 'host' })
    }
  }

  async tellDevices(side: Side, media: MediaState): Promise<void> {
    await this.people[side].must({ type: 'call.media', call: this.call, media })
  }

  async report(side: Side, generation: number, change: Partial<LegQuality> = {}): Promise<void> {
    const quality = { ...QUALITY, ...change }
    await this.people[side].must({ type: 'call.leg', call: this.call, generation, quality })
  }

  async hangUp(side: Side = 'citizen'): Promise<void> {
    await this.people[side].must({ type: 'call.hangUp', call: this.call })
  }

  loadLegs() {
    const { database } = this.server.app
    return database.selectFrom('call_legs').selectAll().orderBy('started_at').execute()
  }

  async loadResult(): Promise<string | null | undefined> {
    const [row] = await this.server.loadCalls()
    return row?.result
  }
}

t.test(
  'CA15 each leg keeps what both sides met, how it ended, and which recovery it was',
  async (t) => {
    const talk = await Talk.begin(t)
    await talk.link(1)
    await talk.report('worker', 1, { rttMs: 30 })
    talk.server.clock.advance(10_000)
    await talk.people.citizen.must({ type: 'call.lost', call: talk.call, generation: 1 })
    await talk.report('worker', 1, { rttMs: 80, steps: 3 })
    talk.server.clock.advance(1_000)
    await talk.link(4)
    await talk.report('citizen', 4, { protocol: 'tls', rttMs: null })
    await talk.hangUp()
    await talk.report('worker', 4, { freezes: 7 })
    const [first, second, ...more] = await talk.loadLegs()
    t.equal(more.length, 0)
    t.match(first, {
      generation: 1,
      recoveries: 0,
      ended_by: 'lost',
      worker_protocol: 'udp',
      worker_rtt_ms: 80,
      worker_steps: 3,
      citizen_protocol: null,
      citizen_freezes: null,
    })
    t.match(second, {
      generation: 4,
      recoveries: 1,
      ended_by: 'hangup_citizen',
      worker_freezes: 7,
      worker_loss_percent: 1,
      worker_jitter_ms: 5,
      citizen_protocol: 'tls',
      citizen_rtt_ms: null,
    })
  },
)

t.test('CA15 nobody writes into a leg that is not theirs', async (t) => {
  const talk = await Talk.begin(t)
  await talk.link(1)
  const report = { type: 'call.leg', call: talk.call, generation: 1, quality: QUALITY } as const
  const stranger = await talk.server.connect('jens')
  t.match(await stranger.request(report), { type: 'error', code: 'CALL_NOT_FOUND' })
  const otherDevice = await talk.server.connect('anna')
  t.match(await otherDevice.request(report), { type: 'error', code: 'CALL_NOT_A_PARTY' })
  await talk.report('citizen', 2)
  const [leg, ...more] = await talk.loadLegs()
  t.equal(more.length, 0, 'a leg that never was is not made up')
  t.match(leg, { worker_protocol: null, citizen_protocol: null })
})

t.test('CA15 the last word comes within five minutes of the end', async (t) => {
  const talk = await Talk.begin(t)
  await talk.link(1)
  await talk.hangUp()
  for (let minute = 0; minute < 5; minute += 1) {
    for (let third = 0; third < 3; third += 1) {
      talk.server.clock.advance(20_000)
      for (const person of Object.values(talk.people)) await person.request({ type: 'ping' })
    }
  }
  await talk.report('worker', 1)
  talk.server.clock.advance(1)
  await talk.report('citizen', 1)
  t.match(await talk.loadLegs(), [{ worker_rtt_ms: 40, citizen_rtt_ms: null }])
})

t.test('CA14 a camera refused at the start is the reason; one lost later is not', async (t) => {
  const on = { camera: 'on', microphone: 'on' } as const
  const refused = await Talk.begin(t)
  await refused.tellDevices('worker', on)
  await refused.tellDevices('citizen', { camera: 'refused', microphone: 'on' })
  await refused.link(1)
  await refused.tellDevices('citizen', on)
  await refused.hangUp()
  t.equal(await refused.loadResult(), 'cameraRefused', 'also when leave was given afterwards')

  const later = await Talk.begin(t)
  for (const side of ['worker', 'citizen'] as const) await later.tellDevices(side, on)
  await later.link(1)
  await later.tellDevices('citizen', { camera: 'missing', microphone: 'on' })
  await later.hangUp()
  t.equal(await later.loadResult(), 'worked')
})

t.test(
  'CA14 a fault that cannot be written down has not been told to anybody either',
  async (t) => {
    const talk = await Talk.begin(t)
    const { worker, citizen } = talk.people
    const { database } = talk.server.app
    await talk.tellDevices('worker', { camera: 'on', microphone: 'on' })
    await sql`create trigger full before update on calls
    begin select raise(abort, 'database or disk is full'); end`.execute(database)
    const media = { camera: 'refused', microphone: 'on' } as const
    const report = { type: 'call.media', call: talk.call, media } as const
    t.match(await citizen.request(report), { type: 'error', code: 'INTERNAL' })
    await worker.request({ type: 'ping' })
    const isTold = () =>
      worker.frames.some(
        (frame) => frame.type === 'call.changed' && frame.call.media.citizen !== null,
      )
    t.notOk(isTold(), 'memory and row are in step')
    await sql`drop trigger full`.execute(database)
    await citizen.must(report)
    t.ok(isTold())
    t.match(await talk.server.loadCalls(), [{ fault: 'cameraRefused' }], 'and it is not forgotten')
  },
)

const TURN = {
  TURN_URLS: 'turn:turn.example.dk:3478',
  TURN_SECRET: randomBytes(32).toString('hex'),
}

for (const isRelayed of [false, true]) {
  const result = isRelayed ? 'noPath' : 'turnUnreachable'
  t.test(
    `CA14 never connected, a relay ${isRelayed ? 'found' : 'missing'}: ${result}`,
    async (t) => {
      const talk = await Talk.begin(t, TURN)
      const { worker, citizen } = talk.people
      const at = { call: talk.call, generation: 1 }
      for (const person of [worker, citizen]) {
        await person.request({ type: 'turn.fetch', call: talk.call })
      }
      worker.send({
        type: 'signal.description',
        ...at,
        seq: 0,
        description: {
          type: 'offer',
          sdp: `${GOOD_SDP}a=candidate:1 1 udp 1 203.0.113.1 9 typ relay\r\n`,
        },
      })
      const type = isRelayed ? 'relay' : 'host'
      const candidate = `candidate:1 1 udp 1 203.0.113.2 50000 typ ${type}`
      citizen.send({
        type: 'signal.candidate',
        ...at,
        seq: 0,
        candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0 },
      })
      for (const person of [worker, citizen]) await person.request({ type: 'ping' })
      for (let leftMs = CONNECT_TIMEOUT_MS; leftMs > 0; leftMs -= 20_000) {
        talk.server.clock.advance(20_000)
        for (const person of [worker, citizen]) await person.request({ type: 'ping' })
      }
      await worker.waitForState(talk.call, 'ended')
      t.equal(await talk.loadResult(), result)
    },
  )
}

t.test(
  'CA14 a relayed candidate that was refused reached nobody, and counts for nothing',
  async (t) => {
    const talk = await Talk.begin(t, TURN)
    const { worker, citizen } = talk.people
    for (const person of [worker, citizen]) {
      await person.request({ type: 'turn.fetch', call: talk.call })
    }
    const candidateOf = (type: string, generation: number) =>
      ({
        type: 'signal.candidate',
        call: talk.call,
        generation,
        seq: 0,
        candidate: {
          candidate: `candidate:1 1 udp 1 203.0.113.2 50000 typ ${type}`,
          sdpMid: '0',
          sdpMLineIndex: 0,
        },
      }) as const
    worker.send(candidateOf('relay', 2))
    await worker.request({ type: 'ping' })
    citizen.send(candidateOf('relay', 1))
    await citizen.waitFor('error', ({ code }) => code === 'SIGNAL_STALE')
    const otherDevice = await talk.server.connect('anna')
    otherDevice.send(candidateOf('relay', 2))
    await otherDevice.waitFor('error', ({ code }) => code === 'CALL_NOT_A_PARTY')
    for (let leftMs = CONNECT_TIMEOUT_MS; leftMs > 0; leftMs -= 20_000) {
      talk.server.clock.advance(20_000)
      for (const person of [worker, citizen]) await person.request({ type: 'ping' })
    }
    await worker.waitForState(talk.call, 'ended')
    t.equal(await talk.loadResult(), 'turnUnreachable')
  },
)

t.test('CA14 a ring that reaches nobody has its reason in the row at once', async (t) => {
  const server = await listen(t)
  const worker = await server.connect('mette')
  const { outcome } = await worker.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  t.equal(outcome, 'unreachable')
  t.match(await server.loadCalls(), [{ result: 'deviceAsleep' }])
})
