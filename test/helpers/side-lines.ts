import { TextChannel } from '../../client/src/call/link/text-channel.ts'
import type { Fingerprints } from '../../client/src/call/link/fingerprints.ts'
import type { PeerLink } from '../../client/src/call/link/peer-link.ts'
import { SideLine } from '../../client/src/call/link/side-line.ts'
import type { Side } from '@naervaer/shared'

const SIDES = ['worker', 'citizen'] as const
const otherOf = (side: Side): Side => (side === 'worker' ? 'citizen' : 'worker')

/** One end of a data channel. */
class FakeDataChannel extends EventTarget {
  readyState = 'open'
  bufferedAmount = 0
  readonly sent: string[] = []
  readonly #deliver: (data: unknown) => void

  constructor(deliver: (data: unknown) => void) {
    super()
    this.#deliver = deliver
  }

  send(data: string): void {
    this.sent.push(data)
    this.#deliver(data)
  }

  arrive(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

/** One peer connection as both windows see it. */
interface Connection {
  readonly number: number
  readonly channels: Readonly<Record<Side, FakeDataChannel>>
  readonly links: Readonly<Record<Side, PeerLink>>
  isAlive: boolean
}

/** Two windows and their direct line: what is sent arrives in order, until the connection is cut. */
export class SideLines {
  readonly lines: Record<Side, SideLine> = { worker: new SideLine(), citizen: new SideLine() }
  /** What each side's connections really use, and whether that is what was told of. */
  prints: Record<Side, string> = { worker: 'aa'.repeat(32), citizen: 'bb'.repeat(32) }
  /** What each side sees of the other, where that is not the truth. */
  seen: Partial<Record<Side, string>> = {}
  isAsDescribed = true
  /** Whose certificates cannot be read any more. */
  unreadable: Side | null = null
  /** May change what goes over the control line; null loses it. */
  onControl: (text: string, from: Side) => string | null = (text) => text
  readonly control: string[] = []
  #connection: Connection | null = null
  #isUp: Record<Side, boolean> = { worker: false, citizen: false }
  #number = 0

  constructor() {
    for (const side of SIDES) this.#attach(side)
  }

  /** As when the page is loaded anew: a line without listeners. */
  reload(side: Side): SideLine {
    this.cut()
    this.lines[side] = new SideLine()
    this.#attach(side)
    return this.lines[side]
  }

  /** Nothing arrives any more, also not what is on its way. */
  cut(): void {
    if (this.#connection !== null) this.#connection.isAlive = false
    this.#connection = null
    this.#isUp = { worker: false, citizen: false }
  }

  /** A new peer connection; each side hears of it in its turn. */
  connect(order: readonly Side[] = SIDES): void {
    this.cut()
    this.#number += 1
    this.#connection = this.#make(this.#number)
    for (const side of order) this.tellUp(side)
  }

  tellUp(side: Side): void {
    this.#isUp[side] = true
    this.lines[side].tellUp()
  }

  /** The connection counts as gone at both, and is not: it may be told of again. */
  doubt(): void {
    this.#isUp = { worker: false, citizen: false }
  }

  channel(side: Side): FakeDataChannel {
    if (this.#connection === null) throw new Error('no connection')
    return this.#connection.channels[side]
  }

  #attach(side: Side): void {
    const read = () => (this.#isUp[side] ? this.#connection : null)
    this.lines[side].connect({
      sendText: (text) => this.#sendControl(side, text),
      get link() {
        return read()?.links[side] ?? null
      },
      get linkNumber() {
        return read()?.number ?? null
      },
      renew: () => undefined,
    })
  }

  #sendControl(from: Side, text: string): boolean {
    const connection = this.#connection
    if (connection === null) return false
    const arriving = this.onControl(text, from)
    this.control.push(text)
    queueMicrotask(() => {
      if (connection.isAlive && arriving !== null) this.lines[otherOf(from)].receive(arriving)
    })
    return true
  }

  #make(number: number): Connection {
    const makeChannel = (from: Side) =>
      new FakeDataChannel((data) => {
        queueMicrotask(() => {
          if (connection.isAlive) connection.channels[otherOf(from)].arrive(data)
        })
      })
    const channels = { worker: makeChannel('worker'), citizen: makeChannel('citizen') }
    const links = {
      worker: this.#makeLink(channels, 'worker'),
      citizen: this.#makeLink(channels, 'citizen'),
    }
    const connection: Connection = { number, channels, links, isAlive: true }
    return connection
  }

  #read(side: Side): Fingerprints {
    return {
      own: this.prints[side],
      remote: this.seen[side] ?? this.prints[otherOf(side)],
      isAsDescribed: this.isAsDescribed,
    }
  }

  #makeLink(channels: Connection['channels'], side: Side): PeerLink {
    const fake = { createDataChannel: () => channels[side] } as unknown as RTCPeerConnection
    const readFingerprints = (): Promise<Fingerprints | null> =>
      Promise.resolve(this.unreadable === side ? null : this.#read(side))
    // Of a link, features use these three.
    const link = { text: new TextChannel(fake), readFingerprints, isGone: false }
    return link as unknown as PeerLink
  }
}
