import { mock } from 'node:test'
import { CLOSE_CODES, type ServerMessage } from '@naervaer/shared'
import t from 'tap'
import { ConnectionLostError } from '../../../../client/src/services/socket/pending-requests.ts'
import { SignallingClient } from '../../../../client/src/services/socket/signalling-client.ts'
import { makeDeferred, type Deferred } from '../../../helpers/deferred.ts'
import { installFakeBrowser } from '../../../helpers/fake-browser.ts'
import { installFakeFetch, type FakeRequest } from '../../../helpers/fake-fetch.ts'
import { FakeSocket } from '../../../helpers/fake-socket.ts'

const OTHER_CONNECTION = '0190a000-0000-7000-8000-00000000000d' as never

const WELCOME: ServerMessage = {
  type: 'welcome',
  connection: '0190a000-0000-7000-8000-00000000000c' as never,
  protocol: 1,
  serverTime: 1,
  you: { id: '0190a000-0000-7000-8000-00000000000a' as never, name: 'Mette' },
  role: 'worker',
  choice: null,
  isAddressProtected: false,
  quiet: null,
  phone: null,
  home: null,
  citizens: [],
  workers: [],
  call: null,
}

interface Stage {
  readonly client: SignallingClient
  readonly page: EventTarget
  /** The questions whether somebody is signed in. */
  readonly questions: Deferred[]
  /** The small ones whether the server is there. */
  readonly probes: FakeRequest[]
}

function start(): Stage {
  const page = installFakeBrowser()
  FakeSocket.install()
  const probes = installFakeFetch()
  const questions: Deferred[] = []
  const isSignedIn = async () => {
    const question = makeDeferred()
    questions.push(question)
    return (await question.promise) === true
  }
  const client = new SignallingClient({ url: 'ws://localhost/ws', pass: null, isSignedIn })
  client.start()
  return { client, page, questions, probes }
}

const lastSocket = () => FakeSocket.last
const openSockets = () => FakeSocket.open.length

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

/** The page's clock goes with its timers. */
const realNow = performance.now.bind(performance)

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
  const getNow = Date.now.bind(Date)
  sleptMs = 0
  Date.now = () => getNow() + sleptMs
  performance.now = () => Date.now()
})
t.afterEach(() => {
  mock.timers.reset()
  performance.now = realNow
})

/** Time passes, and no timer goes. */
let sleptMs = 0
const sleep = (ms: number) => {
  sleptMs += ms
}

/** Answers the last question of the newest socket. */
async function pong(): Promise<void> {
  const frames = lastSocket().sent.map((text) => JSON.parse(text) as { type: string; id: string })
  const { id = '' } = frames.findLast(({ type }) => type === 'ping') ?? {}
  lastSocket().receive({ type: 'pong', replyTo: id, serverTime: 2 })
  await settled()
}

t.test('FR8 a request that is never answered costs the connection, not the button', async (t) => {
  const { client } = start()
  lastSocket().receive(WELCOME)
  const lost = t.rejects(client.request({ type: 'ping' }), ConnectionLostError)
  mock.timers.tick(10_000)
  await lost
  t.equal(client.state.value, 'lost')
  mock.timers.tick(1_000)
  t.equal(FakeSocket.all.length, 2)
  t.equal(openSockets(), 1)
})

t.test('an answered request costs nothing', async (t) => {
  const { client } = start()
  lastSocket().receive(WELCOME)
  const reply = client.request({ type: 'ping' })
  const { id } = JSON.parse(lastSocket().sent[0] ?? '') as { id: string }
  lastSocket().receive({ type: 'pong', replyTo: id, serverTime: 2 })
  t.match(await reply, { type: 'pong' })
  // The regular ping comes at 10 s, and is given 5 s.
  mock.timers.tick(14_000)
  t.equal(client.state.value, 'open')
})

t.test('CL1 a window that was sent away asks for nothing and opens nothing', async (t) => {
  const { client, page, questions } = start()
  lastSocket().receive(WELCOME)
  lastSocket().end(CLOSE_CODES.TOO_MANY_CONNECTIONS)
  await t.rejects(client.request({ type: 'ping' }), ConnectionLostError)
  page.dispatchEvent(new Event('focus'))
  mock.timers.tick(60_000)
  questions[0]?.resolve(true)
  await settled()
  t.equal(client.state.value, 'stopped')
  t.equal(FakeSocket.all.length, 1)
})

t.test('CL1 a window whose session has ended is signed out', async (t) => {
  const { client, questions } = start()
  lastSocket().receive(WELCOME)
  lastSocket().end(CLOSE_CODES.SESSION_ENDED)
  questions[0]?.resolve(false)
  await settled()
  t.equal(client.state.value, 'signedOut')
})

