import { mock } from 'node:test'
import { NaervaerError, type Person, type SessionReply } from '@naervaer/shared'
import t from 'tap'
import { DeviceSession } from '../../../../client/src/services/device/device-session.ts'
import { makeDeferred, type Deferred } from '../../../helpers/deferred.ts'
import { installFakeBrowser } from '../../../helpers/fake-browser.ts'

const ANNA: Person = { id: '0190a000-0000-7000-8000-00000000000a' as never, name: 'Anna' }
const SESSION = { you: ANNA, role: 'citizen' } as unknown as SessionReply

interface SignIn {
  readonly signal: AbortSignal
  readonly answer: Deferred
}

/** A paired device whose server the test speaks for. */
function start() {
  installFakeBrowser()
  localStorage.setItem('naervaer.device', 'paired')
  const signIns: SignIn[] = []
  const forget = mock.fn(() => Promise.resolve())
  const device = new DeviceSession(() =>
    Promise.resolve({
      person: ANNA,
      prove: () => Promise.resolve('proof'),
      forget,
      signIn: (signal: AbortSignal) => {
        const answer = makeDeferred()
        signIns.push({ signal, answer })
        signal.addEventListener('abort', () => {
          answer.reject(new DOMException('aborted', 'AbortError'))
        })
        return answer.promise as Promise<SessionReply>
      },
    }),
  )
  return { device, signIns, forget }
}

type Stage = ReturnType<typeof start>

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

/** For a socket, with nothing known of the line. */
const prepare = (device: DeviceSession): Promise<void> =>
  device.prepare(new AbortController().signal, -Infinity)

/** Whose device it is is known from the first sign-in, which brings a ticket as well. */
async function beginOwn({ device, signIns }: Stage): Promise<void> {
  const session = device.findSession(() => Promise.reject(new Error('not asked')))
  await settled()
  signIns[0]?.answer.resolve(SESSION)
  await session
}

const realNow = performance.now.bind(performance)

t.beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  performance.now = () => Date.now()
})
t.afterEach(() => {
  mock.timers.reset()
  performance.now = realNow
})

t.test(
  'HT24 a ticket at hand asks for nothing; one that is spent, or old, for one more',
  async (t) => {
    const stage = start()
    const { device, signIns } = stage
    await beginOwn(stage)
    await prepare(device)
    t.equal(signIns.length, 1, 'at hand')
    const spent = prepare(device)
    await settled()
    t.equal(signIns.length, 2, 'spent')
    signIns[1]?.answer.resolve(SESSION)
    await spent
    device.prepareAhead()
    await settled()
    signIns[2]?.answer.resolve(SESSION)
    await settled()
    mock.timers.tick(51_000)
    void prepare(device)
    await settled()
    t.equal(signIns.length, 4, 'old')
  },
)

t.test('there is one sign-in at a time, whoever asks for it', async (t) => {
  const stage = start()
  const { device, signIns } = stage
  await beginOwn(stage)
  await prepare(device)
  device.prepareAhead()
  device.prepareAhead()
  const both = [1, 2].map(() => prepare(device))
  await settled()
  t.equal(signIns.length, 2, 'one, after the first of all')
  signIns[1]?.answer.resolve(SESSION)
  await Promise.all(both)
  t.equal(signIns.length, 2)
})

t.test('an attempt that is given up takes its sign-in with it; the next begins anew', async (t) => {
  const stage = start()
  const { device, signIns } = stage
  await beginOwn(stage)
  await prepare(device)
  const attempt = new AbortController()
  const given = t.rejects(device.prepare(attempt.signal, -Infinity), { name: 'AbortError' })
  await settled()
  attempt.abort()
  await given
  t.equal(signIns[1]?.signal.aborted, true)
  const next = prepare(device)
  await settled()
  t.equal(signIns.length, 3)
  t.equal(signIns[2]?.signal.aborted, false)
  signIns[2]?.answer.resolve(SESSION)
  await next
  t.equal(signIns.length, 3)
})

t.test('a sign-in of before the line was back is not waited for', async (t) => {
  const stage = start()
  const { device, signIns } = stage
  await beginOwn(stage)
  await prepare(device)
  device.prepareAhead()
  mock.timers.tick(1_000)
  const prepared = device.prepare(new AbortController().signal, performance.now())
  await settled()
  t.equal(signIns[1]?.signal.aborted, true)
  t.equal(signIns.length, 3)
  signIns[2]?.answer.resolve(SESSION)
  await prepared
})

t.test('a sign-in that is never answered is given up', async (t) => {
  const stage = start()
  const { device, signIns } = stage
  await beginOwn(stage)
  await prepare(device)
  const given = t.rejects(prepare(device), { name: 'AbortError' })
  await settled()
  mock.timers.tick(10_000)
  await given
  t.equal(signIns[1]?.signal.aborted, true)
})

t.test('HT27 a device that was removed forgets its key, and is none any more', async (t) => {
  const stage = start()
  const { device, signIns, forget } = stage
  await beginOwn(stage)
  await prepare(device)
  const prepared = prepare(device)
  await settled()
  signIns[1]?.answer.reject(new NaervaerError('DEVICE_REMOVED'))
  await prepared
  t.equal(forget.mock.callCount(), 1)
  t.equal(device.mark, 'removed')
})
