import t, { type Test } from 'tap'
import type { AbsenceId, AppointmentId, Home, PersonId } from '@naervaer/shared'
import type { AbsencesReply, Warning } from '@naervaer/shared/appointments'
import { toInstant } from '@naervaer/shared/wall'
import { listen } from '../../helpers/build-app.ts'
// For what it declares of Fastify's instance, which is lost on the way through app.ts.
import type {} from '../../../server/src/absence/plugin.ts'
import { substitute } from '../../helpers/assign.ts'
import { HttpPerson } from '../../helpers/http-person.ts'
import { PEOPLE } from '../../helpers/people.ts'
import { makeRoleWorld, OTHERS, TEAM } from '../../helpers/role-world.ts'
import { signInAs } from '../../helpers/appointments.ts'
import type { WsPerson } from '../../helpers/ws-person.ts'

/** It is Monday, 2 November 2026, ten in the morning. */
const TODAY = '2026-11-02'
const DAYS = { firstDay: '2026-11-03', lastDay: '2026-11-05' }
const OWN = '/api/own/absences'

const midnight = (day: string) => toInstant({ day, minute: 0 })

async function makeWorld(t: Test) {
  const server = await listen(t, { isUnlimited: true })
  const { app } = server
  const worker = await HttpPerson.signIn(app, 'mette')
  const load = async (who = worker, path = OWN) =>
    ((await who.ask('GET', path)).body as AbsencesReply).absences
  const add = async (days: object = DAYS, who = worker, path = OWN) => {
    const { status, code, body } = await who.ask('POST', path, days)
    return { code: code ?? status, id: (body as { id?: AbsenceId } | null)?.id }
  }
  const plan = async (wish: object = {}) => {
    const { body } = await worker.ask('POST', '/api/appointments', {
      citizenId: PEOPLE.anna,
      ...{ kind: 'phone', day: '2026-11-04', minute: 600, lengthMinutes: 20, repeat: null },
      ...wish,
    })
    return body as { id: AppointmentId; warnings: Warning[] }
  }
  const stand = (citizenId: PersonId, from = DAYS.firstDay, to = '2026-11-06') =>
    substitute(
      app,
      { workerId: PEOPLE.ole, citizenId },
      { fromAt: midnight(from), toAt: midnight(to) },
    )
  return { server, app, worker, load, add, plan, stand }
}

const home = (anna: WsPerson, isIt: (home: Home) => boolean) =>
  anna.waitUntil(() => {
    const told = anna.frames.findLast((frame) => frame.type === 'home.changed')
    return told?.type === 'home.changed' && isIt(told.home) ? told.home : undefined
  }, 'home as it should be')

const loadRows = ({ app }: { app: Awaited<ReturnType<typeof listen>>['app'] }) =>
  app.database.selectFrom('absences').select(['worker_id', 'first_day', 'last_day']).execute()

t.test('AB1 days are kept and nothing else; what is no period is refused', async (t) => {
  const { server, add, load, worker } = await makeWorld(t)
  const wrong = [
    { firstDay: '2026-11-05', lastDay: '2026-11-03' },
    { firstDay: '2026-11-01', lastDay: '2026-11-03' },
    { firstDay: '2026-02-30', lastDay: '2026-11-03' },
    { firstDay: '2026-11-03', lastDay: '2028-01-01' },
  ]
  for (const days of wrong) {
    t.equal((await add(days)).code, 'ABSENCE_DAYS_INVALID', JSON.stringify(days))
  }
  t.equal((await add({ ...DAYS, reason: 'syg' })).code, 'BODY_INVALID', 'no place for a reason')
  t.same(await loadRows(server), [])
  t.equal((await add()).code, 201)
  t.same(await loadRows(server), [
    { worker_id: PEOPLE.mette, first_day: DAYS.firstDay, last_day: DAYS.lastDay },
  ])
  t.equal((await add({ firstDay: '2026-11-05', lastDay: '2026-11-09' })).code, 'ABSENCE_OVERLAPS')
  t.equal((await add({ firstDay: '2026-11-06', lastDay: '2026-11-06' })).code, 201)
  t.match(await load(), [DAYS, { firstDay: '2026-11-06' }])
  const ole = await HttpPerson.signIn(server.app, 'ole')
  t.same(await load(ole), [], 'another’s are not there')
  const [first] = await load()
  t.equal((await ole.ask('DELETE', `${OWN}/${first?.id}`)).code, 'ABSENCE_NOT_FOUND')
  t.equal((await ole.ask('PUT', `${OWN}/${first?.id}`, DAYS)).code, 'ABSENCE_NOT_FOUND')
  const longer = { firstDay: TODAY, lastDay: '2026-11-04' }
  t.equal((await worker.ask('PUT', `${OWN}/${first?.id}`, longer)).status, 204)
  t.match(await load(), [longer, {}])
})

