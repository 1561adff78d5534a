import { mock } from 'node:test'
import t, { type Test } from 'tap'
import { describeNotice, type CallNoticeKind, type PushMessage } from '@naervaer/shared/push'
import { makeNoticeTaker } from '../../../client/src/service-worker/take-notice.ts'
import { installFakeFetch, type FakeRequest } from '../../helpers/fake-fetch.ts'

const FACTS = { name: 'Mette', time: '10.02' }
const NOW = Date.UTC(2026, 10, 2, 9)

interface Notice {
  readonly title: string
  readonly tag: string
  readonly silent: boolean
}

const makeMessage = (kind: CallNoticeKind, untilMs = 60_000): PushMessage => ({
  ...{ v: 1, kind, tag: 'A'.repeat(32), token: 'B'.repeat(43), level: 3, language: 'da' },
  until: NOW + untilMs,
  ...describeNotice(kind, 3, 'da', FACTS),
  missed: describeNotice('missed', 3, 'da', FACTS),
})

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

/** The screen of a phone, and what a service worker sees of it. */
function makePhone(t: Test) {
  mock.timers.enable({ apis: ['Date', 'setTimeout'], now: NOW })
  t.teardown(() => mock.timers.reset())
  const requests = installFakeFetch()
  const onScreen = new Map<string, Notice>()
  const shown: string[] = []
  const told: unknown[] = []
  const worker = {
    navigator: { language: 'da-DK' },
    registration: {
      showNotification: (title: string, { tag, silent }: Omit<Notice, 'title'>) => {
        shown.push(title)
        onScreen.set(tag, { title, tag, silent })
        return Promise.resolve()
      },
      getNotifications: () =>
        Promise.resolve([...onScreen.keys()].map((tag) => ({ close: () => onScreen.delete(tag) }))),
    },
    clients: { matchAll: () => Promise.resolve([{ postMessage: (it: unknown) => told.push(it) }]) },
  }
  const take = makeNoticeTaker(worker)
  const push = (message: PushMessage) => take({ data: { json: () => message } })
  const next = async (index: number): Promise<FakeRequest> => {
    for (let turns = 0; turns < 100; turns += 1) {
      const request = requests[index]
      if (request !== undefined) return request
      await nextTurn()
    }
    throw new Error('nothing was asked')
  }
  const list = () => [...onScreen.values()].map(({ title, silent }) => ({ title, silent }))
  return { push, next, list, shown, told, requests }
}

t.test('PN5 the end of a ring is not overtaken by the ring, which asks first', async (t) => {
  const { push, next, list, shown, requests } = makePhone(t)
  const ring = push(makeMessage('ring'))
  const asked = await next(0)
  const missed = push(makeMessage('missed'))
  asked.answer(200, { body: { state: 'ringing' } })
  await missed
  t.strictSame(shown, ['Mette ringer', 'Ubesvaret opkald'])
  t.strictSame(list(), [{ title: 'Ubesvaret opkald', silent: true }])
  const receipt = await next(1)
  t.equal(receipt.path, '/api/push/receipt')
  receipt.answer(204)
  await ring
  t.equal(requests.length, 2, 'of an end nobody wants a receipt')
})

t.test(
  'PN5 what cannot be asked about: no name while it may ring, and missed after it',
  async (t) => {
    const { push, next, list } = makePhone(t)
    const early = push(makeMessage('ring'))
    ;(await next(0)).fail()
    ;(await next(1)).fail()
    await early
    t.strictSame(list(), [{ title: 'Ny besked', silent: false }])
    const late = push(makeMessage('ring', -1))
    ;(await next(2)).fail()
    ;(await next(3)).fail()
    await late
    t.strictSame(list(), [{ title: 'Ubesvaret opkald', silent: true }])
  },
)

t.test('what is only for a moment is still there when the push is done', async (t) => {
  const { push, list, told } = makePhone(t)
  await push(makeMessage('elsewhere'))
  t.strictSame(list(), [{ title: 'Opkaldet er besvaret', silent: true }])
  t.strictSame(told, [{ type: 'naervaer.noticeShown' }], 'open windows may take it away')
  mock.timers.tick(2_999)
  t.equal(list().length, 1)
  mock.timers.tick(1)
  await nextTurn()
  t.strictSame(list(), [])
})
