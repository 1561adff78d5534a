import { mock } from 'node:test'
import t from 'tap'
import { describeReminder, type PushMessage } from '@naervaer/shared/push'
import {
  answerNotice,
  isReminder,
  readAnswer,
} from '../../../client/src/service-worker/answer-notice.ts'
import { makeNoticeTaker } from '../../../client/src/service-worker/take-notice.ts'
import { installFakeFetch, type FakeRequest } from '../../helpers/fake-fetch.ts'

const NOW = Date.UTC(2026, 10, 2, 9)
const FACTS = { name: 'Mette', time: '10.10', kind: 'video', day: null } as const
const WORDS = describeReminder(3, 'da', FACTS)

const reminder = (more: Partial<PushMessage> = {}): PushMessage => ({
  ...{ v: 1, kind: 'reminder', tag: 'A'.repeat(32), token: 'B'.repeat(43), level: 3 },
  ...{ language: 'da', until: NOW + 600_000, isSilent: false, asks: true },
  ...{ ...WORDS, missed: WORDS },
  ...more,
})

type Shown = NotificationOptions & {
  readonly title: string
  readonly actions?: readonly { readonly action: string; readonly title: string }[]
}

function makePhone() {
  const requests = installFakeFetch()
  const shown: Shown[] = []
  let closed = 0
  const worker = {
    navigator: { language: 'da-DK' },
    registration: {
      showNotification: (title: string, options: NotificationOptions) => {
        shown.push({ ...options, title })
        return Promise.resolve()
      },
      getNotifications: () => Promise.resolve([{ close: () => (closed += 1) }]),
    },
    clients: { matchAll: () => Promise.resolve([]) },
  }
  const next = async (): Promise<FakeRequest> => {
    for (let turns = 0; turns < 100; turns += 1) {
      const request = requests.at(-1)
      if (request !== undefined) return request
      await new Promise((resolve) => setImmediate(resolve))
    }
    throw new Error('nothing was asked')
  }
  const take = async (message: PushMessage) => {
    const taking = makeNoticeTaker(worker)({ data: { json: () => message } })
    const receipt = await next()
    receipt.answer(204)
    await taking
    return receipt
  }
  return { worker, shown, take, next, countClosed: () => closed }
}

t.beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: NOW }))
t.afterEach(() => mock.timers.reset())

t.test('RE9 a reminder is shown with its answers, and its receipt is sent', async (t) => {
  const { shown, take } = makePhone()
  const receipt = await take(reminder())
  t.equal(receipt.path, '/api/push/receipt')
  t.match(shown, [{ title: 'Husk din aftale kl. 10.10', body: 'Mette ringer', silent: false }])
  t.same(
    shown[0]?.actions?.map(({ title }) => title),
    ['Jeg er klar', '5 minutter mere', 'Ikke i dag'],
  )
  t.ok(isReminder(shown[0]?.data))
})

t.test('RE3 without a sound in quiet hours, and where it comes too late', async (t) => {
  for (const more of [{ isSilent: true }, { until: NOW - 1 }]) {
    const { shown, take } = makePhone()
    await take(reminder(more))
    t.equal(shown[0]?.silent, true)
  }
})

t.test('RE9 on a screen that tells nothing there are no buttons', async (t) => {
  const { shown, take } = makePhone()
  await take(reminder({ level: 1, asks: false, title: 'Ny besked', body: '' }))
  t.equal(shown[0]?.actions, undefined)
})

t.test('RE9 a button answers by the token, says thank you, and takes it away', async (t) => {
  const { worker, shown, next, take, countClosed } = makePhone()
  await take(reminder())
  const data: unknown = shown[0]?.data
  if (!isReminder(data)) throw new Error('no reminder')
  const answering = answerNotice(worker, data, 'more')
  let request = await next()
  for (let turns = 0; request.path !== '/api/push/answer' && turns < 100; turns += 1) {
    request = await next()
  }
  t.same(JSON.parse(request.init.body as string), { token: 'B'.repeat(43), answer: 'more' })
  request.answer(204)
  for (let turns = 0; shown.length < 2 && turns < 100; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve))
  }
  t.match(shown[1], { title: 'Tak for svaret', silent: true, tag: 'A'.repeat(32) })
  mock.timers.tick(4_000)
  t.equal(await answering, true)
  t.equal(countClosed(), 1)
})

t.test('RE9 an answer that is not taken leads into the app, which asks itself', async (t) => {
  const { worker, shown, next, take } = makePhone()
  await take(reminder())
  const data: unknown = shown[0]?.data
  if (!isReminder(data)) throw new Error('no reminder')
  const answering = answerNotice(worker, data, 'off')
  const request = await next()
  request.answer(409)
  t.equal(await answering, false)
  t.equal(shown.length, 1)
})

t.test('a tap on the notice itself is no answer', async (t) => {
  t.equal(readAnswer(''), null)
  t.equal(readAnswer('ready'), 'ready')
  t.notOk(isReminder({ kind: 'ring' }))
  t.notOk(isReminder(null))
  return Promise.resolve()
})