t.test('AB1 what has begun is changed and ended, and the audit log has no day of it', async (t) => {
  const { server, add, load } = await makeWorld(t)
  const { id } = await add({ firstDay: TODAY, lastDay: '2026-11-04' })
  server.clock.advance(midnight('2026-11-03') + 1 - server.clock.now())
  const worker = await HttpPerson.signIn(server.app, 'mette')
  const shorter = { firstDay: TODAY, lastDay: '2026-11-03' }
  t.equal((await worker.ask('PUT', `${OWN}/${id}`, shorter)).status, 204)
  const earlier = { firstDay: '2026-11-01', lastDay: '2026-11-03' }
  t.equal((await worker.ask('PUT', `${OWN}/${id}`, earlier)).code, 'ABSENCE_DAYS_INVALID')
  t.equal((await worker.ask('DELETE', `${OWN}/${id}`)).status, 204)
  t.same(await load(worker), [])
  const lines = await server.app.database
    .selectFrom('audit_events')
    .select(['action', 'actor_id', 'subject_id', 'details'])
    .where('action', 'like', 'absence.%')
    .orderBy('seq')
    .execute()
  const line = (action: string) => ({
    action,
    actor_id: PEOPLE.mette,
    subject_id: PEOPLE.mette,
    details: JSON.stringify({ absenceId: id }),
  })
  t.same(lines, [line('absence.added'), line('absence.changed'), line('absence.removed')])
})

t.test('AB2 whoever writes it learns whom it touches, and who is there instead', async (t) => {
  const { add, load, plan, stand } = await makeWorld(t)
  await plan()
  await plan({ day: '2026-11-06' })
  await plan({ citizenId: PEOPLE.jens, day: '2026-11-05', minute: 700, kind: 'visit' })
  await stand(PEOPLE.anna)
  await stand(PEOPLE.max, '2026-11-04')
  await add()
  const [absence] = await load()
  t.equal(absence?.others, 0)
  const find = (id: PersonId) => absence?.touched.find(({ citizen }) => citizen.id === id)
  t.match(find(PEOPLE.anna), {
    cover: 'whole',
    substitutes: [{ id: PEOPLE.ole }],
    appointments: [
      {
        startAt: toInstant({ day: '2026-11-04', minute: 600 }),
        kind: 'phone',
        substitute: { id: PEOPLE.ole },
      },
    ],
  })
  t.equal(find(PEOPLE.anna)?.appointments.length, 1, 'not those of other days')
  t.match(find(PEOPLE.jens), { cover: 'none', substitutes: [] })
  t.ok(find(PEOPLE.jens)?.appointments.every(({ substitute }) => substitute === null))
  t.equal(find(PEOPLE.max)?.cover, 'partly')
})

t.test('AB3 a substitute holds what is then; without one it is to be agreed anew', async (t) => {
  const { server, add, plan, stand, worker } = await makeWorld(t)
  await stand(PEOPLE.anna)
  await plan()
  const anna = await server.connect('anna')
  const { home: before } = await anna.waitFor('welcome')
  t.match(before?.appointments, [{ worker: { id: PEOPLE.mette }, insteadOf: null }])
  const { id } = await add()
  const held = await home(anna, ({ appointments: [next] }) => (next?.insteadOf ?? null) !== null)
  t.match(held.appointments, [{ worker: { id: PEOPLE.ole }, insteadOf: { id: PEOPLE.mette } }])
  t.notOk('isAway' in (held.appointments[0] ?? {}))
  await worker.ask('DELETE', `${OWN}/${id}`)
  await home(anna, ({ appointments: [next] }) => next?.insteadOf === null)
  const ole = await HttpPerson.signIn(server.app, 'ole')
  await ole.ask('POST', OWN, DAYS)
  await add()
  const both = await home(anna, ({ appointments: [next] }) => next?.isAway === true)
  t.match(both.appointments, [{ worker: { id: PEOPLE.mette }, insteadOf: null }])
})

t.test('AB3 whoever is absent takes nothing over that a substitute holds', async (t) => {
  const { add, plan, stand, worker } = await makeWorld(t)
  await stand(PEOPLE.anna)
  const { id } = await plan()
  await add()
  const path = `/api/appointments/${id}/2026-11-04/take`
  t.equal((await worker.ask('POST', path)).code, 'WORKER_ABSENT')
})

