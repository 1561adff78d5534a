import t from 'tap'
import { NaervaerError } from '@naervaer/shared'
import { LatestWish } from '../../client/src/controllers/latest-wish.ts'
import { makeDeferred } from '../helpers/deferred.ts'

const host = { requestUpdate: () => undefined }

t.test('of several wishes at a time the last one is kept, and nothing is kept twice', async (t) => {
  const first = makeDeferred()
  const kept: string[] = []
  const wish = new LatestWish<string>(host, async (each) => {
    kept.push(each)
    if (kept.length === 1) await first.promise
  })
  const done = wish.choose('a')
  await wish.choose('b')
  await wish.choose('c')
  t.same(kept, ['a'], 'one at a time')
  t.notOk(wish.isKept)
  first.resolve(null)
  await done
  t.same(kept, ['a', 'c'])
  t.ok(wish.isKept)
})

t.test('what is refused is told, and the next wish is tried all the same', async (t) => {
  let answer: Promise<void> = Promise.reject(new NaervaerError('CALL_NOT_FOUND'))
  const wish = new LatestWish<string>(host, () => answer)
  await wish.choose('a')
  t.same([wish.isKept, wish.error], [false, 'CALL_NOT_FOUND'])
  answer = Promise.reject(new TypeError('Failed to fetch'))
  await wish.choose('b')
  t.equal(wish.error, 'CONNECTION_LOST')
  answer = Promise.resolve()
  await wish.choose('c')
  t.same([wish.isKept, wish.error], [true, null])
})
