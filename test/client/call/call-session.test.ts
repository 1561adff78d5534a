import { mock } from 'node:test'
import {
  NaervaerError,
  type CallView,
  type CitizenPresence,
  type ConnectionId,
  type ErrorCode,
  type PersonId,
  type SignalMessage,
  type SocketRole,
} from '@naervaer/shared'
import t, { type Test } from 'tap'
import { CallSession } from '../../../client/src/call/call-session.ts'
import type { ConnectionState } from '../../../client/src/services/connection-state.ts'
import { ConnectionLostError } from '../../../client/src/services/pending-requests.ts'
import type {
  ServerNews,
  SignallingClient,
} from '../../../client/src/services/signalling-client.ts'
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

/** A window without a browser or a server: the test speaks for both. */
class Stage {
  readonly session: CallSession
  readonly requests: Request[] = []
  readonly devices = new FakeDevices()
  readonly signals: SignalMessage[] = []
  readonly connection = new Store<ConnectionState>('open')
  featureLoads = 0
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
      connection: null,
      setHaste: () => undefined,
      probe: () => undefined,
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
        Promise.resolve((options, listener) => new FakePeerLink(options, listener).asPeerLink()),
    })
  }

  welcome(role: SocketRole, call: CallView | null): void {
    const people = {
      citizens: [],
      workers: [],
      choice: null,
      isAddressProtected: false,
      you: call?.[role] ?? makeView()[role],
    }
    const connection = '0190a000-0000-7000-8000-00000000000c' as ConnectionId
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

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

/** The citizen of `makeView`, as a worker's list has them. */
const listed = (isAddressProtected: boolean): CitizenPresence => ({
  person: makeView().citizen,
  assignment: 'primary',
  availability: 'busy',
  choice: { state: 'active', pausedUntil: null },
  isAddressProtected,
})

const talking = (change: Partial<Record<keyof CallView, unknown>> = {}) =>
  makeView({ state: 'connected', seat: 'here', revision: 5, generation: 1, ...change })

const NEXT_CALL = '0190a000-0000-7000-8000-0000000000ff' as CallView['id']
const nextRing = () => makeView({ id: NEXT_CALL, state: 'inviting', seat: 'none' })

/** A window in the middle of a talk, with its camera and microphone open. */
async function talk(role: SocketRole, wish = { withCamera: true }): Promise<Stage> {
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

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
})
t.afterEach(() => {
  mock.timers.reset()
})

t.test(
  'hanging up lets go of the devices at once, whether or not the server hears it',
  async (t) => {
    const stage = await talk('citizen')
    t.strictSame(stage.devices.live, ['audio', 'video'])
    void stage.session.hangUp()
    t.strictSame(stage.devices.live, [])
    t.equal(stage.phase, 'ended')
  },
)

const insists = async (t: Test, stage: Stage) => {
  const before = stage.count('call.hangUp')
  mock.timers.tick(2_000)
  await settled()
  t.equal(stage.count('call.hangUp'), before + 1, 'it is said again')
  await stage.reply('call.hangUp', talking({ state: 'ended', outcome: 'completed', revision: 6 }))
  mock.timers.tick(60_000)
  t.equal(stage.count('call.hangUp'), before + 1, 'and not once it has been heard')
}

t.test('a hang-up that the server could not take in is said again', async (t) => {
  const stage = await talk('worker')
  void stage.session.hangUp()
  await stage.refuse('call.hangUp', 'INTERNAL')
  await insists(t, stage)
})

t.test('a hang-up that was lost is said again after the seat has been taken', async (t) => {
  const stage = await talk('citizen')
  void stage.session.hangUp()
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'vacant' }))
  t.equal(stage.count('call.attach'), 1)
  await stage.reply('call.attach', talking({ revision: 6 }))
  t.equal(stage.count('call.hangUp'), 2)
  t.strictSame(stage.devices.live, [], 'without opening anything')
})

