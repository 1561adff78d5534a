import { decodeJwt } from 'jose'
import { mock } from 'node:test'
import t, { type Test } from 'tap'
import {
  DEVICE_NONCE_HEADER,
  DEVICE_NONCE_LIFE_MS,
  type DeviceId,
  type PersonId,
} from '@naervaer/shared'
import { makeKey } from '../../../../client/src/services/device/device-key.ts'
import { DeviceProver } from '../../../../client/src/services/device/device-prover.ts'
import { installFakeFetch, type FakeRequest } from '../../../helpers/fake-fetch.ts'

const NONCE_PATH = '/api/device/nonce'
const SESSION_PATH = '/api/device/session'
const ANNA = { id: '01900000-0000-7000-8000-000000000001' as PersonId, name: 'Anna' }
const SESSION = { you: ANNA, roles: ['citizen'], role: 'citizen', isDemo: false, dutyPhone: null }

async function setUp(t: Test) {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'location')
  t.teardown(() => {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'location')
    else Object.defineProperty(globalThis, 'location', before)
  })
  const location = { origin: 'https://video.example' }
  Object.defineProperty(globalThis, 'location', { configurable: true, value: location })
  const requests = installFakeFetch()
  const { privateKey } = await makeKey()
  const id = '01900000-0000-7000-8000-000000000002' as DeviceId
  const prover = new DeviceProver({ privateKey, id, person: ANNA })
  const { signal } = new AbortController()
  /** The request that comes as the nth, when it has come. */
  const take = async (count: number): Promise<FakeRequest> => {
    const giveUpAt = Date.now() + 10_000
    while (Date.now() < giveUpAt) {
      const request = requests[count - 1]
      if (request !== undefined) return request
      // Signing is done by other threads.
      await new Promise(setImmediate)
    }
    throw new Error(`request ${String(count)} did not come`)
  }
  return { requests, take, signIn: () => prover.signIn(signal) }
}

/** Over what a proof was made. */
function readNonce({ init }: FakeRequest): unknown {
  const { proof } = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as {
    proof: string
  }
  return decodeJwt(proof)['nonce']
}

const giveNonce = (request: FakeRequest, nonce: string) => {
  request.answer(200, { body: { nonce, serverTime: Date.now() } })
}
const letIn = (request: FakeRequest, nextNonce: string) => {
  request.answer(200, { body: SESSION, headers: { [DEVICE_NONCE_HEADER]: nextNonce } })
}

/** The first sign-in, whose answer brings the nonce `two`. */
async function enter({ take, signIn }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  const first = signIn()
  giveNonce(await take(1), 'one')
  letIn(await take(2), 'two')
  await first
}

t.test(
  'HT23 who has proved itself has the next nonce already: one request from then on',
  async (t) => {
    const { requests, take, signIn } = await setUp(t)
    const first = signIn()
    giveNonce(await take(1), 'one')
    const proof = await take(2)
    t.equal(readNonce(proof), 'one')
    letIn(proof, 'two')
    await first

    for (const [count, nonce, next] of [
      [3, 'two', 'three'],
      [4, 'three', 'four'],
    ] as const) {
      const again = signIn()
      const request = await take(count)
      t.match(request, { path: SESSION_PATH })
      t.equal(readNonce(request), nonce)
      letIn(request, next)
      t.match(await again, { you: ANNA })
    }
    t.equal(requests.length, 4)
  },
)

t.test('HT23 HT27 a refusal over a kept nonce is not believed before a fresh one', async (t) => {
  const stage = await setUp(t)
  const { requests, take, signIn } = stage
  await enter(stage)

  const second = signIn()
  ;(await take(3)).answer(401, { body: { code: 'DEVICE_UNKNOWN' } })
  const question = await take(4)
  t.equal(question.path, NONCE_PATH)
  giveNonce(question, 'fresh')
  const proof = await take(5)
  t.equal(readNonce(proof), 'fresh')
  proof.answer(401, { body: { code: 'DEVICE_STOPPED' } })
  await t.rejects(second, { code: 'DEVICE_STOPPED' })
  t.equal(requests.length, 5, 'which is believed')
})

t.test('a kept nonce whose request was lost is good for the next try', async (t) => {
  const stage = await setUp(t)
  const { take, signIn } = stage
  await enter(stage)

  const lost = signIn()
  ;(await take(3)).fail()
  await t.rejects(lost, TypeError)
  const again = signIn()
  const request = await take(4)
  t.equal(readNonce(request), 'two')
  letIn(request, 'three')
  await again
})

t.test('HT23 a kept nonce that is refused is replaced at once', async (t) => {
  const stage = await setUp(t)
  const { take, signIn } = stage
  await enter(stage)

  const lost = signIn()
  ;(await take(3)).fail()
  await t.rejects(lost, TypeError)
  const again = signIn()
  ;(await take(4)).answer(401, { body: { code: 'DEVICE_PROOF_REFUSED' } })
  giveNonce(await take(5), 'fresh')
  letIn(await take(6), 'next')
  t.match(await again, { you: ANNA })
})

t.test('HT23 a nonce is kept for less than the server does', async (t) => {
  const stage = await setUp(t)
  const { take, signIn } = stage
  const now = mock.method(performance, 'now', () => 1_000)
  t.teardown(() => {
    now.mock.restore()
  })
  await enter(stage)
  now.mock.mockImplementation(() => 1_000 + DEVICE_NONCE_LIFE_MS - 20_000)
  const late = signIn()
  t.match(await take(3), { path: NONCE_PATH })
  giveNonce(await take(3), 'fresh')
  letIn(await take(4), 'next')
  await late
})
