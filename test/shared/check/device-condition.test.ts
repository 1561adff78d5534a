import t from 'tap'
import { compareStates, type DeviceCondition } from '@naervaer/shared'

const BEFORE: DeviceCondition = {
  ...{ build: 'abcdef12', system: 'ios', systemVersion: '18.2', browser: 'safari' },
  ...{ browserVersion: '18.2', isInstalled: true, line: '4g' },
  permissions: { camera: 'granted', microphone: 'granted', notifications: 'granted' },
}

t.test('what is as it was is no change', (t) => {
  t.strictSame(compareStates(BEFORE, structuredClone(BEFORE)), [])
  t.end()
})

t.test('each part that is otherwise is named, the likeliest cause first', (t) => {
  const now: DeviceCondition = {
    ...{ build: 'zyxwvu98', system: 'ios', systemVersion: '18.3', browser: 'chrome' },
    ...{ browserVersion: '18.2', isInstalled: false, line: '2g' },
    permissions: { camera: 'denied', microphone: 'prompt', notifications: 'denied' },
  }
  t.strictSame(compareStates(BEFORE, now), [
    ...['camera', 'microphone', 'notifications', 'line', 'installed', 'browser', 'system', 'build'],
  ])
  t.end()
})

t.test('what one of the two does not know is no change', (t) => {
  const unknown: DeviceCondition = {
    ...{ build: null, system: 'ios', systemVersion: null, browser: 'safari' },
    ...{ browserVersion: null, isInstalled: true, line: 'unknown' },
    permissions: { camera: 'unknown', microphone: 'unknown', notifications: 'unknown' },
  }
  t.strictSame(compareStates(BEFORE, unknown), [])
  t.strictSame(compareStates(unknown, BEFORE), [])
  t.end()
})