t.test(
  'SE6 a lost hang-up is said again where the former socket sat there until now',
  async (t) => {
    const stage = await talk('citizen')
    void stage.session.hangUp()
    await stage.loseConnection()
    stage.welcome('citizen', talking({ seat: 'elsewhere' }))
    await stage.reply('call.attach', talking({ revision: 6 }))
    t.equal(stage.count('call.hangUp'), 2)
  },
)

t.test('SE3 SE7 a ringing worker whose connection was lost takes the seat again', async (t) => {
  const stage = new Stage()
  stage.welcome('worker', null)
  void stage.session.ring(makeView().citizen.id)
  await stage.reply('call.invite', makeView({ seat: 'here', state: 'inviting' }))
  t.equal(stage.phase, 'outgoing')
  await stage.loseConnection()
  stage.welcome('worker', makeView({ seat: 'vacant', revision: 2 }))
  t.equal(stage.count('call.attach'), 1)
  await stage.reply('call.attach', makeView({ seat: 'here', revision: 3 }))
  t.equal(stage.phase, 'outgoing')
})

t.test('SE3 another window of the device does not take the seat of its own accord', (t) => {
  const stage = new Stage()
  stage.welcome('worker', makeView({ seat: 'vacant' }))
  t.equal(stage.count('call.attach'), 0)
  t.equal(stage.phase, 'vacant')
  t.end()
})

t.test('CI5 that it rings is said until the server knows', async (t) => {
  const stage = new Stage()
  stage.welcome('citizen', null)
  stage.changed(makeView({ state: 'inviting', ringingAt: null }))
  t.equal(stage.count('call.ringing'), 1)
  await stage.loseConnection()
  stage.welcome('citizen', makeView({ state: 'inviting', ringingAt: null }))
  t.equal(stage.count('call.ringing'), 2, 'after a reconnect')
  await stage.refuse('call.ringing', 'INTERNAL')
  mock.timers.tick(2_000)
  t.equal(stage.count('call.ringing'), 3, 'after a fault of the server')
  await stage.reply('call.ringing', makeView({ revision: 2 }))
  stage.changed(makeView({ revision: 2 }))
  mock.timers.tick(60_000)
  t.equal(stage.count('call.ringing'), 3)
})

t.test('SI6 the talk stays on the screen while its window takes the seat again', async (t) => {
  const stage = await talk('citizen')
  const phases = new Set<string>()
  stage.session.snapshot.subscribe(() => phases.add(stage.phase))
  await stage.loseConnection()
  stage.welcome('citizen', talking({ seat: 'vacant', revision: 10_000 }))
  await stage.reply('call.attach', talking({ revision: 10_001 }))
  t.strictSame([...phases], ['talking'])
  t.strictSame(stage.devices.live, ['audio', 'video'])
})

t.test('SE5 what the server could not take in of a talk is said again', async (t) => {
  const stage = await talk('worker')
  for (let turn = 1; turn <= 3; turn += 1) {
    const before = stage.requests.length
    for (const { settle } of stage.requests) settle.reject(new NaervaerError('INTERNAL'))
    await settled()
    mock.timers.tick(2_000)
    const again = stage.requests.slice(before).map(({ type }) => type)
    t.equal(again.filter((type) => type === 'call.lost').length, 1)
    t.equal(again.filter((type) => type === 'call.media').length, 1)
  }
})

/** What the server has been told of the devices. */
const told = (camera: string, microphone: string) => ({ camera, microphone })

const WITHIN_TALK = { connectedAt: 2_000, answeredAt: 1_500 }

/** The page is loaded anew in the same tab, and the server says what it knows. */
async function reload(role: SocketRole, media: unknown): Promise<Stage> {
  const stage = new Stage({ isReloaded: true })
  const other = role === 'worker' ? 'citizen' : 'worker'
  const view = { ...WITHIN_TALK, media: { [role]: media, [other]: null }, revision: 9 }
  stage.welcome(role, talking({ ...view, seat: 'vacant' }))
  await stage.reply('call.attach', talking(view))
  return stage
}

