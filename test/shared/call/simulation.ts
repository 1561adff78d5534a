import {
  getDeadline,
  getSeat,
  otherSide,
  transition,
  type Call,
  type CallEvent,
  type CallState,
  type MediaState,
  type Outcome,
  type Path,
  type Side,
  type Window,
} from '@naervaer/shared'
import { makeCall } from './arbitraries.ts'
import { connectionId, CREATED_AT, makeWindow } from './calls.ts'

/** What a client is told of the call: the part of the wire's view that the machine decides. */
export interface View {
  readonly revision: number
  readonly state: CallState
  readonly seat: 'none' | 'here' | 'elsewhere' | 'vacant'
  readonly isCounterpartPresent: boolean
  readonly generation: number
  readonly outcome: Outcome | null
}

type DownFrame =
  | { readonly type: 'welcome'; readonly view: View | null }
  | { readonly type: 'changed'; readonly view: View }

/** What a client asks; the server puts in who asks. */
export type Ask =
  | { readonly type: 'arrived' | 'accept' | 'decline' | 'cancel' | 'hangUp' | 'attach' }
  | { readonly type: 'mediaChanged'; readonly media: MediaState }
  | { readonly type: 'linked'; readonly generation: number; readonly path: Path }
  | { readonly type: 'unlinked'; readonly generation: number }

interface Connection {
  readonly client: SimulatedClient
  readonly window: Window
  readonly up: Ask[]
  readonly down: DownFrame[]
}

/** When the server dies while it performs a step: before it has written, or before it has told. */
export type CrashPoint = 'beforeRecord' | 'beforeAnnounce'

/** One window: mirrors the call by revision and does by itself what the protocol asks of it. */
export class SimulatedClient {
  readonly side: Side
  readonly device: string
  connection: Connection | null = null
  view: View | null = null
  /** Whether it has taken part: remembered over a lost connection, as in the tab's session storage. */
  hasPlayed = false
  /** The call it knew was gone when it came back. */
  hasMissedEnd = false
  readonly seenOutcomes = new Set<Outcome>()

  constructor(side: Side, device: string) {
    this.side = side
    this.device = device
  }

  ask(ask: Ask): void {
    this.connection?.up.push(ask)
  }

  take(frame: DownFrame): void {
    if (frame.type === 'welcome') {
      if (frame.view === null && this.view !== null && this.view.state !== 'ended') {
        this.hasMissedEnd = true
      }
      // The snapshot counts whatever its revision (PR1).
      this.#show(frame.view)
    } else if (this.view === null || frame.view.revision >= this.view.revision) {
      this.#show(frame.view)
    }
  }

  #show(view: View | null): void {
    this.view = view ?? (this.view?.state === 'ended' ? this.view : null)
    if (view === null) return
    if (view.outcome !== null) this.seenOutcomes.add(view.outcome)
    if (view.seat === 'here') this.hasPlayed = true
    if (view.seat === 'vacant' && this.hasPlayed) this.ask({ type: 'attach' })
    if (view.state === 'inviting' && this.side === 'citizen') this.ask({ type: 'arrived' })
  }
}

/** A server, its row, its clients and the network between, all moved by hand. */
export class World {
  now = CREATED_AT
  call: Call
  /** What would be read after a crash. */
  row: Call
  crashPoint: CrashPoint | null = null
  endsWritten = 0
  readonly clients = [
    new SimulatedClient('worker', 'computer'),
    new SimulatedClient('worker', 'computer'),
    new SimulatedClient('citizen', 'tablet'),
    new SimulatedClient('citizen', 'phone'),
  ]
  /** As the server sees them: some may be dead without its knowing. */
  #connections: Connection[] = []
  #nextConnection = 1

  /** @param isNotified - whether the citizen's devices are told of the ring while their app is closed */
  constructor(isNotified = false) {
    this.call = makeCall({ canNotify: isNotified })
    this.row = this.call
    // The first tab is the one that rang, and holds the seat that `makeCall` has given.
    const [ringer] = this.clients
    if (ringer === undefined) throw new Error('there are clients')
    this.#open(ringer, { ...this.call.worker, connectionId: connectionId('desk') })
    for (const client of this.clients) this.connect(client)
  }

  connect(client: SimulatedClient): void {
    if (client.connection !== null) return
    this.#open(client, makeWindow(client.device, `connection ${String(this.#nextConnection++)}`))
  }

