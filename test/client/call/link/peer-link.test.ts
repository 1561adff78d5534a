import { createRequire } from 'node:module'
import { mock } from 'node:test'
import t, { type Test } from 'tap'
import { PeerLink, type PeerClass } from '../../../../client/src/call/link/peer-link.ts'
import { makeDeferred } from '../../../helpers/deferred.ts'
import { installFakeBrowser } from '../../../helpers/fake-browser.ts'

const require = createRequire(import.meta.url)

/** What simple-peer keeps to itself. */
interface PeerInside {
  readonly _readableState: { readonly length: number }
  _onChannelMessage(event: { data: unknown }): void
  on(event: string, listener: () => void): void
  emit(event: string): void
}

/** What simple-peer makes for itself, or one of the link's own. */
class FakeChannel extends EventTarget {
  readyState = 'connecting'
  onmessage?: (event: { data: unknown }) => void
}

/** As much of a peer connection as a link asks for before anything has been negotiated. */
class FakePeerConnection extends EventTarget {
  static channel = new FakeChannel()

  createDataChannel(_label: string, { negotiated = false }: RTCDataChannelInit): FakeChannel {
    const channel = new FakeChannel()
    if (!negotiated) FakePeerConnection.channel = channel
    return channel
  }

  addTransceiver(): object {
    return {}
  }

  /** What was asked of the sender of pictures; it has none of it yet. */
  static asked: unknown[] = []

  getTransceivers(): readonly object[] {
    const sender = {
      track: null,
      replaceTrack: (track: unknown) => {
        FakePeerConnection.asked.push(track)
        return new Promise(() => undefined)
      },
    }
    return [{ sender, receiver: { track: { kind: 'video' } } }]
  }

  createOffer(): Promise<unknown> {
    return new Promise(() => undefined)
  }

  /** What `getStats` says, one after the other; the last word stays. */
  static stats: (RTCStatsReport | Error)[] = []

  getStats(): Promise<RTCStatsReport> {
    const { stats } = FakePeerConnection
    const next = stats.length > 1 ? stats.shift() : stats[0]
    return next === undefined || next instanceof Error
      ? Promise.reject(next ?? new Error('no statistics'))
      : Promise.resolve(next)
  }

  close(): void {
    FakePeerConnection.channel = new FakeChannel()
  }
}

/** A link on a fake connection, and the way to the peer that it keeps to itself. */
function makeLink(t: Test, onUp: (path: string) => void = () => undefined) {
  installFakeBrowser()
  for (const name of ['RTCPeerConnection', 'RTCSessionDescription', 'RTCIceCandidate']) {
    Object.defineProperty(globalThis, name, { configurable: true, value: FakePeerConnection })
  }
  const SimplePeer: unknown = require('simple-peer/simplepeer.min.js')
  const { prototype } = SimplePeer as { readonly prototype: PeerInside }
  const heard = mock.method(prototype, '_onChannelMessage')
  const listened = mock.method(prototype, 'on')
  const nothing = () => undefined
  const link = new PeerLink(
    SimplePeer as PeerClass,
    { isOfferer: true, iceServers: [], policy: 'all', certificate: null, isRecovery: false },
    {
      onSignal: nothing,
      onFlowing: nothing,
      onUp,
      onSilent: nothing,
      onHeard: nothing,
      onMessage: nothing,
      onDown: nothing,
    },
  )
  t.teardown(() => {
    link.close()
    mock.restoreAll()
  })
  const peer = listened.mock.calls[0]?.this as PeerInside | undefined
  if (peer === undefined) throw new Error('nobody listens to the peer')
  return { link, peer, heard }
}

t.test('what the other side sends over the data channel is not kept', async (t) => {
  const { peer, heard } = makeLink(t)
  for (let count = 0; count < 1_000; count += 1) {
    FakePeerConnection.channel.onmessage?.({ data: 'x'.repeat(1_000) })
  }
  await new Promise(setImmediate)
  t.equal(heard.mock.callCount(), 1_000)
  t.equal(peer._readableState.length, 0, 'nothing waits to be read')
})

t.test('a link is up though its statistics could not be had at first', async (t) => {
  FakePeerConnection.stats = [
    new DOMException('not now', 'InvalidStateError'),
    new Map(),
    makeStats(),
  ]
  const up = makeDeferred()
  const { peer } = makeLink(t, (path) => {
    up.resolve(path)
  })
  peer.emit('connect')
  t.equal(await up.promise, 'host')
})

t.test('a track is asked for once, and taken back also while it is on its way', (t) => {
  FakePeerConnection.asked = []
  const { link } = makeLink(t)
  const track = { kind: 'video' } as unknown as MediaStreamTrack
  for (const wanted of [track, track, null, null, track]) link.setTrack('video', wanted)
  t.strictSame(FakePeerConnection.asked, [track, null, track])
  t.end()
})

function makeStats(): RTCStatsReport {
  const entries = [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
    { id: 'L', type: 'local-candidate', candidateType: 'host' },
    { id: 'R', type: 'remote-candidate', candidateType: 'host' },
  ]
  return new Map(entries.map((entry) => [entry.id, entry]))
}
