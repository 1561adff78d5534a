import t, { type Test } from 'tap'
import {
  noticesDesk,
  remakeLostNotices,
  renewNotices,
} from '../../../../client/src/services/push/notices-desk.ts'
import { installFakeFetch, type FakeRequest } from '../../../helpers/fake-fetch.ts'
import { PushedBrowser } from '../../../helpers/push-service.ts'

const PUBLIC_KEY = new PushedBrowser('https://push.example.dk/key').subscription.p256dh
const OWN = { level: 2, language: 'da', provenAt: null }

interface World {
  readonly permission?: 'granted' | 'default'
  /** What the citizen said last. */
  readonly wish?: 'yes' | 'no'
  /** What the server knows. */
  readonly own: (typeof OWN & { readonly isLost?: true }) | null
  /** What the browser holds. */
  readonly held: string | null
}

/** A browser that gives each new subscription another address, and a server that answers at once. */
function makeWorld(t: Test, { permission = 'granted', wish, own, held }: World) {
  const kept = new Map<string, string>(wish === undefined ? [] : [['naervaer.push', wish]])
  let address = held
  let made = 0
  const makeSubscription = (endpoint: string) => {
    const { p256dh, auth } = new PushedBrowser(endpoint).subscription
    const unsubscribe = () => {
      address = null
      return Promise.resolve(true)
    }
    const toJSON = () => ({ endpoint, keys: { p256dh, auth } })
    return { endpoint, toJSON, unsubscribe, options: { applicationServerKey: null } }
  }
  const pushManager = {
    getSubscription: () => Promise.resolve(address === null ? null : makeSubscription(address)),
    subscribe: () => {
      made += 1
      address = `https://push.example.dk/new-${String(made)}`
      return Promise.resolve(makeSubscription(address))
    },
  }
  const registration = { pushManager } as unknown as ServiceWorkerRegistration
  t.intercept(globalThis, 'localStorage', {
    value: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
  })
  const asked = Object.assign(() => undefined, { permission })
  Object.defineProperty(globalThis, 'Notification', { configurable: true, value: asked })
  Object.defineProperty(globalThis, 'PushManager', { configurable: true, value: asked })
  t.intercept(globalThis, 'navigator', {
    value: { serviceWorker: { ready: Promise.resolve(registration) }, userAgent: '' },
  })
  const requests = installFakeFetch()
  /** Answers until the work is done. @returns what was said to the server besides the question */
  const serve = async (work: Promise<unknown>): Promise<string[]> => {
    const said: string[] = []
    const progress = { isDone: false }
    void work.finally(() => (progress.isDone = true)).catch(() => undefined)
    for (let seen = 0; !progress.isDone;) {
      const request = requests[seen]
      if (request === undefined) {
        await new Promise((resolve) => setImmediate(resolve))
        continue
      }
      seen += 1
      if (request.init.method === 'GET')
        request.answer(200, { body: { publicKey: PUBLIC_KEY, own } })
      else {
        said.push(describe(request))
        request.answer(204)
      }
    }
    await work
    return said
  }
  return { registration, serve, kept }
}

function describe({ init }: FakeRequest): string {
  if (init.method === 'DELETE') return 'off'
  const { subscription } = JSON.parse(init.body as string) as { subscription: { endpoint: string } }
  return new URL(subscription.endpoint).pathname
}

const renewIn = async (t: Test, world: World) => {
  const { registration, serve } = makeWorld(t, world)
  return serve(renewNotices(registration, 'da'))
}

t.test('a start tells the address that the browser has', async (t) => {
  t.strictSame(await renewIn(t, { own: OWN, held: 'https://push.example.dk/old' }), ['/old'])
})

t.test('a subscription lost with a service worker is made anew', async (t) => {
  t.strictSame(await renewIn(t, { own: OWN, held: null }), ['/new-1'])
})

t.test('one that the server has struck off is made anew for whoever wants it', async (t) => {
  const held = 'https://push.example.dk/dead'
  t.strictSame(await renewIn(t, { wish: 'yes', own: null, held }), ['/new-1'], 'not the dead one')
  t.strictSame(await renewIn(t, { wish: 'no', own: null, held }), [])
  t.strictSame(await renewIn(t, { own: null, held: null }), [], 'who never said yes is left alone')
})

t.test('a permission that the browser has taken back ends it', async (t) => {
  const world = { permission: 'default', wish: 'yes', own: OWN, held: null } as const
  t.strictSame(await renewIn(t, world), ['off'])
  const { serve } = makeWorld(t, world)
  const loading = noticesDesk.load()
  await serve(loading)
  t.same(await loading, { state: 'off', level: null }, 'and nobody is told that it is on')
})

t.test('yes and no are remembered', async (t) => {
  const { serve, kept } = makeWorld(t, { own: null, held: null })
  await serve(noticesDesk.turnOn(3, 'da'))
  t.equal(kept.get('naervaer.push'), 'yes')
  await serve(noticesDesk.turnOff())
  t.equal(kept.get('naervaer.push'), 'no')
})

t.test('a later connection makes anew only what the server has lost', async (t) => {
  const held = 'https://push.example.dk/old'
  const remakeIn = async (world: Omit<World, 'held'>) => {
    const { registration, serve } = makeWorld(t, { ...world, held })
    return serve(remakeLostNotices(registration, 'da'))
  }
  const LOST = { ...OWN, isLost: true } as const
  t.strictSame(await remakeIn({ own: LOST }), ['/new-1'])
  t.strictSame(await remakeIn({ own: OWN }), [], 'nothing is lost')
  t.strictSame(await remakeIn({ wish: 'yes', own: null }), [], 'a start sees to that')
  t.strictSame(await remakeIn({ own: LOST, permission: 'default' }), [])
})