  #open(client: SimulatedClient, window: Window): void {
    const connection: Connection = { client, window, up: [], down: [] }
    client.connection = connection
    this.#connections.push(connection)
    const view = this.call.state === 'ended' ? null : this.#makeView(connection)
    connection.down.push({ type: 'welcome', view })
  }

  /** The client's end of the socket is gone; the server does not know yet. */
  cut(client: SimulatedClient): void {
    client.connection = null
  }

  /** The server finds out about the sockets that are gone. */
  noticeCuts(): void {
    const gone = this.#connections.filter((each) => each.client.connection !== each)
    this.#connections = this.#connections.filter((each) => !gone.includes(each))
    for (const { window } of gone) {
      this.apply({ type: 'connectionLost', connectionId: window.connectionId })
    }
  }

  /** One frame, in any order, arrives at the server; perhaps twice, perhaps never. */
  deliverUp(client: SimulatedClient, index: number, fate: 'once' | 'twice' | 'lost'): boolean {
    const { connection } = client
    if (connection === null || connection.up.length === 0) return false
    const [ask] = connection.up.splice(index % connection.up.length, 1)
    if (ask === undefined || fate === 'lost') return true
    if (fate === 'twice') connection.up.push(ask)
    this.apply(toEvent(ask, client.side, connection.window))
    return true
  }

  /** The same downwards, but the welcome is always first and always comes. */
  deliverDown(client: SimulatedClient, index: number, fate: 'once' | 'twice' | 'lost'): boolean {
    const { connection } = client
    if (connection === null || connection.down.length === 0) return false
    const isWelcome = connection.down[0]?.type === 'welcome'
    const [frame] = connection.down.splice(isWelcome ? 0 : index % connection.down.length, 1)
    if (frame === undefined || (fate === 'lost' && !isWelcome)) return true
    if (fate === 'twice' && !isWelcome) connection.down.push(frame)
    client.take(frame)
    return true
  }

  apply(event: CallEvent): void {
    const { call, effects } = transition(this.call, event, this.now)
    const crashPoint = call === this.call ? null : this.crashPoint
    if (crashPoint === 'beforeRecord') {
      this.crash()
      return
    }
    const hasEnded = this.call.state !== 'ended' && call.state === 'ended'
    this.call = call
    for (const { type } of effects) {
      if (type === 'record') {
        this.row = call
        if (hasEnded) this.endsWritten += 1
      }
      if (type !== 'announce') continue
      if (crashPoint === 'beforeAnnounce') {
        this.crash()
        return
      }
      for (const each of this.#connections) {
        each.down.push({ type: 'changed', view: this.#makeView(each) })
      }
    }
  }

  /** `kill -9`: what was only in memory is gone, and so is every socket. */
  crash(): void {
    this.crashPoint = null
    this.call = this.row
    this.#connections = []
    for (const client of this.clients) client.connection = null
    this.apply({ type: 'restored' })
  }

  /** Everybody is there and everything arrives: what the world comes to when it is left in peace. */
  settle(): void {
    this.crashPoint = null
    for (const client of this.clients) this.cut(client)
    this.noticeCuts()
    for (const client of this.clients) this.connect(client)
    this.drain()
  }

  drain(): void {
    for (let rounds = 0; rounds < 1_000; rounds++) {
      const hasMoved = this.clients.map(
        (client) => this.deliverDown(client, 0, 'once') || this.deliverUp(client, 0, 'once'),
      )
      if (!hasMoved.includes(true)) return
    }
    throw new Error('the clients never come to rest')
  }

  /** Hangs up where somebody has a seat, otherwise waits for the deadline. */
  finish(): void {
    const party = this.clients.find((client) => client.view?.seat === 'here')
    if (party === undefined) {
      this.now = Math.max(this.now, getDeadline(this.call)?.at ?? this.now)
      this.apply({ type: 'tick' })
    } else {
      party.ask({ type: 'hangUp' })
    }
    this.drain()
  }

  /** Everybody closes everything, for so long that the call ends by itself, and looks in again. */
  abandon(): void {
    for (const client of this.clients) this.cut(client)
    this.noticeCuts()
    this.now = Math.max(this.now, getDeadline(this.call)?.at ?? this.now)
    this.apply({ type: 'tick' })
    for (const client of this.clients) this.connect(client)
    this.drain()
  }

  /** What the server would tell this client now; null without a connection. */
  viewFor(client: SimulatedClient): View | null {
    return client.connection === null ? null : this.#makeView(client.connection)
  }

  #makeView({ client, window }: Connection): View {
    const { call } = this
    const own = getSeat(call, client.side)
    return {
      revision: call.revision,
      state: call.state,
      seat: describeSeat(own?.connectionId, window),
      isCounterpartPresent: typeof getSeat(call, otherSide(client.side))?.connectionId === 'string',
      generation: 'generation' in call ? call.generation : 0,
      outcome: call.state === 'ended' ? call.outcome : null,
    }
  }
}

function describeSeat(occupant: string | null | undefined, window: Window): View['seat'] {
  if (occupant === undefined) return 'none'
  if (occupant === null) return 'vacant'
  return occupant === window.connectionId ? 'here' : 'elsewhere'
}

/** The server's part: only a worker cancels, only a citizen answers, and the sender is its connection. */
function toEvent(ask: Ask, side: Side, from: Window): CallEvent {
  switch (ask.type) {
    case 'arrived':
      return side === 'citizen' ? { type: 'arrived', from } : { type: 'tick' }
    case 'accept':
    case 'decline':
      return side === 'citizen' ? { type: ask.type, from } : { type: 'tick' }
    case 'cancel':
      return side === 'worker' ? { type: 'cancel', from } : { type: 'tick' }
    case 'hangUp':
      return { type: 'hangUp', side, from }
    case 'attach':
      return { type: 'attach', side, from, former: null }
    case 'mediaChanged':
    case 'linked':
    case 'unlinked':
      return { ...ask, side, from }
  }
}