t.test('after a reload all is as the person wished it, whatever the server knows', async (t) => {
  for (const media of [null, told('on', 'on'), told('inUse', 'on')]) {
    const stage = await talk('citizen')
    await stage.session.setMicrophone(false)
    const again = await reload('citizen', media)
    t.strictSame(again.devices.openings[0]?.kinds, ['video'])
    again.devices.grant()
    await settled()
    t.match(again.session.snapshot.value.ownMedia, told('on', 'off'))

    await again.session.setCamera(false)
    const dark = await reload('citizen', media)
    t.strictSame(dark.devices.openings, [])
    t.match(dark.session.snapshot.value.ownMedia, told('off', 'off'))
    void dark.session.setMicrophone(true)
    t.strictSame(dark.devices.openings[0]?.kinds, ['audio'])
  }
})

t.test('the camera of one who answered without it stays off when the server forgets', async (t) => {
  await talk('citizen', { withCamera: false })
  const again = await reload('citizen', null)
  t.strictSame(again.devices.openings[0]?.kinds, ['audio'])
})

t.test(
  'a window that takes over goes by what the server was told, and opens nothing unknown',
  async (t) => {
    for (const [role, media, opened] of [
      ['citizen', told('on', 'on'), ['audio', 'video']],
      ['citizen', told('on', 'off'), ['video']],
      ['worker', told('off', 'on'), ['audio']],
      ['worker', told('inUse', 'refused'), ['audio', 'video']],
      ['citizen', told('off', 'off'), undefined],
      ['citizen', null, undefined],
      ['worker', null, undefined],
    ] as const) {
      const stage = new Stage()
      const view = { ...WITHIN_TALK, media: { citizen: media, worker: media } }
      stage.welcome(role, talking({ ...view, seat: 'vacant' }))
      void stage.session.takeOver()
      await stage.reply('call.attach', talking({ ...view, revision: 9 }))
      t.strictSame(stage.devices.openings[0]?.kinds, opened, JSON.stringify([role, media]))
    }
  },
)

t.test('PA4 a direct path is left once the address is protected', async (t) => {
  const said = (citizenId: PersonId, isAddressProtected: boolean): ServerNews => ({
    type: 'protection.changed',
    citizenId,
    isAddressProtected,
  })
  const list = (isAddressProtected: boolean): ServerNews => ({
    type: 'directory.changed',
    citizens: [listed(isAddressProtected)],
    workers: [],
  })
  const { citizen, worker } = makeView()
  for (const [news, isLeft] of [
    [said(citizen.id, true), true],
    [list(true), true],
    [said(citizen.id, false), false],
    [said(worker.id, true), false],
    [list(false), false],
  ] as const) {
    const stage = await talk('worker')
    const turn = { urls: ['turn:turn.example.dk'], username: 'u', credential: 'c' }
    const fetched = stage.requests.findLast(({ type }) => type === 'turn.fetch')
    fetched?.settle.resolve({
      type: 'turn.reply',
      replyTo: '1',
      iceServers: [turn],
      policy: 'all',
    })
    await settled()
    t.equal(stage.count('turn.fetch'), 1)
    stage.news(news)
    await settled()
    t.equal(stage.count('turn.fetch'), isLeft ? 2 : 1, JSON.stringify(news))
    stage.news(news)
    await settled()
    t.equal(stage.count('turn.fetch'), isLeft ? 2 : 1, 'and only once')
  }
})

