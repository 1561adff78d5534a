import t from 'tap'
import type { PersonId } from '@naervaer/shared'
import { VisitWatch } from '../../../server/src/appointments/visit-watch.ts'
import { MomentWatch } from '../../../server/src/plugins/moment-watch.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const HOUR_MS = 3_600_000
const LOOK_MS = 6 * HOUR_MS
const RETRY_MS = 30_000

/** Reads nothing while the records cannot be read. */
function makeRecords() {
  const records = {
    isBroken: false,
    looks: 0,
    load: () => {
      records.looks += 1
      return records.isBroken ? Promise.reject(new Error('unreadable')) : Promise.resolve([])
    },
  }
  return records
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

t.test('visits are looked for again where the records could not be read', async (t) => {
  const clock = new FakeClock()
  const records = makeRecords()
  const errors: unknown[] = []
  const watch = new VisitWatch({
    ...{ clock, loadVisits: records.load, onError: (error) => errors.push(error) },
    onChanged: () => Promise.resolve(),
  })
  await watch.arm()
  records.isBroken = true
  clock.advance(LOOK_MS)
  await settle()
  t.same([records.looks, errors.length], [2, 1])
  records.isBroken = false
  clock.advance(RETRY_MS)
  await settle()
  t.equal(records.looks, 3)
  clock.advance(LOOK_MS)
  await settle()
  t.equal(records.looks, 4, 'and it goes on from there')
  records.isBroken = true
  await t.rejects(watch.arm(), 'whoever asked is told')
  watch.stop()
  clock.advance(LOOK_MS)
  t.equal(records.looks, 5)
})

t.test('ends are looked for again where the records could not be read', async (t) => {
  const clock = new FakeClock()
  const records = makeRecords()
  const errors: unknown[] = []
  const watch = new MomentWatch({
    ...{ clock, load: records.load, onError: (error) => errors.push(error) },
    onCome: (_: readonly PersonId[]) => Promise.resolve(),
  })
  await watch.arm()
  records.isBroken = true
  clock.advance(LOOK_MS)
  await settle()
  t.same([records.looks, errors.length], [2, 1])
  clock.advance(RETRY_MS)
  await settle()
  t.same([records.looks, errors.length], [3, 2])
  records.isBroken = false
  clock.advance(RETRY_MS)
  await settle()
  t.equal(records.looks, 5, 'what is over, and what comes next')
  clock.advance(LOOK_MS)
  await settle()
  t.equal(records.looks, 7)
  watch.stop()
})

t.test('the next end is waited for also where somebody could not be told of one', async (t) => {
  const clock = new FakeClock()
  const records = makeRecords()
  const errors: unknown[] = []
  const watch = new MomentWatch({
    ...{ clock, load: records.load, onError: (error) => errors.push(error) },
    onCome: () => Promise.reject(new Error('gone')),
  })
  await watch.arm()
  clock.advance(LOOK_MS)
  await settle()
  t.same([records.looks, errors.length], [3, 1])
  clock.advance(LOOK_MS)
  await settle()
  t.equal(records.looks, 5)
  watch.stop()
})
