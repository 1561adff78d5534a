import t from 'tap'
import { listen } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'

const PATH = '/api/own/last-call'
const DAY_MS = 24 * 3_600_000

t.test(
  'HT77 W-30 both sides learn how their last call ended, and nothing else of it',
  async (t) => {
    const server = await listen(t)
    const ask = async (name: 'anna' | 'mette' | 'jens') =>
      (await (await HttpPerson.signIn(server.app, name)).ask('GET', PATH)).body
    t.strictSame(await ask('anna'), { last: null })
    const mette = await server.connect('mette')
    const anna = await server.connect('anna')
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.waitFor('call.changed')
    t.strictSame(await ask('anna'), { last: null }, 'not before its end')
    await anna.must({ type: 'call.decline', call: id })
    const declined = { last: { outcome: 'declined', endReason: 'hangup_citizen' } }
    t.strictSame(await ask('anna'), declined)
    t.strictSame(await ask('mette'), declined)
    t.strictSame(await ask('jens'), { last: null }, 'of others nothing is said')

    server.clock.advance(1_000)
    const again = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await mette.must({ type: 'call.cancel', call: again.id })
    const cancelled = { last: { outcome: 'cancelled', endReason: 'hangup_staff' } }
    t.strictSame(await ask('anna'), cancelled, 'the last one')
    const { app, clock } = server
    const late = clock.now() + DAY_MS
    t.strictSame(await app.pastCalls.findLastResult(PEOPLE.anna, late - DAY_MS - 1), cancelled.last)
    t.equal(await app.pastCalls.findLastResult(PEOPLE.anna, late - DAY_MS), null, 'of the last day')
  },
)
