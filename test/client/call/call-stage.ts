import { mock } from 'node:test'
import {
  NaervaerError,
  type CallView,
  type ConnectionId,
  type ErrorCode,
  type SignalMessage,
  type SocketRole,
} from '@naervaer/shared'
import t from 'tap'
import { CallSession } from '../../../client/src/call/call-session.ts'
import type { ConnectionState } from '../../../client/src/services/socket/connection-state.ts'
import { ConnectionLostError } from '../../../client/src/services/socket/pending-requests.ts'
import type {
  ServerNews,
  SignallingClient,
} from '../../../client/src/services/socket/signalling-client.ts'
import { Store } from '../../../client/src/services/store.ts'
import { makeDeferred, type Deferred } from '../../helpers/deferred.ts'
import { installFakeBrowser } from '../../helpers/fake-browser.ts'
import { FakeDevices } from '../../helpers/fake-devices.ts'
import { FakePeerLink } from '../../helpers/fake-peer-link.ts'
import { makeView } from './make-view.ts'

interface Request {
  readonly type: string
  readonly body: Record<string, unknown>
  readonly settle: Deferred
}

/** The window's first connection, its second, and so on. */
export const connectionOf = (n: number) =>
  `0190a000-0000-7000-8000-0000000000c${String(n)}` as ConnectionId

/** A window without a browser or a server: the test speaks for both. */
export class Stage {
  readonly session: CallSession
  readonly requests: Request[] = []
  readonly devices = new FakeDevices()
  readonly signals: SignalMessage[] = []
  readonly connection = new Store<ConnectionState>('open')
  readonly links: FakePeerLink[] = []
  featureLoads = 0
  isHasty = false
  #present: ConnectionId | null = null
  #welcomes = 0
  #listener: (news: ServerNews) => void = () => undefined

  /** @param isReloaded - the tab is the same, and remembers */
  constructor({ isReloaded = false } = {}) {
    if (isReloaded) installFakeBrowser({ sessionStorage })
    else installFakeBrowser()
    this.devices.install()
    const signalling = {
      state: this.connection,
      onNews: (listener: (news: ServerNews) => void) => {
        this.#listener = listener
      },
      request: (body: Record<string, unknown>) => {
        const settle = makeDeferred()
        this.requests.push({ type: String(body['type']), body, settle })
        return settle.promise
      },
      getConnection: () => this.#present,
      get connection(): ConnectionId | null {
        return this.getConnection()
      },
      setHaste: (isHasty: boolean) => {
        this.isHasty = isHasty
      },
      probe: () => undefined,
      hurry: () => undefined,
      send: (signal: SignalMessage) => {
        this.signals.push(signal)
      },
    }
    this.session = new CallSession({
      // The rest of the client is not the session's business.
      signalling: signalling as unknown as SignallingClient,
      // A talk goes on without them.
      loadFeatures: () => {
        this.featureLoads += 1
        return Promise.reject(new TypeError('Failed to fetch'))
      },
      loadLink: () =>
        Promise.resolve((options, listener) => {
          const link = new FakePeerLink(options, listener)
          this.links.push(link)
          return link.asPeerLink()
        }),
    })
  }

  welcome(role: SocketRole, call: CallView | null): void {
    const people = {
      citizens: [],
      workers: [],
      choice: null,
      isAddressProtected: false,
      quiet: null,
      phone: null,
      home: null,
      you: call?.[role] ?? makeView()[role],
    }
    this.#welcomes += 1
    const connection = connectionOf(this.#welcomes)
    this.#present = connection
    const time = { protocol: 1, serverTime: 9_000, connection }
    this.#listener({ type: 'welcome', ...time, ...people, role, call })
  }

  changed(call: CallView): void {
    this.#listener({ type: 'call.changed', call })
  }

  news(news: ServerNews): void {
    this.#listener(news)
  }

  /** How often the window has asked for this. */
  count(type: string): number {
    return this.requests.filter((request) => request.type === type).length
  }

  async reply(type: string, call: CallView): Promise<void> {
    this.#last(type).settle.resolve({ type: 'call.reply', replyTo: '1', call })
    await settled()
  }

  async giveTurn(): Promise<void> {
    const config = { type: 'turn.reply', replyTo: '1', iceServers: [], policy: 'all' }
    this.#last('turn.fetch').settle.resolve(config)
    await settled()
  }

  async refuse(type: string, code: ErrorCode): Promise<void> {
    this.#last(type).settle.reject(new NaervaerError(code))
    await settled()
  }

  async loseConnection(): Promise<void> {
    for (const { settle } of this.requests) settle.reject(new ConnectionLostError())
    await settled()
  }

  get phase(): string {
    return this.session.snapshot.value.phase
  }

  #last(type: string): Request {
    const found = this.requests.findLast((request) => request.type === type)
    if (found === undefined) throw new Error(`nobody asked for ${type}`)
    return found
  }
}

/** Lets everything that is ready run, timers not. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

/** A call that is connected, and whose seat is this window's. */
export const talking = (change: Partial<Record<keyof CallView, unknown>> = {}) =>
  makeView({ state: 'connected', seat: 'here', revision: 5, generation: 1, ...change })

/** Of the call that follows. */
export const NEXT_CALL = '0190a000-0000-7000-8000-0000000000ff' as CallView['id']

/** The call that follows, as it begins. */
export const nextRing = () => makeView({ id: NEXT_CALL, state: 'inviting', seat: 'none' })

/** A window in the middle of a talk, with its camera and microphone open. */
export async function talk(role: SocketRole, wish = { withCamera: true }): Promise<Stage> {
  const stage = new Stage()
  stage.welcome(role, null)
  const answered = talking({ state: 'connecting', generation: 0, revision: 4 })
  if (role === 'worker') stage.changed(answered)
  else {
    stage.changed(makeView())
    void stage.session.answer(wish)
    await stage.reply('call.accept', answered)
  }
  stage.devices.grant()
  await settled()
  stage.changed(talking())
  return stage
}

/** The screens that the window shows from now on, each once. */
export function watchPhases(stage: Stage): Set<string> {
  const phases = new Set<string>()
  stage.session.snapshot.subscribe(() => phases.add(stage.phase))
  return phases
}

/** What the window has said when it last asked for its seat. */
export const lastAttach = (stage: Stage) =>
  stage.requests.findLast(({ type }) => type === 'call.attach')?.body

/** What a call that has been connected says of itself. */
export const WITHIN_TALK = { connectedAt: 2_000, answeredAt: 1_500 }

/** Time passes in the tests of a file only when they say so. */
export function holdClock(): void {
  t.beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
  })
  t.afterEach(async () => {
    // What is begun after the reset would run by the real clock.
    await settled()
    mock.timers.reset()
  })
}
