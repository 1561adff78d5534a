import { mock } from 'node:test'
import t from 'tap'
import { subscribe, SubscribeError } from '../../../../client/src/services/push/subscription.ts'
import { makeDeferred } from '../../../helpers/deferred.ts'
import { installFakeFetch } from '../../../helpers/fake-fetch.ts'
import { PushedBrowser } from '../../../helpers/push-service.ts'

const PUBLIC_KEY = new PushedBrowser('https://push.example.dk/a').subscription.p256dh

/** A browser whose push service is asked so. */
function makeRegistration(ask: () => Promise<unknown>): ServiceWorkerRegistration {
  const pushManager = { getSubscription: () => Promise.resolve(null), subscribe: ask }
  // As much of one as is asked here.
  return { pushManager } as unknown as ServiceWorkerRegistration
}

t.test(
  'a push service that never answers is given up after 20 s, and nobody is told',
  async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] })
    t.teardown(() => mock.timers.reset())
    const requests = installFakeFetch()
    const asked = makeDeferred()
    const registration = makeRegistration(() => {
      asked.resolve(new Response())
      return new Promise(() => undefined)
    })
    let isOver = false
    const outcome = subscribe(registration, PUBLIC_KEY, null, 'da').finally(() => (isOver = true))
    await asked.promise
    mock.timers.tick(19_999)
    await Promise.resolve()
    t.equal(isOver, false)
    mock.timers.tick(1)
    await t.rejects(outcome, new SubscribeError('no answer in time'))
    t.strictSame(requests, [])
  },
)

t.test('what the browser refuses is told apart from what the server refuses', async (t) => {
  const requests = installFakeFetch()
  const denied = new DOMException('permission denied', 'AbortError')
  const refused = makeRegistration(() => Promise.reject(denied))
  await t.rejects(subscribe(refused, PUBLIC_KEY, null, 'da'), {
    name: 'SubscribeError',
    cause: denied,
  })
  const { endpoint, p256dh, auth } = new PushedBrowser('https://push.example.dk/b').subscription
  const made = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }) }
  const given = makeRegistration(() => Promise.resolve(made))
  const saving = subscribe(given, PUBLIC_KEY, 2, 'en')
  while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
  t.strictSame(JSON.parse(requests[0]?.init.body as string), {
    subscription: { endpoint, p256dh, auth },
    level: 2,
    language: 'en',
  })
  requests[0]?.answer(204)
  await saving
})