t.test('AB4 the citizen reads who is away and until when, from midnight to midnight', async (t) => {
  const { server, add } = await makeWorld(t)
  const anna = await server.connect('anna')
  t.notOk('away' in ((await anna.waitFor('welcome')).home ?? {}))
  await add()
  await add({ firstDay: '2026-11-06', lastDay: '2026-11-06' })
  // Its sockets would be lost for want of a sign of life if a day went by at once.
  const { clock } = server
  await anna.vanish()
  clock.advance(midnight(DAYS.firstDay) - 1_000 - clock.now())
  const late = await server.connect('anna')
  t.notOk('away' in ((await late.waitFor('welcome')).home ?? {}))
  clock.advance(1_000)
  const away = await home(late, (each) => each.away !== undefined)
  t.match(away.away, [{ worker: { id: PEOPLE.mette }, lastDay: '2026-11-06' }])
  await late.vanish()
  clock.advance(midnight('2026-11-07') - 1_000 - clock.now())
  const last = await server.connect('anna')
  t.match((await last.waitFor('welcome')).home?.away, [{ lastDay: '2026-11-06' }])
  clock.advance(1_000)
  await home(last, (each) => each.away === undefined)
  await server.app.absences.removeOld()
  t.equal((await loadRows(server)).length, 2, 'it is kept for two days')
  clock.advance(3 * 24 * 3_600_000)
  await server.app.absences.removeOld()
  t.same(await loadRows(server), [])
})

t.test('AP14 whoever plans into an absence is told, and may all the same', async (t) => {
  const { add, plan, stand } = await makeWorld(t)
  await add()
  const codes = async (wish: object = {}) => (await plan(wish)).warnings.map(({ code }) => code)
  t.same(await codes(), ['absent'])
  t.same(await codes({ day: '2026-11-06' }), [])
  await stand(PEOPLE.jens)
  t.same(await codes({ citizenId: PEOPLE.jens, minute: 900 }), ['otherHolds', 'absent'])
})

t.test('AB5 a leader does the same for the workers of their team, and of no other', async (t) => {
  const { server, add, load, plan } = await makeWorld(t)
  const { app, clock } = server
  await makeRoleWorld(app, clock.now())
  await plan()
  const leader = await signInAs(app, PEOPLE.karen)
  const path = `/api/teams/${TEAM}/workers/${PEOPLE.mette}/absences`
  const { code, id } = await add(DAYS, leader, path)
  t.equal(code, 201)
  t.match(await load(leader, path), [{ id, ...DAYS, touched: [{ citizen: { id: PEOPLE.anna } }] }])
  const lookups = await app.database
    .selectFrom('audit_events')
    .select(['subject_id', 'actor_id'])
    .where('action', '=', 'team.read')
    .execute()
  t.ok(
    lookups.some(({ subject_id }) => subject_id === PEOPLE.anna),
    'a look-up, which Anna reads',
  )
  t.equal(
    (await leader.ask('PUT', `${path}/${id}`, { ...DAYS, lastDay: '2026-11-04' })).status,
    204,
  )
  const other = await signInAs(app, OTHERS.otherLeader)
  t.equal((await other.ask('GET', path)).code, 'PERSON_NOT_FOUND')
  t.equal((await other.ask('DELETE', `${path}/${id}`)).code, 'PERSON_NOT_FOUND')
  const elsewhere = `/api/teams/${TEAM}/workers/${PEOPLE.anna}/absences` as const
  t.equal((await leader.ask('GET', elsewhere)).code, 'PERSON_NOT_FOUND', 'no worker')
  // Somebody else's absence under the own worker's name.
  const ole = await HttpPerson.signIn(app, 'ole')
  const { body } = await ole.ask('POST', OWN, DAYS)
  const foreign = (body as { id: AbsenceId }).id
  t.equal((await leader.ask('DELETE', `${path}/${foreign}`)).code, 'ABSENCE_NOT_FOUND')
  t.equal((await leader.ask('DELETE', `${path}/${id}`)).status, 204)
  t.same(await load(), [])
})

t.test('AB5 a leader reads of no citizen outside the team, only how many', async (t) => {
  const { server, add, load } = await makeWorld(t)
  const { app, clock } = server
  await makeRoleWorld(app, clock.now())
  await app.database
    .deleteFrom('team_members')
    .where('team_id', '=', TEAM)
    .where('person_id', '=', PEOPLE.jens)
    .execute()
  const leader = await signInAs(app, PEOPLE.karen)
  const path = `/api/teams/${TEAM}/workers/${PEOPLE.mette}/absences`
  await add(DAYS, leader, path)
  const [absence] = await load(leader, path)
  t.equal(absence?.others, 1)
  t.notOk(absence?.touched.some(({ citizen }) => citizen.id === PEOPLE.jens))
})