t.test(
  'CI8 an answer that crosses a cancel: nothing stays open, in whatever order it is told',
  async (t) => {
    const cancelled = makeView({
      state: 'ended',
      outcome: 'cancelled',
      endReason: 'hangup_staff',
      endedAt: 3_000,
      revision: 9,
    })
    for (const isNewsFirst of [true, false]) {
      const stage = new Stage()
      stage.welcome('citizen', null)
      stage.changed(makeView({ state: 'ringing', revision: 2 }))
      t.equal(stage.phase, 'incoming')
      void stage.session.answer({ withCamera: true })
      stage.devices.grant()
      await settled()
      t.strictSame(stage.devices.live, ['audio', 'video'], 'a tap opens them at once')
      if (isNewsFirst) stage.changed(cancelled)
      await stage.refuse('call.accept', 'CALL_ENDED')
      t.strictSame(stage.devices.live, [])
      stage.changed(cancelled)
      t.equal(stage.phase, 'ended')
      t.strictSame(stage.devices.live, [])
      t.equal(stage.count('call.hangUp'), 0, 'there is nothing to hang up')
    }
  },
)

t.test('CA3 a cancel that crosses the answer: the worker’s window never talks', async (t) => {
  const stage = new Stage()
  stage.welcome('worker', null)
  void stage.session.ring(makeView().citizen.id)
  await stage.reply('call.invite', makeView({ state: 'ringing', seat: 'here', revision: 2 }))
  t.equal(stage.phase, 'outgoing')
  void stage.session.cancel()
  // The answer was there first, and its news comes before the cancel's reply.
  stage.changed(talking({ state: 'connecting', generation: 0, revision: 3 }))
  stage.devices.grant()
  await settled()
  await stage.reply(
    'call.cancel',
    makeView({ state: 'ended', outcome: 'cancelled', endReason: 'hangup_staff', revision: 4 }),
  )
  t.equal(stage.phase, 'ended')
  t.strictSame(stage.devices.live, [])
  stage.changed(talking({ state: 'connecting', generation: 0, revision: 3 }))
  t.equal(stage.phase, 'ended', 'old news brings nothing back')
  t.strictSame(stage.devices.live, [])
})

t.test('a window in which nobody is signed in any more sends nothing', async (t) => {
  const stage = await talk('worker')
  stage.connection.set('signedOut')
  t.strictSame(stage.devices.live, [])
  t.equal(stage.phase, 'idle')
})

t.test('a browser without sound rings all the same', (t) => {
  const stage = new Stage()
  Object.defineProperty(globalThis, 'AudioContext', {
    configurable: true,
    value: () => {
      throw new DOMException('no sound', 'NotSupportedError')
    },
  })
  stage.welcome('citizen', makeView({ state: 'inviting', ringingAt: null }))
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.ringing'), 1)
  t.equal(stage.session.snapshot.value.ringTone, 'blocked')
  t.end()
})

/** By it the citizen's window says for which call it waits. */
const lastPlease = (stage: Stage) => stage.signals.findLast(({ type }) => type === 'signal.please')

t.test('another call ends the part in the former one, before it rings', async (t) => {
  const stage = await talk('citizen')
  await stage.loseConnection()
  stage.welcome('citizen', nextRing())
  t.equal(stage.phase, 'incoming')
  t.strictSame(stage.devices.live, [], 'nothing is on while it rings')
  void stage.session.answer({ withCamera: true })
  const answered = { ...nextRing(), state: 'connecting', seat: 'here', revision: 2 } as const
  await stage.reply('call.accept', answered)
  stage.devices.grant()
  await settled()
  t.strictSame(stage.devices.live, ['audio', 'video'])
  mock.timers.tick(5_000)
  t.equal(lastPlease(stage)?.call, NEXT_CALL, 'the talk is of the new call')
})

t.test('a ring that follows one which ended unseen is prepared, and heard', (t) => {
  const stage = new Stage()
  stage.welcome('citizen', makeView({ seat: 'standby' }))
  stage.session.silenceRing()
  stage.welcome('citizen', nextRing())
  t.not(stage.session.snapshot.value.ringTone, 'silenced', 'that was for the former ring only')
  stage.changed(makeView({ id: NEXT_CALL, seat: 'standby', revision: 2 }))
  mock.timers.tick(5_000)
  t.equal(lastPlease(stage)?.call, NEXT_CALL)
  t.end()
})

