import t from 'tap'
import { LastRing, type RingWorld } from '../../../../client/src/controllers/desk/last-ring.ts'
import { ANNA, directoryOf, JENS } from '../../gallery/fake-services.ts'

const WORLD: RingWorld = {
  connection: 'open',
  error: null,
  citizens: directoryOf('worker').citizens,
}

/** A ring to Anna that has been refused. */
function makeRefused(): LastRing {
  const last = new LastRing()
  last.look(WORLD)
  last.begin(ANNA.id)
  last.look({ ...WORLD, error: 'NOT_ASSIGNED' })
  return last
}

t.test('a refusal is said beside the name it was for', (t) => {
  const last = makeRefused()
  t.equal(last.findRefusal(ANNA.id), 'NOT_ASSIGNED')
  t.equal(last.findRefusal(JENS.id), null)
  t.end()
})

t.test('it goes when that row reads otherwise, and comes with the next ring', (t) => {
  const last = makeRefused()
  const citizens = WORLD.citizens.map((each) =>
    each.person.id === ANNA.id ? { ...each, availability: 'busy' as const } : each,
  )
  last.look({ ...WORLD, error: 'NOT_ASSIGNED', citizens })
  t.equal(last.findRefusal(ANNA.id), null)
  last.begin(ANNA.id)
  t.equal(last.findRefusal(ANNA.id), 'NOT_ASSIGNED')
  t.end()
})

t.test("another's row is another's", (t) => {
  const last = makeRefused()
  const citizens = WORLD.citizens.map((each) =>
    each.person.id === JENS.id ? { ...each, availability: 'unreachable' as const } : each,
  )
  last.look({ ...WORLD, error: 'NOT_ASSIGNED', citizens })
  t.equal(last.findRefusal(ANNA.id), 'NOT_ASSIGNED')
  t.end()
})

t.test('a lost connection is said once for the page, and is over when there is one', (t) => {
  const last = new LastRing()
  last.look(WORLD)
  last.begin(ANNA.id)
  last.look({ ...WORLD, error: 'CONNECTION_LOST' })
  t.equal(last.findRefusal(ANNA.id), 'CONNECTION_LOST')
  last.look({ ...WORLD, error: 'CONNECTION_LOST', connection: 'lost' })
  t.equal(last.findRefusal(ANNA.id), null)
  last.look({ ...WORLD, error: 'CONNECTION_LOST' })
  t.equal(last.findRefusal(ANNA.id), null)
  t.end()
})
