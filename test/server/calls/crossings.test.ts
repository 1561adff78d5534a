import t, { type Test } from 'tap'
import type { CallId, CallView } from '@naervaer/shared'
import { listen, type TestServer } from '../../helpers/build-app.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { RequestWithoutId, WsPerson } from '../../helpers/ws-person.ts'

/** How often two frames are really sent at once: which of them the server meets first is chance. */
const TRIES = 20

interface Ring {
  readonly server: TestServer
  readonly mette: WsPerson
  readonly anna: WsPerson
  readonly call: CallId
}

type Answer = CallView | string

/** A call of which both windows know that it rings. */
async function ring(t: Test): Promise<Ring> {
  const server = await listen(t)
  const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
  return ringOn({ server, mette, anna })
}

async function ringOn({ server, mette, anna }: Omit<Ring, 'call'>): Promise<Ring> {
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.ringing', call: id })
  await mette.waitForState(id, 'ringing')
  server.clock.advance(4_000)
  return { server, mette, anna, call: id }
}

/** Lets the server meet what two people say in this order, whatever either knew of the other's. */
async function meet(
  first: readonly [WsPerson, RequestWithoutId],
  second: readonly [WsPerson, RequestWithoutId],
): Promise<readonly [Answer, Answer]> {
  const [answers, crossed] = [first[0].ask(first[1]), await first[0].request({ type: 'ping' })]
  if (crossed.type !== 'pong') throw new Error(`got ${crossed.type}`)
  return [await answers, await second[0].ask(second[1])]
}

/** Both windows have heard of the same end, and the record has one row of it. */
async function assertEnd(
  t: Test,
  { server, mette, anna, call }: Ring,
  row: Readonly<Record<string, unknown>>,
  attempts = 1,
): Promise<void> {
  const ends = [await mette.waitForState(call, 'ended'), await anna.waitForState(call, 'ended')]
  const outcomes = ends.map(({ outcome, endReason }) => [outcome, endReason])
  t.strictSame(outcomes[0], outcomes[1], 'both are told the same')
  const rows = await server.loadCalls()
  t.match(
    rows.find(({ id }) => id === call),
    { state: 'ended', ...row },
  )
  t.equal(rows.length, attempts, 'one attempt is one row')
  const legs = await server.app.database.selectFrom('call_legs').selectAll().execute()
  t.strictSame(legs, [], 'nothing has flowed')
  for (const person of [mette, anna]) {
    t.notOk(
      person.frames.some(
        (frame) => frame.type === 'call.changed' && isLiveAfterEnd(person, frame.call),
      ),
      'nothing comes alive after its end',
    )
  }
}

function isLiveAfterEnd({ frames }: WsPerson, { id, revision, state }: CallView): boolean {
  const views = frames.flatMap((frame) => (frame.type === 'call.changed' ? [frame.call] : []))
  const end = views.find((view) => view.id === id && view.state === 'ended')
  return end !== undefined && state !== 'ended' && revision > end.revision
}

const CANCELLED = { outcome: 'cancelled', end_reason: 'hangup_staff', connected_at: null }

t.test('CA3 the answer first, then the cancel: it ends, as what the worker meant', async (t) => {
  const at = await ring(t)
  const { mette, anna, call } = at
  const [accepted, cancelled] = await meet(
    [anna, { type: 'call.accept', call }],
    [mette, { type: 'call.cancel', call }],
  )
  t.match(accepted, { state: 'connecting', seat: 'here' })
  t.match(cancelled, { state: 'ended', outcome: 'cancelled' })
  await assertEnd(t, at, { ...CANCELLED, answered_at: Number, result: 'regretted' })
})

t.test('CI8 the cancel first, then the answer: it is told that it came too late', async (t) => {
  const at = await ring(t)
  const { mette, anna, call } = at
  const [cancelled, accepted] = await meet(
    [mette, { type: 'call.cancel', call }],
    [anna, { type: 'call.accept', call }],
  )
  t.match(cancelled, { state: 'ended', outcome: 'cancelled' })
  t.equal(accepted, 'CALL_ENDED')
  await assertEnd(t, at, { ...CANCELLED, answered_at: null, result: 'regretted' })
})

