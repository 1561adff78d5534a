import { NaervaerError, type CallId } from '@naervaer/shared'
import { mock } from 'node:test'
import t from 'tap'
import { LegTally } from '../../../client/src/call/features/leg-tally.ts'
import { readLinkStats } from '../../../client/src/call/features/link-stats.ts'
import { LegReports } from '../../../client/src/call/leg-reports.ts'
import type { ConnectionState } from '../../../client/src/services/socket/connection-state.ts'
import { ConnectionLostError } from '../../../client/src/services/socket/pending-requests.ts'
import { Store } from '../../../client/src/services/store.ts'
import { makeDeferred } from '../../helpers/deferred.ts'

type Entries = Record<string, Record<string, unknown>>

/** As Chromium gives them, shortened. */
const ENTRIES: Entries = {
  T1: { type: 'transport', selectedCandidatePairId: 'P1' },
  P0: { type: 'candidate-pair', currentRoundTripTime: 9 },
  P1: {
    type: 'candidate-pair',
    localCandidateId: 'L1',
    remoteCandidateId: 'R1',
    currentRoundTripTime: 0.062,
    availableOutgoingBitrate: 300_000,
  },
  L1: { type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' },
  R1: { type: 'remote-candidate', candidateType: 'host', protocol: 'udp', address: '192.0.2.7' },
  IA: {
    type: 'inbound-rtp',
    kind: 'audio',
    packetsReceived: 480,
    packetsLost: 20,
    jitter: 0.012,
    totalAudioEnergy: 0.5,
  },
  IV: { type: 'inbound-rtp', kind: 'video', packetsReceived: 500, packetsLost: 0, freezeCount: 3 },
  OV: {
    type: 'outbound-rtp',
    kind: 'video',
    active: true,
    framesPerSecond: 24,
    qualityLimitationReason: 'bandwidth',
    qualityLimitationResolutionChanges: 2,
  },
  RA: { type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.02 },
  RV: { type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.07 },
}

const toReport = (entries: Entries) => new Map(Object.entries(entries)) as unknown as RTCStatsReport
const read = (change: Entries = {}) => readLinkStats(toReport({ ...ENTRIES, ...change }))

t.test('the figures of a look, and no address among them', (t) => {
  const stats = read()
  t.same(stats, {
    protocol: 'tls',
    rttMs: 62,
    availableBps: 300_000,
    sentLossShare: 0.07,
    soundPackets: 480,
    soundEnergy: 0.5,
    receivedPackets: 980,
    lostPackets: 20,
    jitterMs: 12,
    freezes: 3,
    framesPerSecond: 24,
    limitation: 'bandwidth',
    resolutionChanges: 2,
  })
  t.notMatch(JSON.stringify(stats), /192\.0/)
  t.end()
})

t.test('what a browser does not say is null, and what it never counted is nothing', (t) => {
  const bare = {
    P: { type: 'candidate-pair', selected: true, localCandidateId: 'L' },
    L: { type: 'local-candidate', protocol: 'tcp' },
  }
  t.match(readLinkStats(toReport(bare)), {
    protocol: 'tcp',
    rttMs: null,
    availableBps: null,
    sentLossShare: null,
    soundPackets: 0,
    jitterMs: null,
    framesPerSecond: null,
    limitation: null,
  })
  t.equal(readLinkStats(toReport({})), null, 'no pair yet')
  t.equal(read({ OV: { ...ENTRIES['OV'], active: false } })?.framesPerSecond, null, 'not sent')
  t.equal(read({ OV: { ...ENTRIES['OV'], qualityLimitationReason: 'new' } })?.limitation, null)
  t.end()
})

t.test('a leg is the mean of its looks, rounded, with the steps of both', (t) => {
  const tally = new LegTally(4)
  t.equal(tally.read(), null, 'nothing has been looked at')
  for (const currentRoundTripTime of [0.06, 0.1]) {
    const stats = read({ P1: { ...ENTRIES['P1'], currentRoundTripTime } })
    if (stats !== null) tally.add(stats)
  }
  tally.addStep()
  t.same(tally.read(), {
    protocol: 'tls',
    rttMs: 80,
    lossPercent: 2,
    jitterMs: 10,
    freezes: 3,
    steps: 3,
  })
  t.end()
})

const CALL = '0190a000-0000-7000-8000-000000000001' as CallId
const QUALITY = {
  protocol: 'udp',
  rttMs: 10,
  lossPercent: 0,
  jitterMs: 0,
  freezes: 0,
  steps: 0,
} as const

/** A connection to the server that refuses as it is told, and notes what it was asked. */
class FakeServer {
  readonly heard: string[] = []
  readonly state = new Store<ConnectionState>('open')
  error: Error | null = null
  /** It answers only after this. */
  answer: Promise<unknown> = Promise.resolve()

  readonly request = async (body: {
    generation?: number
    quality?: { rttMs: number | null }
  }): Promise<object> => {
    this.heard.push(`${String(body.generation)}:${String(body.quality?.rttMs)}`)
    await this.answer
    if (this.error !== null) throw this.error
    return {}
  }
}

const makeReports = (server: FakeServer) =>
  new LegReports(server as unknown as ConstructorParameters<typeof LegReports>[0])

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

t.test(
  'a report that is lost with the network is sent when it is back, in its last words',
  async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] })
    t.teardown(() => {
      mock.timers.reset()
    })
    const server = new FakeServer()
    const reports = makeReports(server)
    server.error = new ConnectionLostError()
    reports.report(CALL, 1, QUALITY)
    await settle()
    reports.report(CALL, 1, { ...QUALITY, rttMs: 20 })
    reports.report(CALL, 2, QUALITY)
    await settle()
    server.heard.length = 0
    server.error = null
    mock.timers.tick(5_000)
    await settle()
    t.same(server.heard, ['1:20', '2:10'])
    mock.timers.tick(60_000)
    await settle()
    t.equal(server.heard.length, 2, 'once')
  },
)

t.test('what the server will not have is not said again', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  const server = new FakeServer()
  const reports = makeReports(server)
  server.error = new NaervaerError('CALL_NOT_A_PARTY')
  reports.report(CALL, 1, QUALITY)
  await settle()
  server.error = null
  mock.timers.tick(60_000)
  await settle()
  t.equal(server.heard.length, 1)
})

t.test('reports go one at a time, whatever comes meanwhile', async (t) => {
  const server = new FakeServer()
  const reply = makeDeferred()
  server.answer = reply.promise
  const reports = makeReports(server)
  reports.report(CALL, 1, QUALITY)
  reports.report(CALL, 2, QUALITY)
  reports.report(CALL, 1, { ...QUALITY, rttMs: 20 })
  await settle()
  t.same(server.heard, ['1:10'])
  reply.resolve(undefined)
  await settle()
  t.same(server.heard, ['1:10', '1:20', '2:10'])
})

t.test('nothing is told any more once nobody is signed in', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  for (const end of ['signedOut', 'stopped'] as const) {
    const server = new FakeServer()
    const reports = makeReports(server)
    server.error = new ConnectionLostError()
    reports.report(CALL, 1, QUALITY)
    await settle()
    server.state.set(end)
    reports.report(CALL, 2, QUALITY)
    for (let n = 0; n < 20; n += 1) {
      mock.timers.tick(5_000)
      await settle()
    }
    t.same(server.heard, ['1:10'], `once, before it was ${end}`)
    server.state.set('open')
    server.error = null
    reports.report(CALL, 3, QUALITY)
    await settle()
    t.same(server.heard, ['1:10', '3:10'], 'and the next person begins with nothing')
  }
})
