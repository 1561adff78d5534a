import { createRequire } from 'node:module'
import { mock } from 'node:test'
import t from 'tap'
import { PeerLink, type PeerClass } from '../../../client/src/call/peer-link.ts'
import { installFakeBrowser } from '../../helpers/fake-browser.ts'

const require = createRequire(import.meta.url)

/** What simple-peer keeps to itself. */
interface PeerInside {
  readonly _readableState: { readonly length: number }
  _onChannelMessage(event: { data: unknown }): void
}

interface Channel {
  onmessage?: (event: { data: unknown }) => void
}

/** As much of a peer connection as a link asks for before anything has been negotiated. */
class FakePeerConnection extends EventTarget {
  static channel: Channel = {}

  createDataChannel(): Channel {
    FakePeerConnection.channel = {}
    return FakePeerConnection.channel
  }

  addTransceiver(): object {
    return {}
  }

  getTransceivers(): readonly object[] {
    return []
  }

  createOffer(): Promise<unknown> {
    return new Promise(() => undefined)
  }

  close(): void {
    FakePeerConnection.channel = {}
  }
}

t.test('what the other side sends over the data channel is not kept', async (t) => {
  installFakeBrowser()
  for (const name of ['RTCPeerConnection', 'RTCSessionDescription', 'RTCIceCandidate']) {
    Object.defineProperty(globalThis, name, { configurable: true, value: FakePeerConnection })
  }
  // The way to the peer that a link keeps to itself.
  const SimplePeer: unknown = require('simple-peer/simplepeer.min.js')
  const { prototype } = SimplePeer as { readonly prototype: PeerInside }
  const heard = mock.method(prototype, '_onChannelMessage')
  const listener = { onSignal: () => undefined, onUp: () => undefined, onDown: () => undefined }
  const options = { isOfferer: true, iceServers: [], policy: 'all' } as const
  const link = new PeerLink(SimplePeer as PeerClass, options, listener)
  t.teardown(() => link.close())
  for (let count = 0; count < 1_000; count += 1) {
    FakePeerConnection.channel.onmessage?.({ data: 'x'.repeat(1_000) })
  }
  await new Promise(setImmediate)
  t.equal(heard.mock.callCount(), 1_000)
  const peer = heard.mock.calls[0]?.this as PeerInside | undefined
  t.equal(peer?._readableState.length, 0, 'nothing waits to be read')
})