/** A talk that this window's person has hung up, and that the server knows of. */
async function hungUp(role: SocketRole): Promise<Stage> {
  const stage = await talk(role)
  void stage.session.hangUp()
  const endReason = role === 'worker' ? 'hangup_staff' : 'hangup_citizen'
  const media = { worker: null, citizen: { camera: 'on', microphone: 'on' } } as const
  const end = {
    state: 'ended',
    outcome: 'completed',
    endReason,
    answeredAt: 2,
    endedAt: 9,
  } as const
  await stage.reply('call.hangUp', talking({ ...end, media, revision: 7 }))
  stage.requests.length = 0
  return stage
}

t.test('CI12 a citizen asks to go back, and the ring that follows is answered here', async (t) => {
  const stage = await hungUp('citizen')
  const { back } = stage.session
  t.equal(back.state.value.own, 'offered')
  const asking = back.goBack()
  t.equal(back.state.value.own, 'waiting')
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  await asking
  t.equal(stage.phase, 'ended', 'the page says that one waits')

  stage.changed(nextRing())
  t.equal(stage.count('call.accept'), 1)
  t.equal(stage.count('call.ringing'), 0, 'it does not ring here')
  t.equal(stage.phase, 'ended', 'nor looks as if it did')
  t.strictSame(stage.devices.openings.at(-1)?.kinds, ['audio', 'video'], 'as it was before')
  await stage.reply('call.accept', {
    ...nextRing(),
    state: 'connecting',
    seat: 'here',
    revision: 9,
  })
  t.equal(stage.phase, 'talking')
  t.equal(back.state.value.own, 'none')
})

t.test('CI12 whoever goes back is seen and heard no more than before', async (t) => {
  const stage = await talk('citizen')
  await stage.session.setMicrophone(false)
  void stage.session.hangUp()
  const media = { worker: null, citizen: { camera: 'inUse', microphone: 'off' } } as const
  const end = { state: 'ended', outcome: 'completed', endReason: 'hangup_citizen' } as const
  const ended = talking({ ...end, answeredAt: 2, endedAt: 9, media, revision: 7 })
  await stage.reply('call.hangUp', ended)
  void stage.session.back.goBack()
  await stage.reply('call.goBack', ended)
  stage.changed(nextRing())
  t.strictSame(stage.devices.openings.at(-1)?.kinds, ['video'])
})

t.test('CI12 an answer that did not get through leaves an ordinary ring', async (t) => {
  const stage = await hungUp('citizen')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  stage.changed(nextRing())
  await stage.refuse('call.accept', 'INTERNAL')
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.ringing'), 1)
})

t.test('CI12 a window that nobody sees opens nothing by itself: it rings', async (t) => {
  const stage = await hungUp('citizen')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  const openings = stage.devices.openings.length
  Object.assign(document, { visibilityState: 'hidden' })
  stage.changed(nextRing())
  t.equal(stage.count('call.accept'), 0)
  t.equal(stage.count('call.ringing'), 1)
  t.equal(stage.phase, 'incoming')
  t.equal(stage.devices.openings.length, openings)
  t.equal(stage.session.back.state.value.own, 'none', 'the worker has rung: that was it')

  Object.assign(document, { visibilityState: 'visible' })
  stage.changed({ ...nextRing(), state: 'ringing', revision: 2 })
  t.equal(stage.count('call.accept'), 0, 'nor when somebody comes to look')
})

t.test('CI12 a ring that nobody asked for rings, also within the two minutes', async (t) => {
  const stage = await hungUp('citizen')
  stage.changed(nextRing())
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.accept'), 0)
  t.equal(stage.count('call.ringing'), 1)
})

t.test('CI12 whoever thinks better of it, or leaves the page, takes it back', async (t) => {
  const stage = await hungUp('citizen')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  void stage.session.back.stop()
  t.match(stage.requests.at(-1)?.body, { type: 'call.goBack', isWanted: false })
  t.equal(stage.session.back.state.value.own, 'offered')

  void stage.session.back.goBack()
  stage.session.dismiss()
  t.match(stage.requests.at(-1)?.body, { type: 'call.goBack', isWanted: false })
  t.equal(stage.session.back.state.value.own, 'none')
})

