import t from 'tap'
import type { CallSnapshot } from '../../../../client/src/call/call-snapshot.ts'
import { DeskWatch } from '../../../../client/src/controllers/desk/desk-watch.ts'
import type { Directory } from '../../../../client/src/services/directory.ts'
import { Store } from '../../../../client/src/services/store.ts'
import { ANNA, directoryOf, JENS } from '../../gallery/fake-services.ts'

type Change = Partial<Directory['citizens'][number]>

const ASKED: Change = { callback: { askedAt: 1, seenAt: null } }
const SEEN: Change = { callback: { askedAt: 1, seenAt: 2 } }
const READY: Change = { availability: 'ready' }

/** The worker's directory, with something changed of Anna and of Jens. */
function tell(anna: Change = {}, jens: Change = {}): Directory {
  const whole = directoryOf('worker')
  const citizens = whole.citizens.map((each) => ({
    ...each,
    ...(each.person.id === ANNA.id ? anna : {}),
    ...(each.person.id === JENS.id ? jens : {}),
  }))
  return { ...whole, citizens }
}

function makeDesk(first: Directory | null) {
  const directory = new Store<Directory | null>(first)
  const calls = new Store<Pick<CallSnapshot, 'phase'>>({ phase: 'idle' })
  const badge = new Store('')
  const sight = { isIn: true }
  const told: string[] = []
  new DeskWatch({
    ...{ directory, calls, badge },
    isInSight: () => sight.isIn,
    notify: (why, name) => told.push(`${why} ${name ?? 'somebody'}`),
  })
  return { directory, calls, badge, sight, told }
}

t.test('who begins to wait is told of once, and counted while they wait', (t) => {
  const { directory, badge, told } = makeDesk(tell())
  t.equal(badge.value, '')
  directory.set(tell(ASKED))
  t.equal(badge.value, '(1) ')
  directory.set(tell(ASKED, { isNotified: false }))
  directory.set(tell(ASKED, READY))
  t.equal(badge.value, '(2) ')
  directory.set(tell(SEEN, READY))
  t.equal(badge.value, '(1) ')
  directory.set(tell(SEEN))
  t.equal(badge.value, '')
  t.same(told, ['callback Anna', 'ready Jens'])
  t.end()
})

t.test('out of sight nobody is named', (t) => {
  const { directory, sight, told } = makeDesk(tell())
  sight.isIn = false
  directory.set(tell(ASKED))
  t.same(told, ['callback somebody'])
  t.end()
})

t.test('in a call nothing is said, for the screen may be shown; the title counts on', (t) => {
  for (const phase of ['talking', 'outgoing'] as const) {
    const { directory, calls, badge, told } = makeDesk(tell())
    calls.set({ phase })
    directory.set(tell(ASKED))
    calls.set({ phase: 'idle' })
    directory.set(tell(ASKED, { isNotified: false }))
    t.same([told, badge.value], [[], '(1) '], phase)
  }
  t.end()
})

t.test('who waited already when the page came is counted, and no news', (t) => {
  const { directory, badge, told } = makeDesk(null)
  t.equal(badge.value, '')
  directory.set(tell(ASKED))
  t.same([told, badge.value], [[], '(1) '])
  t.end()
})
