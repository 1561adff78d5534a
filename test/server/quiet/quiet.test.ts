import t, { type Test } from 'tap'
import { listen, makeTempDir, type TestServer } from '../../helpers/build-app.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

const MINUTE_MS = 60_000
const NIGHT = { from: 21 * 60, to: 9 * 60 }

const loadAudit = ({ app }: TestServer) =>
  app.database
    .selectFrom('audit_events')
    .select(['actor_id', 'actor_role', 'subject_id', 'details'])
    .where('action', '=', 'quiet.overruled')
    .execute()

/** Rings Anna, and regrets at once. @returns the state of the ring, or the code of its refusal */
async function tryRing(mette: WsPerson, quietReason?: 'agreed' | 'asked' | 'urgent') {
  const wish = { type: 'call.invite', citizenId: PEOPLE.anna } as const
  const call = await mette.ask(quietReason === undefined ? wish : { ...wish, quietReason })
  if (typeof call === 'string') return call
  if (call.state !== 'ended') await mette.must({ type: 'call.cancel', call: call.id })
  return call.state
}

async function makeNight(t: Test, now: number) {
  const clock = new FakeClock(now)
  const server = await listen(t, { clock, isUnlimited: true })
  const anna = await HttpPerson.signIn(server.app, 'anna')
  const answer = await anna.ask('POST', '/api/quiet-hours', { quiet: NIGHT })
  t.equal(answer.status, 204)
  await server.connect('anna')
  return { server, clock, anna, mette: await server.connect('mette') }
}

t.test(
  'QH1 whoever does not want to be rung now is not, unless a reason is given and kept',
  async (t) => {
    const { server, mette } = await makeNight(t, Date.UTC(2026, 10, 26, 22))
    t.equal(await tryRing(mette), 'CALL_QUIET_HOURS')
    t.same(await server.loadCalls(), [], 'a refused attempt is no call')
    t.same(await loadAudit(server), [])
    t.equal(await tryRing(mette, 'agreed'), 'inviting')
    const [call] = await server.loadCalls()
    t.same(await loadAudit(server), [
      {
        actor_id: PEOPLE.mette,
        actor_role: 'worker',
        subject_id: PEOPLE.anna,
        details: JSON.stringify({ callId: call?.id, reason: 'agreed' }),
      },
    ])
  },
)

t.test('QH1 by day a reason is neither asked for nor kept', async (t) => {
  const { server, mette } = await makeNight(t, Date.UTC(2026, 10, 26, 11))
  t.equal(await tryRing(mette), 'inviting')
  t.equal(await tryRing(mette, 'urgent'), 'inviting')
  t.same(await loadAudit(server), [])
})

t.test('QH2 over both changes of the clocks the wall counts, to the minute', async (t) => {
  const rows = [
    {
      night: '28 March 2027',
      quietFrom: Date.UTC(2027, 2, 27, 20),
      nextDay: Date.UTC(2027, 2, 28, 7),
    },
    {
      night: '31 October 2027',
      quietFrom: Date.UTC(2027, 9, 30, 19),
      nextDay: Date.UTC(2027, 9, 31, 8),
    },
  ]
  for (const { night, quietFrom, nextDay } of rows) {
    const { server, clock } = await makeNight(t, quietFrom - MINUTE_MS)
    // In a jump of time windows answer no ping and are closed: others come.
    const ringAt = async (at: number) => {
      clock.advance(at - clock.now())
      await server.connect('anna')
      return tryRing(await server.connect('mette'))
    }
    t.equal(await ringAt(quietFrom - MINUTE_MS), 'inviting', `${night}: before nine in the evening`)
    t.equal(await ringAt(quietFrom), 'CALL_QUIET_HOURS', `${night}: from nine in the evening`)
    t.equal(await ringAt(nextDay - MINUTE_MS), 'CALL_QUIET_HOURS', `${night}: before nine`)
    t.equal(await ringAt(nextDay), 'inviting', `${night}: from nine in the morning`)
  }
})

t.test('QH3 the newest word of the citizen counts: who is ready may be rung', async (t) => {
  const { anna, mette } = await makeNight(t, Date.UTC(2026, 10, 26, 22))
  await anna.ask('POST', '/api/ready', { isReady: true })
  await mette.waitFor('presence.changed', ({ availability }) => availability === 'ready')
  t.equal(await tryRing(mette), 'inviting')
})

t.test('QH4 they are told to both at once, stand in the snapshot, and are kept', async (t) => {
  const databaseFile = `${makeTempDir(t)}/test.sqlite`
  const first = await listen(t, { databaseFile })
  const anna = await HttpPerson.signIn(first.app, 'anna')
  const windows = [await first.connect('mette'), await first.connect('anna')]
  const ole = await first.connect('ole')
  await anna.ask('POST', '/api/quiet-hours', { quiet: NIGHT })
  for (const window of windows) {
    const { citizenId, quiet } = await window.waitFor('quiet.changed')
    t.same({ citizenId, quiet }, { citizenId: PEOPLE.anna, quiet: NIGHT })
  }
  await ole.request({ type: 'ping' })
  t.notOk(
    ole.frames.some(({ type }) => type === 'quiet.changed'),
    'nobody else is',
  )
  await first.app.close()

  const second = await listen(t, { databaseFile })
  const mette = await second.connect('mette')
  const { citizens } = await mette.waitFor('welcome')
  t.same(citizens.find(({ person }) => person.id === PEOPLE.anna)?.quiet, NIGHT)
  const { quiet } = await (await second.connect('anna')).waitFor('welcome')
  t.same(quiet, NIGHT)
  const again = await HttpPerson.signIn(second.app, 'anna')
  await again.ask('POST', '/api/quiet-hours', { quiet: null })
  await mette.waitFor('quiet.changed', (news) => news.quiet === null)
  t.same(await second.app.database.selectFrom('quiet_hours').selectAll().execute(), [])
})

t.test('QH1 hours that end where they begin, or are of no day, are refused', async (t) => {
  const { app } = await listen(t)
  const anna = await HttpPerson.signIn(app, 'anna')
  for (const quiet of [{ from: 60, to: 60 }, { from: -1, to: 60 }, { from: 0, to: 1440 }, {}]) {
    const { status, code } = await anna.ask('POST', '/api/quiet-hours', { quiet })
    t.same([status, code], [400, 'BODY_INVALID'], JSON.stringify(quiet))
  }
  t.same(await app.database.selectFrom('quiet_hours').selectAll().execute(), [])
})
