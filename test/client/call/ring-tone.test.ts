import { mock } from 'node:test'
import t from 'tap'
import { RingTone } from '../../../client/src/call/ring-tone.ts'
import { installFakeBrowser } from '../../helpers/fake-browser.ts'

t.beforeEach(() => {
  installFakeBrowser()
  mock.timers.enable({ apis: ['setInterval'] })
})
t.afterEach(() => {
  mock.timers.reset()
})

function setOf(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { configurable: true, writable: true, value })
}

t.test('a browser that cannot tell whether it has been touched rings all the same', (t) => {
  // Safari before 16.4, Firefox before 120.
  setOf(navigator, 'userActivation', undefined)
  const tone = new RingTone()
  tone.start()
  t.equal(tone.state.value, 'blocked', 'shown, and waiting for a touch')
  mock.timers.tick(3_000)
  tone.stop()
  t.equal(tone.state.value, 'none')
  t.end()
})

t.test('whatever the tone meets, the ring goes on', (t) => {
  setOf(navigator, 'userActivation', { hasBeenActive: true })
  setOf(navigator, 'vibrate', () => {
    throw new TypeError('not on this telephone')
  })
  t.teardown(() => {
    setOf(navigator, 'vibrate', () => true)
  })
  const tone = new RingTone()
  tone.start()
  t.equal(tone.state.value, 'blocked')
  mock.timers.tick(3_000)
  tone.silence()
  t.equal(tone.state.value, 'silenced')
  t.end()
})

t.test('a context that fails at its very beginning is no sound, and no more', (t) => {
  const Working: unknown = globalThis.AudioContext
  setOf(
    globalThis,
    'AudioContext',
    class {
      readonly state = 'running'
      addEventListener(): void {
        throw new TypeError('half a context')
      }
      close(): Promise<void> {
        return Promise.reject(new TypeError('nor an end'))
      }
    },
  )
  t.teardown(() => {
    setOf(globalThis, 'AudioContext', Working)
  })
  const tone = new RingTone()
  tone.start()
  t.equal(tone.state.value, 'blocked')
  tone.stop()
  t.equal(tone.state.value, 'none')
  t.end()
})
