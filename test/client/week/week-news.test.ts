import t from 'tap'
import { WeekNews } from '../../../client/src/week/week-news.ts'
import { directoryOf } from '../gallery/fake-services.ts'

t.test('only what is said of appointments is news of the week', (t) => {
  const news = new WeekNews()
  const directory = directoryOf('worker')
  t.equal(news.take(null), false)
  t.equal(news.take(directory), false, 'the first directory comes with the page')
  t.equal(news.take(directory), false)
  const [anna, ...others] = directory.citizens
  if (anna === undefined) throw new Error('no citizens')
  const isOpen = {
    ...directory,
    citizens: [{ ...anna, availability: 'unreachable' as const }, ...others],
  }
  t.equal(news.take(isOpen), false, 'who has the app open changes nothing of it')
  const isMoved = { ...directory, citizens: [{ ...anna, appointments: [] }, ...others] }
  t.equal(news.take(isMoved), true, 'told anew, though it reads the same: a later one was moved')
  t.equal(news.take({ ...isMoved, citizens: others }), true, 'a citizen less')
  t.end()
})
