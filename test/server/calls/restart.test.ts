import { join } from 'node:path'
import Database from 'better-sqlite3'
import t from 'tap'
import { makeTempDir } from '../../helpers/build-app.ts'
import { GOOD_SDP } from '../../helpers/sdp.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { startServer } from '../../helpers/server-process.ts'
import { WsPerson } from '../../helpers/ws-person.ts'

t.test('CA12 a killed server takes its calls up again: one call, one row', async (t) => {
  const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'silent' }
  const first = await startServer(t, env)
  const [mette, anna] = [
    await WsPerson.connect(first, 'mette'),
    await WsPerson.connect(first, 'anna'),
  ]
  const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
  await anna.must({ type: 'call.accept', call: id })
  for (const [person, path] of [
    [mette, 'host'],
    [anna, 'srflx'],
  ] as const) {
    await person.must({ type: 'call.connected', call: id, generation: 1, path })
  }
  const before = await mette.waitForState(id, 'connected')
  await first.kill()

  const second = await startServer(t, env, first.port)
  const metteBack = await WsPerson.connect(second, 'mette', mette.cookies)
  const annaBack = await WsPerson.connect(second, 'anna', anna.cookies)
  const { call } = await metteBack.waitFor('welcome')
  t.match(call, {
    id,
    state: 'connected',
    seat: 'vacant',
    generation: 1,
    answeredAt: before.answeredAt,
    connectedAt: before.connectedAt,
  })
  t.ok((call?.revision ?? 0) > before.revision, 'newer than all that was told before')
  for (const person of [metteBack, annaBack]) {
    t.match(await person.must({ type: 'call.attach', call: id, former: null }), { seat: 'here' })
  }
  await annaBack.must({ type: 'call.hangUp', call: id })
  t.match(await metteBack.waitForState(id, 'ended'), { outcome: 'completed' })
  await second.kill()

  const records = new Database(join(env.DATA_DIR, 'naervaer.sqlite'), { readonly: true })
  t.teardown(() => records.close())
  const rows = records.prepare('select * from calls').all()
  t.match(rows, [{ id, outcome: 'completed', end_reason: 'hangup_citizen', path: 'srflx' }])
  t.equal(rows.length, 1)
  const legs = records.prepare('select ended_at from call_legs').all()
  t.match(legs, [{ ended_at: Number }])
  t.equal(legs.length, 1)
})

t.test('SI14 CA12 a generation that was taken back outlives a restart of the server', async (t) => {
  for (const isBackBefore of [false, true]) {
    const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'silent' }
    const first = await startServer(t, env)
    const mette = await WsPerson.connect(first, 'mette')
    const anna = await WsPerson.connect(first, 'anna')
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.must({ type: 'call.accept', call: id })
    const at = { call: id, generation: 1 }
    const link = async (...people: WsPerson[]) => {
      for (const person of people) {
        await person.must({ type: 'call.connected', ...at, path: 'host' })
      }
    }
    await link(mette, anna)
    for (const person of [mette, anna]) await person.must({ type: 'call.lost', ...at })
    // The newest generation is offered, and does not come up.
    mette.send({
      type: 'signal.description',
      call: id,
      generation: 2,
      seq: 0,
      description: { type: 'offer', sdp: GOOD_SDP },
    })
    await anna.waitFor('signal.description')
    // Written after the generation, which is kept without anybody waiting for it.
    const quality = { protocol: 'udp', rttMs: null, lossPercent: null, jitterMs: null } as const
    await mette.must({ type: 'call.leg', ...at, quality: { ...quality, freezes: 0, steps: 0 } })
    if (isBackBefore) await link(mette, anna)
    await first.kill()

    const second = await startServer(t, env, first.port)
    const people = [
      await WsPerson.connect(second, 'mette', mette.cookies),
      await WsPerson.connect(second, 'anna', anna.cookies),
    ]
    for (const person of people) {
      await person.must({ type: 'call.attach', call: id, former: null })
    }
    await link(...people)
    const [metteBack] = people
    t.match(await metteBack?.waitForState(id, 'connected'), { generation: 2 })
    await people[1]?.must({ type: 'call.lost', ...at })
    t.ok(await metteBack?.waitForState(id, 'reconnecting'), 'and its end is believed')
    await second.kill()

    const records = new Database(join(env.DATA_DIR, 'naervaer.sqlite'), { readonly: true })
    t.teardown(() => records.close())
    const legs = records.prepare('select generation, ended_by from call_legs').all()
    const leg = { generation: 1, ended_by: 'lost' }
    t.strictSame(legs, [leg, leg], isBackBefore ? 'back before it' : 'back after it')
  }
})

t.test(
  'an orderly stop in the middle of a ring says 1012, and the ring goes on after',
  async (t) => {
    const env = { DATA_DIR: makeTempDir(t), LOG_LEVEL: 'silent' }
    const first = await startServer(t, env)
    const [mette, anna] = [
      await WsPerson.connect(first, 'mette'),
      await WsPerson.connect(first, 'anna'),
    ]
    const { id } = await mette.must({ type: 'call.invite', citizenId: PEOPLE.anna })
    await anna.must({ type: 'call.ringing', call: id })
    first.child.kill('SIGTERM')
    t.equal(await mette.closed, 1012)
    t.equal(await anna.closed, 1012)
    t.equal(await first.exited, 0)
    const second = await startServer(t, env, first.port)
    const annaBack = await WsPerson.connect(second, 'anna', anna.cookies)
    t.match((await annaBack.waitFor('welcome')).call, { id, state: 'ringing', seat: 'none' })
    t.match(await annaBack.must({ type: 'call.decline', call: id }), { outcome: 'declined' })
  },
)
