import { mock } from 'node:test'
import t from 'tap'
import { Handover } from '../../../client/src/call/handover.ts'
import { makeView } from './make-view.ts'

mock.timers.enable({ apis: ['setTimeout'] })

const connected = makeView({ state: 'connected' })
const reconnecting = makeView({ state: 'reconnecting' })

t.test('the picture stays while one connection takes over from another, for a second', (t) => {
  let ends = 0
  const handover = new Handover(() => {
    ends += 1
  })
  handover.follow(connected, true)
  t.notOk(handover.isOn)
  handover.follow(reconnecting, true)
  t.ok(handover.isOn)
  handover.follow(reconnecting, true)
  mock.timers.tick(999)
  t.ok(handover.isOn)
  mock.timers.tick(1)
  t.notOk(handover.isOn)
  t.equal(ends, 1)
  handover.follow(connected, true)
  handover.follow(reconnecting, true)
  handover.follow(connected, true)
  t.notOk(handover.isOn, 'it has taken over')
  mock.timers.tick(2_000)
  t.equal(ends, 1)
  t.end()
})

t.test('it does not where nothing flows here, nor where nothing flowed before', (t) => {
  const handover = new Handover(() => undefined)
  handover.follow(reconnecting, true)
  t.notOk(handover.isOn, 'as after a reload')
  handover.follow(connected, true)
  handover.follow(reconnecting, false)
  t.notOk(handover.isOn)
  t.end()
})