t.test('going back is offered for two minutes, and not to whom the other has left', async (t) => {
  const stage = await hungUp('citizen')
  mock.timers.tick(119_999)
  t.equal(stage.session.back.state.value.own, 'offered')
  mock.timers.tick(1)
  t.equal(stage.session.back.state.value.own, 'over', 'what goes is not gone without a word')

  const late = await hungUp('citizen')
  void late.session.back.goBack()
  await late.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  mock.timers.tick(120_000)
  t.equal(late.session.back.state.value.own, 'late')

  const left = await talk('citizen')
  left.changed(
    talking({ state: 'ended', outcome: 'completed', endReason: 'hangup_staff', revision: 7 }),
  )
  t.equal(left.session.back.state.value.own, 'none')
})

t.test('a worker goes back by ringing, and answers who asks with one tap', async (t) => {
  const stage = await hungUp('worker')
  void stage.session.back.goBack()
  t.match(stage.requests.at(-1)?.body, { type: 'call.invite' })

  const { citizen, id: call } = makeView()
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 100_000 })
  t.equal(stage.session.back.state.value.asked[0]?.id, citizen.id)
  void stage.session.back.answer(citizen.id)
  t.match(stage.requests.at(-1)?.body, { type: 'call.invite', citizenId: citizen.id })
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 0 })
  t.same(stage.session.back.state.value.asked, [])
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 3_000 })
  mock.timers.tick(3_000)
  t.same(stage.session.back.state.value.asked, [], 'no longer than it is wanted')
})

t.test('CI12 two citizens may ask at once, and each is answered or put off alone', async (t) => {
  const stage = await hungUp('worker')
  const { back } = stage.session
  const { citizen: anna, id: call } = makeView()
  const jens = { ...anna, id: '0190a000-0000-7000-8000-00000000000e' as typeof anna.id }
  const askedIds = () => back.state.value.asked.map(({ id }) => id)
  stage.news({ type: 'call.backAsked', call, citizen: anna, leftMs: 100_000 })
  stage.news({ type: 'call.backAsked', call: NEXT_CALL, citizen: jens, leftMs: 110_000 })
  t.same(askedIds(), [anna.id, jens.id])
  stage.news({ type: 'call.backAsked', call, citizen: anna, leftMs: 90_000 })
  t.same(askedIds(), [anna.id, jens.id], 'said again: the same wish')

  back.dismiss(jens.id)
  t.match(stage.requests.at(-1)?.body, { type: 'call.goBack', call: NEXT_CALL, isWanted: false })
  t.same(askedIds(), [anna.id])
  await stage.refuse('call.goBack', 'INTERNAL')
  t.equal(stage.session.snapshot.value.error, null, 'what was put off is put off')
  mock.timers.tick(90_000)
  t.same(askedIds(), [])
  t.equal(stage.count('call.goBack'), 1, 'what is over needs no answer')
})

t.test('CI12 a citizen who is put off is told, and waits for nothing', async (t) => {
  const stage = await hungUp('citizen')
  const { citizen, id: call } = makeView()
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 0 })
  t.equal(stage.session.back.state.value.own, 'offered', 'another window has asked')
  void stage.session.back.goBack()
  await stage.reply('call.goBack', talking({ state: 'ended', revision: 7 }))
  stage.news({ type: 'call.backAsked', call: NEXT_CALL, citizen, leftMs: 0 })
  t.equal(stage.session.back.state.value.own, 'waiting', 'of another call')
  stage.news({ type: 'call.backAsked', call, citizen, leftMs: 0 })
  t.equal(stage.session.back.state.value.own, 'notNow')
  mock.timers.tick(120_000)
  t.equal(stage.session.back.state.value.own, 'notNow', 'said as long as the page stands')
  stage.changed(nextRing())
  t.equal(stage.phase, 'incoming')
  t.equal(stage.count('call.accept'), 0, 'it rings')
})
