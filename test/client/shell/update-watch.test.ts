import { mock } from 'node:test'
import t, { type Test } from 'tap'
import { UpdateWatch } from '../../../client/src/app/shell/update-watch.ts'
import { LEAVING, TAKE_OVER } from '../../../client/src/service-worker/messages.ts'

/** Longer than a window waits between two looks. */
const LOOK_MS = 5_000

/** One window alone: what locks are for is tested with the veto. */
function withoutLocks(t: Test): void {
  const { locks } = navigator
  t.teardown(() =>
    Object.defineProperty(Navigator.prototype, 'locks', { get: () => locks, configurable: true }),
  )
  Reflect.deleteProperty(Navigator.prototype, 'locks')
}

/** As a browser has it: a page that a worker serves, and what it is told. */
function setUp(t: Test, { isServed = true } = {}) {
  mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
  t.teardown(() => mock.timers.reset())
  const replace = (on: object, name: string, value: unknown) => {
    const before = Object.getOwnPropertyDescriptor(on, name)
    Object.defineProperty(on, name, { configurable: true, value })
    t.teardown(() => {
      if (before === undefined) Reflect.deleteProperty(on, name)
      else Object.defineProperty(on, name, before)
    })
  }
  const container = new EventTarget()
  const controller = Object.assign(new EventTarget(), { state: 'activated' })
  Reflect.set(container, 'controller', isServed ? controller : null)
  const page = { isBusy: false, reloads: 0, prepared: 0, told: [] as unknown[] }
  replace(navigator, 'serviceWorker', container)
  withoutLocks(t)
  replace(globalThis, 'location', { reload: () => (page.reloads += 1) })
  const registration = Object.assign(new EventTarget(), {
    waiting: null as { postMessage(message: unknown): void } | null,
    installing: null as EventTarget | null,
  })
  // Only these parts of it are used.
  const given = registration as unknown as ServiceWorkerRegistration
  new UpdateWatch(
    given,
    () => page.isBusy,
    () => (page.prepared += 1),
  ).start()
  return {
    page,
    controller,
    /** A new version has been fetched, and waits. */
    find: () => {
      const worker = new EventTarget()
      registration.installing = worker
      registration.dispatchEvent(new Event('updatefound'))
      registration.waiting = { postMessage: (message) => void page.told.push(message) }
      worker.dispatchEvent(new Event('statechange'))
    },
    takeOver: () => container.dispatchEvent(new Event('controllerchange')),
    leave: () => container.dispatchEvent(new MessageEvent('message', { data: { type: LEAVING } })),
    tick: async () => {
      mock.timers.tick(LOOK_MS)
      await Promise.resolve()
    },
  }
}

t.test('N27 a window that nobody uses is loaded anew once another version serves', (t) => {
  const { page, controller, takeOver } = setUp(t)
  controller.state = 'activating'
  takeOver()
  mock.timers.tick(1_000)
  t.equal(page.reloads, 0, 'a navigation would wait for the activation')
  controller.state = 'activated'
  controller.dispatchEvent(new Event('statechange'))
  mock.timers.tick(3_000)
  t.equal(page.reloads, 1, 'without the interval, which a hidden window may wait a minute for')
  t.end()
})

t.test('S-19 so it is when the last worker takes its leave', (t) => {
  const { page, leave } = setUp(t)
  leave()
  mock.timers.tick(3_000)
  t.equal(page.reloads, 1)
  t.end()
})

t.test('N27 a window that is busy is loaded anew afterwards', async (t) => {
  const { page, takeOver, tick } = setUp(t)
  page.isBusy = true
  takeOver()
  await tick()
  t.equal(page.reloads, 0)
  page.isBusy = false
  await tick()
  t.equal(page.reloads, 1)
})

t.test('N27 the first worker of all changes nothing', async (t) => {
  const { page, takeOver, tick } = setUp(t, { isServed: false })
  takeOver()
  await tick()
  t.match(page, { reloads: 0, prepared: 0 })
})

t.test('N27 what a call may need is fetched while the version before still keeps it', async (t) => {
  const { page, find, takeOver, tick } = setUp(t)
  t.equal(page.prepared, 0, 'not without need')
  find()
  t.equal(page.prepared, 0, 'a worker that takes over at once would wait for it')
  mock.timers.tick(1_500)
  t.match(page, { prepared: 1, told: [] }, 'before anything is taken over')
  await tick()
  t.strictSame(page.told, [{ type: TAKE_OVER }])
  page.isBusy = true
  takeOver()
  t.match(page, { prepared: 1, reloads: 0 }, 'a ring that has come meanwhile goes on with it')
})