t.test('the answer first, then the worker’s hang-up: never connected, and said so', async (t) => {
  const at = await ring(t)
  const { mette, anna, call } = at
  const [accepted, hungUp] = await meet(
    [anna, { type: 'call.accept', call }],
    [mette, { type: 'call.hangUp', call }],
  )
  t.match(accepted, { state: 'connecting' })
  t.match(hungUp, { state: 'ended', outcome: 'failed', endReason: 'hangup_staff' })
  await assertEnd(t, at, { outcome: 'failed', end_reason: 'hangup_staff', answered_at: Number })
})

t.test('CI8 the worker’s hang-up first, then the answer: a cancel, and too late', async (t) => {
  const at = await ring(t)
  const { mette, anna, call } = at
  const [hungUp, accepted] = await meet(
    [mette, { type: 'call.hangUp', call }],
    [anna, { type: 'call.accept', call }],
  )
  t.match(hungUp, { state: 'ended', outcome: 'cancelled' })
  t.equal(accepted, 'CALL_ENDED')
  await assertEnd(t, at, { ...CANCELLED, answered_at: null })
})

t.test('CI6 an answer on one device and a hang-up on the other, in both orders', async (t) => {
  for (const isAnswerFirst of [true, false]) {
    const at = await ring(t)
    const { anna, call, server } = at
    const phone = await server.connect('anna')
    const accept = [anna, { type: 'call.accept', call }] as const
    const hangUp = [phone, { type: 'call.hangUp', call }] as const
    if (isAnswerFirst) {
      const [accepted, refused] = await meet(accept, hangUp)
      t.match(accepted, { state: 'connecting' })
      t.equal(refused, 'CALL_NOT_A_PARTY', 'the talk on the tablet is not the phone’s to end')
      t.match(await server.loadCalls(), [{ state: 'connecting', outcome: null }])
    } else {
      const [declined, late] = await meet(hangUp, accept)
      t.match(declined, { outcome: 'declined', endReason: 'hangup_citizen' })
      t.equal(late, 'CALL_ENDED')
      await assertEnd(t, at, {
        outcome: 'declined',
        end_reason: 'hangup_citizen',
        answered_at: null,
      })
    }
  }
})

for (const type of ['call.cancel', 'call.hangUp'] as const) {
  t.test(`an answer and a ${type} at the very same time, ${String(TRIES)} times`, async (t) => {
    const server = await listen(t)
    const [mette, anna] = [await server.connect('mette'), await server.connect('anna')]
    const citizen = await HttpPerson.signIn(server.app, 'anna')
    for (let n = 0; n < TRIES; n += 1) {
      // Who has asked to be rung may be rung so often.
      await citizen.ask('POST', '/api/callback', { isWanted: true })
      const at = await ringOn({ server, mette, anna })
      const { call } = at
      const say = [
        () => anna.ask({ type: 'call.accept', call }),
        () => mette.ask({ type, call }),
      ] as const
      // Neither has heard of the other's; whose frame is sent first takes turns.
      const said = n % 2 === 0 ? say.map((ask) => ask()) : say.toReversed().map((ask) => ask())
      const answers = await Promise.all(said)
      const [accepted, ended] = n % 2 === 0 ? answers : answers.toReversed()
      const isAnswered = typeof accepted !== 'string'
      if (!isAnswered) t.equal(accepted, 'CALL_ENDED')
      t.match(ended, { state: 'ended' })
      const isFailed = isAnswered && type === 'call.hangUp'
      const row = {
        outcome: isFailed ? 'failed' : 'cancelled',
        end_reason: 'hangup_staff',
        answered_at: isAnswered ? Number : null,
      }
      await assertEnd(t, at, row, n + 1)
    }
  })
}