t.test('CO5 a client that was stopped while it asked opens no socket', async (t) => {
  const { client, questions } = start()
  lastSocket().end(1006)
  mock.timers.tick(1_000)
  t.equal(questions.length, 1)
  client.stop()
  questions[0]?.resolve(true)
  await settled()
  t.equal(openSockets(), 0)
  t.equal(client.state.value, 'stopped')
})

t.test('a network that comes back while it asks does not lead to two attempts', async (t) => {
  const { page, questions } = start()
  lastSocket().end(1006)
  mock.timers.tick(1_000)
  page.dispatchEvent(new Event('online'))
  lastSocket().receive(WELCOME)
  questions[0]?.resolve(true)
  await settled()
  t.equal(FakeSocket.all.length, 2)
  t.equal(openSockets(), 1)
})

t.test(
  'HB2 a silence of the other side costs no good socket: 0.7 s for a quick line',
  async (t) => {
    const { client } = start()
    lastSocket().receive(WELCOME)
    client.probe()
    mock.timers.tick(650)
    t.equal(client.state.value, 'open')
    mock.timers.tick(100)
    await settled()
    t.not(client.state.value, 'open', 'given up')
  },
)

t.test('HB2 and three round trips for a slow one', async (t) => {
  const { client } = start()
  lastSocket().receive(WELCOME)
  client.setHaste(true)
  mock.timers.tick(1_000)
  mock.timers.tick(400)
  await pong()
  client.probe()
  mock.timers.tick(1_150)
  t.equal(client.state.value, 'open', 'a frame that is sent again still comes')
  mock.timers.tick(100)
  t.not(client.state.value, 'open', 'given up')
})

t.test(
  'HB2 a page that has slept opens a new socket at once, and keeps the old if that answers',
  async (t) => {
    const { client } = start()
    lastSocket().receive(WELCOME)
    client.setHaste(true)
    sleep(3_500)
    mock.timers.tick(1_000)
    t.equal(FakeSocket.all.length, 2, 'a new one')
    t.equal(openSockets(), 2, 'beside the old')
    t.equal(client.state.value, 'open')
    const [old] = FakeSocket.all
    const { id } = JSON.parse(old?.sent.at(-1) ?? '') as { id: string }
    old?.receive({ type: 'pong', replyTo: id, serverTime: 2 })
    await settled()
    t.equal(openSockets(), 1)
    t.equal(old?.isClosed, false, 'the old one was good')
  },
)

t.test('HB2 where the old one is dead, the new one is used without waiting for it', (t) => {
  const { client, page } = start()
  lastSocket().receive(WELCOME)
  client.setHaste(true)
  const states: string[] = []
  client.state.subscribe(() => states.push(client.state.value))
  sleep(30_000)
  page.dispatchEvent(new Event('pageshow'))
  page.dispatchEvent(new Event('focus'))
  t.equal(FakeSocket.all.length, 2, 'once for all events of one awakening')
  const [old] = FakeSocket.all
  lastSocket().receive({ ...WELCOME, connection: OTHER_CONNECTION })
  t.equal(client.connection, OTHER_CONNECTION)
  t.equal(old?.isClosed, true)
  t.same(states, [], 'nobody is told of a loss')
  old?.end(CLOSE_CODES.HEARTBEAT_LOST)
  t.equal(client.state.value, 'open')
  t.end()
})

t.test('HB2 a sleep that the server has noticed ends in a new socket already under way', (t) => {
  const { client, page } = start()
  lastSocket().receive(WELCOME)
  client.setHaste(true)
  sleep(60_000)
  page.dispatchEvent(new Event('pageshow'))
  const [old] = FakeSocket.all
  old?.end(CLOSE_CODES.HEARTBEAT_LOST)
  t.equal(client.state.value, 'lost')
  t.equal(FakeSocket.all.length, 2, 'which is left alone')
  t.equal(openSockets(), 1)
  lastSocket().receive(WELCOME)
  t.equal(client.state.value, 'open')
  t.end()
})

t.test('HB2 in calm times, too, but not for the slow timers of a page out of sight', async (t) => {
  const { page } = start()
  lastSocket().receive(WELCOME)
  Object.assign(document, { visibilityState: 'hidden' })
  sleep(60_000)
  mock.timers.tick(10_000)
  t.equal(FakeSocket.all.length, 1)
  await pong()
  sleep(60_000)
  Object.assign(document, { visibilityState: 'visible' })
  page.dispatchEvent(new Event('focus'))
  t.equal(FakeSocket.all.length, 2)
  // One that fails changes nothing: the old one has been asked.
  lastSocket().end(1006)
  await settled()
  t.equal(openSockets(), 1)
})

t.test('HB2 a socket closed with 4002 in a talk is followed by another at once', (t) => {
  const { client } = start()
  lastSocket().receive(WELCOME)
  client.setHaste(true)
  lastSocket().end(CLOSE_CODES.HEARTBEAT_LOST)
  t.equal(FakeSocket.all.length, 2)
  t.end()
})
